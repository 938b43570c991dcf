import { describe, expect, it } from 'vitest';
import { lackedRights } from '../../../../../adapters/kafka/administration/own-rights.ts';
import { rightsOf } from '../../../../../adapters/kafka/administration/roles.ts';
import { operationsOfBits } from '../../../../../adapters/kafka/protocol/acl-words.ts';

describe('lackedRights', () => {
  it('says each right with its topic, and what it costs', () => {
    const own = { cluster: [], topics: new Map([['active-alarms', ['Describe'] as const]]) };
    expect(lackedRights(own, rightsOf('source'))).toEqual([
      'The right Write on topic active-alarms is missing: nothing can be written to it.',
    ]);
  });

  it('claims nothing of what the broker does not tell, and of topics that do not exist', () => {
    const own = { cluster: null, topics: new Map([['active-alarms', null]]) };
    expect(lackedRights(own, rightsOf('administrator'))).toEqual([]);
  });

  it('looks at the cluster too', () => {
    const own = { cluster: ['Describe'] as const, topics: new Map() };
    expect(lackedRights(own, rightsOf('administrator'))).toEqual([
      expect.stringMatching(/^The right Alter on the cluster is missing: users and rights can/),
    ]);
  });
});

describe('operationsOfBits', () => {
  it('names the operations whose bits are set; the lowest number of all says nothing', () => {
    expect(operationsOfBits((1 << 3) | (1 << 8))).toEqual(['Read', 'Describe']);
    expect(operationsOfBits(0)).toEqual([]);
    expect(operationsOfBits(-2_147_483_648)).toBeNull();
  });
});
