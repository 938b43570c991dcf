import { afterAll, beforeAll, describe, expect } from 'vitest';
import {
  addAcls,
  listAcls,
  removeAcls,
} from '../../../../../adapters/kafka/administration/acls.ts';
import { describeGroup } from '../../../../../adapters/kafka/administration/describe-group.ts';
import { committedOffsets } from '../../../../../adapters/kafka/administration/group-lag.ts';
import { listGroups } from '../../../../../adapters/kafka/administration/list-groups.ts';
import { ownRights } from '../../../../../adapters/kafka/administration/own-rights.ts';
import {
  changeScramPassword,
  createScramUser,
  listScramUsers,
  removeScramUser,
} from '../../../../../adapters/kafka/administration/scram-users.ts';
import { testLogin } from '../../../../../adapters/kafka/administration/test-login.ts';
import { whoMayWhat } from '../../../../../adapters/kafka/administration/who-may-what.ts';
import type { Acl } from '../../../../../adapters/kafka/protocol/acl-words.ts';
import { anAcl } from '../../../../builders/an-acl.ts';
import { answered } from '../../../../support/answered.ts';
import { whyNoBroker } from '../../../../support/java-process.ts';
import { withCluster } from '../../../../support/kafka-connection.ts';
import { randomName } from '../../../../support/random-name.ts';
import { startSecureBroker } from '../../../../support/secure-broker.ts';
import { type SecureSite, startSecureSite } from '../../../../support/secure-site.ts';
import { brokerTest, ownBrokerTest } from '../../../../support/shared-broker.ts';

let started: SecureSite | undefined;

beforeAll(async () => {
  if ((await whyNoBroker()) === null) started = await startSecureSite();
});

afterAll(() => started?.stop());

function site(): SecureSite {
  if (started === undefined) throw new Error('the site was not started');
  return started;
}

/** Whether that password opens a connection, and what is said where not. */
async function login(
  user: string,
  password: string,
  mechanism: 'scram-sha-256' | 'scram-sha-512' = 'scram-sha-512',
): Promise<string> {
  const { sasl: _, ...settings } = site().settingsOf(user);
  const tried = await testLogin(
    { ...settings, clientId: 'test' },
    { mechanism, username: user, password },
  );
  return tried.ok ? 'in' : tried.error.code;
}

const LACKS = { ok: false, error: { code: 'NotAuthorized', isRetriable: false } };

