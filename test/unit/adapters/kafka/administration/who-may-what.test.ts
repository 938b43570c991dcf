import { describe, expect, it } from 'vitest';
import {
  BEYOND_THE_RULES,
  effectiveRight,
  whoMayWhat,
} from '../../../../../adapters/kafka/administration/who-may-what.ts';
import type { Acl, AclOperation } from '../../../../../adapters/kafka/protocol/acl-words.ts';
import { anAcl } from '../../../../builders/an-acl.ts';

function mayAlice(operation: AclOperation, ...acls: readonly Partial<Acl>[]): string {
  const rules = acls.map((acl) => anAcl(acl));
  const right = effectiveRight(rules, 'User:alice', 'active-alarms', operation);
  if (right.verdict !== 'allowed') return right.verdict;
  const except = right.exceptFrom.length > 0 ? ` except ${right.exceptFrom.join()}` : '';
  return `from ${right.from.join()}${except}`;
}

describe('effectiveRight', () => {
  it('is not granted without a rule', () => {
    expect(mayAlice('Read')).toBe('notGranted');
    expect(mayAlice('Write', {})).toBe('notGranted');
  });

  it('comes from the name itself, from a prefix of it, and from *', () => {
    expect(mayAlice('Read', {})).toBe('from *');
    expect(mayAlice('Read', { pattern: 'prefixed', name: 'active' })).toBe('from *');
    expect(mayAlice('Read', { pattern: 'literal', name: '*' })).toBe('from *');
    expect(mayAlice('Read', { pattern: 'literal', name: 'active' })).toBe('notGranted');
    expect(mayAlice('Read', { pattern: 'prefixed', name: 'shelved' })).toBe('notGranted');
  });

  it('is of topics only: a group or a transaction of the same name is something else', () => {
    expect(mayAlice('Read', { resource: 'group' })).toBe('notGranted');
    expect(mayAlice('Read', { resource: 'transactionalId' })).toBe('notGranted');
  });

  it('comes from rules for everybody, not from those of others', () => {
    expect(mayAlice('Read', { principal: 'User:*' })).toBe('from *');
    expect(mayAlice('Read', { principal: 'User:bob' })).toBe('notGranted');
    expect(mayAlice('Read', { principal: 'Group:alice' })).toBe('notGranted');
  });

  it('All includes each operation', () => {
    expect(mayAlice('AlterConfigs', { operation: 'All' })).toBe('from *');
  });

  it.each(['Read', 'Write', 'Delete', 'Alter'] as const)('%s includes Describe', (operation) => {
    expect(mayAlice('Describe', { operation })).toBe('from *');
  });

  it('AlterConfigs includes DescribeConfigs, and nothing includes Read', () => {
    expect(mayAlice('DescribeConfigs', { operation: 'AlterConfigs' })).toBe('from *');
    expect(mayAlice('DescribeConfigs', { operation: 'Read' })).toBe('notGranted');
    expect(mayAlice('Read', { operation: 'Write' })).toBe('notGranted');
  });

  it('deny wins, however wide the allowing rule and however narrow the denying one', () => {
    const deny = { permission: 'deny' } as const;
    expect(mayAlice('Read', {}, deny)).toBe('denied');
    expect(mayAlice('Read', { name: '*', operation: 'All' }, deny)).toBe('denied');
    expect(mayAlice('Read', {}, { ...deny, pattern: 'prefixed', name: 'act' })).toBe('denied');
    expect(mayAlice('Read', {}, { ...deny, principal: 'User:*' })).toBe('denied');
    expect(mayAlice('Read', {}, { ...deny, operation: 'All' })).toBe('denied');
  });

  it('a denied Read leaves Describe alone', () => {
    const denied = { permission: 'deny' } as const;
    expect(mayAlice('Describe', {}, denied)).toBe('from *');
    expect(mayAlice('Read', { operation: 'Write' }, denied)).toBe('denied');
  });

  it('tells from where, and from where not', () => {
    const here = { host: '127.0.0.1' };
    expect(mayAlice('Read', here, { host: '127.0.0.2' })).toBe('from 127.0.0.1,127.0.0.2');
    expect(mayAlice('Read', {}, { ...here, permission: 'deny' })).toBe('from * except 127.0.0.1');
    expect(mayAlice('Read', here, { ...here, permission: 'deny' })).toBe('denied');
  });
});

describe('whoMayWhat', () => {
  it('comes with what the rules cannot tell', () => {
    expect(BEYOND_THE_RULES).toMatch(/^Super users .* allow\.everyone\.if\.no\.acl\.found/);
  });

  it('has a cell for each principal of the rules, topic and operation', () => {
    const acls = [anAcl(), anAcl({ principal: 'User:bob', operation: 'Write' })];
    const table = whoMayWhat(acls, ['active-alarms', 'shelved-alarms']);
    const allowed = table.filter(({ right }) => right.verdict === 'allowed');
    expect(table).toHaveLength(2 * 2 * 8);
    expect(allowed.map(({ principal, topic, operation }) => [principal, topic, operation])).toEqual(
      [
        ['User:alice', 'active-alarms', 'Read'],
        ['User:alice', 'active-alarms', 'Describe'],
        ['User:bob', 'active-alarms', 'Write'],
        ['User:bob', 'active-alarms', 'Describe'],
      ],
    );
  });
});
