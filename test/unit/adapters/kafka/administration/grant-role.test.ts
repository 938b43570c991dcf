import { describe, expect, it } from 'vitest';
import { rolesBeside } from '../../../../../adapters/kafka/administration/grant-role.ts';
import { aclsOfRole } from '../../../../../adapters/kafka/administration/roles.ts';

const rights = [...aclsOfRole('operator', 'alice'), ...aclsOfRole('keeper', 'alice')];

describe('the roles that stay when one is revoked', () => {
  it('are those that hold more than it; what it includes goes with it', () => {
    expect(rolesBeside(rights, 'operator', 'alice')).toEqual(['keeper']);
    expect(rolesBeside(rights, 'keeper', 'alice')).toContain('operator');
    expect(rolesBeside(aclsOfRole('operator', 'alice'), 'operator', 'alice')).toEqual([]);
    expect(rolesBeside(rights, 'operator', 'bob')).toEqual([]);
  });
});