describe('users whose log-in Kafka keeps', () => {
  ownBrokerTest('are created, listed, given another password, and removed', () =>
    withCluster(site().admin, async (cluster) => {
      const user = randomName('ute');
      answered(await createScramUser(cluster, { user, password: 'first, pässword=' }));
      expect(await login(user, 'first, pässword=')).toBe('in');
      expect(await login(user, 'first')).toBe('AuthenticationFailed');
      expect(await login(user, 'first, pässword=', 'scram-sha-256')).toBe('AuthenticationFailed');
      expect(answered(await listScramUsers(cluster))).toContainEqual({
        user,
        credentials: [{ mechanism: 'scram-sha-512', iterations: 8_192 }],
      });
      answered(await changeScramPassword(cluster, { user, password: 'second', iterations: 4_096 }));
      expect(await login(user, 'second')).toBe('in');
      expect(await login(user, 'first, pässword=')).toBe('AuthenticationFailed');
      answered(await removeScramUser(cluster, user));
      expect(await login(user, 'second')).toBe('AuthenticationFailed');
      expect(answered(await listScramUsers(cluster)).map((each) => each.user)).not.toContain(user);
    }),
  );

  ownBrokerTest('have both mechanisms where asked for, and a change reaches both', () =>
    withCluster(site().admin, async (cluster) => {
      const user = randomName('udo');
      answered(await createScramUser(cluster, { user, password: 'one' }));
      answered(
        await createScramUser(cluster, { user, password: 'one', mechanism: 'scram-sha-256' }),
      );
      expect(await login(user, 'one', 'scram-sha-256')).toBe('in');
      answered(await changeScramPassword(cluster, { user, password: 'two' }));
      expect(await login(user, 'two', 'scram-sha-256')).toBe('in');
      expect(await login(user, 'two')).toBe('in');
      answered(await removeScramUser(cluster, user));
    }),
  );

  ownBrokerTest('are not made twice, nor changed where there are none, nor made weak', () =>
    withCluster(site().admin, async (cluster) => {
      const user = randomName('uwe');
      const password = 'uwe-secret';
      const missing = { ok: false, error: { code: 'UserMissing' } };
      const invalid = { ok: false, error: { code: 'Invalid' } };
      expect(await changeScramPassword(cluster, { user, password })).toMatchObject(missing);
      expect(await removeScramUser(cluster, user)).toMatchObject(missing);
      expect(await createScramUser(cluster, { user, password: '' })).toMatchObject(invalid);
      expect(await createScramUser(cluster, { user: '', password })).toMatchObject(invalid);
      for (const iterations of [1, 4_095, 16_385, Number.NaN]) {
        expect(await createScramUser(cluster, { user, password, iterations })).toMatchObject(
          invalid,
        );
      }
      answered(await createScramUser(cluster, { user, password }));
      const again = await createScramUser(cluster, { user, password });
      expect(again).toMatchObject({ ok: false, error: { code: 'UserExists' } });
      answered(await removeScramUser(cluster, user));
    }),
  );

  ownBrokerTest('are no business of whoever lacks the right, which is named', async () => {
    const user = await site().addUser();
    await withCluster(site().settingsOf(user), async (cluster) => {
      const listed = await listScramUsers(cluster);
      expect(listed).toMatchObject(LACKS);
      expect(JSON.stringify(listed)).toContain('the right Describe on the cluster');
    });
  });
});

