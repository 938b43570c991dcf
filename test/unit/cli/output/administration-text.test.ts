import { describe, expect, it } from 'vitest';
import { whoMayWhat } from '../../../../adapters/kafka/administration/who-may-what.ts';
import { aclCells } from '../../../../cli/output/acl-rows.ts';
import { groupText } from '../../../../cli/output/group-text.ts';
import { mendText } from '../../../../cli/output/mend-text.ts';
import { rightsRows } from '../../../../cli/output/rights-rows.ts';
import { subjectText } from '../../../../cli/output/subject-text.ts';
import { anAcl } from '../../../builders/an-acl.ts';

const GROUP = { group: 'archiver', protocolType: 'consumer', type: 'classic', state: 'Stable' };

describe('what administration prints', () => {
  it('names what a rule is about', () => {
    expect(aclCells(anAcl())).toEqual(['User:alice', '*', 'allow', 'Read', 'topic active-alarms']);
    expect(aclCells(anAcl({ pattern: 'prefixed', name: 'a' })).at(-1)).toBe(
      'every topic that begins with a',
    );
    expect(aclCells(anAcl({ resource: 'cluster', name: 'kafka-cluster' })).at(-1)).toBe(
      'the cluster',
    );
  });

  it('draws the rights of a user on a topic together, and leaves out what no rule speaks of', () => {
    const acls = [
      anAcl({ host: '10.0.0.1' }),
      anAcl({ operation: 'Write', permission: 'deny' }),
      anAcl({ operation: 'Delete', name: 'alarms' }),
    ];
    expect(rightsRows(whoMayWhat(acls, ['active-alarms', 'other']))).toEqual([
      {
        principal: 'User:alice',
        topic: 'active-alarms',
        may: ['Read from 10.0.0.1', 'Describe from 10.0.0.1'],
        mayNot: ['Write'],
      },
    ]);
    const except = [anAcl(), anAcl({ host: '10.0.0.1', permission: 'deny' })];
    expect(rightsRows(whoMayWhat(except, ['active-alarms']))).toMatchObject([
      { may: ['Read but not from 10.0.0.1', 'Describe'] },
    ]);
  });

  it('shows members and lag of a group', () => {
    const lag = { topic: 't', partition: 0, committed: null, end: 7, lag: null, memberId: null };
    const assigned = [{ topic: 't', partitions: [0, 1] }];
    const member = { memberId: 'm', clientId: 'c', clientHost: '/10.0.0.1', assigned };
    expect(groupText({ ...GROUP, members: [member], lags: [lag] })).toBe(
      [
        'archiver: classic, Stable\n',
        'MEMBER  PROGRAM  FROM       READS',
        'm       c        /10.0.0.1  t[0,1]\n',
        'TOPIC  PARTITION  AT  END  LAG  READ BY',
        't      0          -   7    -    -\n',
      ].join('\n'),
    );
    expect(groupText({ ...GROUP, members: [], lags: [] })).toBe(
      'archiver: classic, Stable\n\nNo members.\n\nNo offsets.\n',
    );
    expect(groupText({ ...GROUP, members: null, lags: [] })).toContain('not looked at');
  });

  it('says what is set and why, and what no setting mends', () => {
    const finding = {
      code: 'NotCompacted',
      topic: 't',
      severity: 'loss',
      message: 'M.',
      remedy: 'R.',
    } as const;
    const change = { setting: 'cleanup.policy', from: null, to: 'compact', finding };
    expect(mendText([{ topic: 't', changes: [change], beyond: [finding] }])).toBe(
      't\n  cleanup.policy: unset → compact (M.)\n  no setting mends: M. R.\n',
    );
    expect(mendText([{ topic: 't', changes: [], beyond: [] }])).toBe('t: as it should be\n');
  });

  it('says how a subject stands to ours, and why the registry would refuse it', () => {
    const check = { subject: 's', difference: 'other', details: ['a: theirs 1, ours 2'] } as const;
    expect(subjectText({ ...check, isCompatible: false, reasons: ['no default'] })).toBe(
      's: other; the registry would refuse ours\n  a: theirs 1, ours 2\n  no default\n',
    );
    expect(subjectText({ ...check, details: [], isCompatible: true, reasons: [] })).toBe(
      's: other\n',
    );
  });
});