describe('rules of who may what', () => {
  ownBrokerTest('of each kind are added, listed and gone when they are removed', () =>
    withCluster(site().admin, async (cluster) => {
      const principal = `User:${randomName('rita')}`;
      const kinds: readonly Partial<Acl>[] = [
        {},
        { permission: 'deny', host: '127.0.0.9', operation: 'Write' },
        { pattern: 'prefixed', name: 'alarm-', operation: 'All' },
        { name: '*', operation: 'DescribeConfigs' },
        { resource: 'group', name: 'queue', operation: 'Describe' },
        { resource: 'cluster', name: 'kafka-cluster', operation: 'ClusterAction' },
        { resource: 'transactionalId', name: 'tx', pattern: 'prefixed', operation: 'Write' },
      ];
      const acls = kinds.map((kind) => anAcl({ principal, ...kind }));
      answered(await addAcls(cluster, acls));
      answered(await addAcls(cluster, acls.slice(0, 2)));
      const listed = answered(await listAcls(cluster, { principal }));
      expect(listed).toHaveLength(acls.length);
      expect(listed).toEqual(expect.arrayContaining(acls));
      const matching = {
        principal,
        resource: 'topic',
        name: 'alarm-journal',
        pattern: 'match',
      } as const;
      expect(
        answered(await listAcls(cluster, matching))
          .map(({ name }) => name)
          .toSorted(),
      ).toEqual(['*', 'alarm-']);
      const removed = answered(await removeAcls(cluster, [acls[0] ?? {}]));
      expect(removed).toEqual([acls[0]]);
      expect(answered(await listAcls(cluster, { principal }))).toHaveLength(acls.length - 1);
      expect(answered(await removeAcls(cluster, [{ principal }]))).toHaveLength(acls.length - 1);
      expect(answered(await listAcls(cluster, { principal }))).toEqual([]);
    }),
  );

  ownBrokerTest('are never removed all at once by a filter that names nothing', () =>
    withCluster(site().admin, async (cluster) => {
      const refused = await removeAcls(cluster, [{ operation: 'Read' }]);
      expect(refused).toMatchObject({ ok: false, error: { code: 'Invalid' } });
    }),
  );

  ownBrokerTest('mean to us what they mean to the broker', async () => {
    const user = await site().addUser();
    const principal = `User:${user}`;
    const topics = ['active-alarms', 'alarm-occurrences', 'alarm-journal', 'shelved-alarms'];
    const acls = [
      anAcl({ principal, pattern: 'prefixed', name: 'alarm-', operation: 'All' }),
      anAcl({ principal, name: 'alarm-journal', operation: 'Write', permission: 'deny' }),
      anAcl({ principal, name: 'active-alarms', operation: 'AlterConfigs' }),
      anAcl({ principal, name: 'active-alarms', operation: 'Read' }),
      anAcl({ principal: 'User:*', name: 'shelved-alarms', operation: 'Read', host: '127.0.0.9' }),
    ];
    await site().allow(acls);
    const table = whoMayWhat(acls, topics).filter(
      (cell) => cell.principal === principal && cell.right.verdict === 'allowed',
    );
    await withCluster(site().settingsOf(user), async (cluster) => {
      const own = answered(await ownRights(cluster, topics));
      for (const topic of topics.slice(0, 3)) {
        const ours = table.filter((cell) => cell.topic === topic).map(({ operation }) => operation);
        expect([topic, own.topics.get(topic)?.toSorted()]).toEqual([topic, ours.toSorted()]);
      }
      // From another address only: the table says so, the broker says no to us here.
      expect(own.topics.get('shelved-alarms')).toEqual([]);
    });
    const elsewhere = table.filter(({ topic }) => topic === 'shelved-alarms');
    expect(elsewhere.map(({ operation, right }) => [operation, right])).toMatchObject([
      ['Read', { from: ['127.0.0.9'] }],
      ['Describe', { from: ['127.0.0.9'] }],
    ]);
    await withCluster(site().admin, (cluster) =>
      removeAcls(cluster, [{ principal }, { principal: 'User:*', name: 'shelved-alarms' }]),
    );
  });

  ownBrokerTest('without the right to see or change them: the right is named', async () => {
    const user = await site().addUser();
    await withCluster(site().settingsOf(user), async (cluster) => {
      const listed = await listAcls(cluster, {});
      expect(listed).toMatchObject(LACKS);
      expect(JSON.stringify(listed)).toContain('the right Describe on the cluster');
      for (const changed of [
        await addAcls(cluster, [anAcl()]),
        await removeAcls(cluster, [{ principal: 'User:alice' }]),
      ]) {
        expect(changed).toMatchObject(LACKS);
        expect(JSON.stringify(changed)).toContain('the right Alter on the cluster');
      }
    });
  });

  brokerTest('where a Kafka keeps none: says that everybody may do everything', ({ broker }) =>
    withCluster(broker.bootstrap, async (cluster) => {
      expect(await listAcls(cluster, {})).toMatchObject({
        ok: false,
        error: { code: 'SecurityOff', message: expect.stringContaining('everybody') },
      });
    }),
  );
});

describe('a group that may not be seen', () => {
  ownBrokerTest('is named with the right, instead of “no coordinator”', async () => {
    const user = await site().addUser();
    await withCluster(site().settingsOf(user), async (cluster) => {
      for (const answer of [
        await committedOffsets(cluster, 'queue'),
        await describeGroup(cluster, 'queue'),
      ]) {
        expect(answer).toMatchObject(LACKS);
        expect(JSON.stringify(answer)).toContain('the right Describe on group queue');
      }
      // Kafka hides what may not be seen from the list.
      expect(answered(await listGroups(cluster))).toEqual([]);
    });
  });
});

describe('a broker whose certificate has expired', () => {
  ownBrokerTest('is not trusted, and the sentence says why', async () => {
    const broker = await startSecureBroker({ certificate: 'expired' });
    try {
      const tried = await testLogin(
        { bootstrapServers: broker.secure, clientId: 'test', tls: { ca: broker.ca } },
        { mechanism: 'plain', username: 'astrid', password: 'astrid-secret' },
      );
      expect(tried).toMatchObject({
        ok: false,
        error: {
          code: 'TlsFailed',
          isRetriable: false,
          message: expect.stringContaining('certificate has expired'),
        },
      });
    } finally {
      await broker.stop();
    }
  });
});
