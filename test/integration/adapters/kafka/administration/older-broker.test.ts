import { afterAll, beforeAll, describe, expect } from 'vitest';
import { listAcls } from '../../../../../adapters/kafka/administration/acls.ts';
import { describeGroup } from '../../../../../adapters/kafka/administration/describe-group.ts';
import { describeTopics } from '../../../../../adapters/kafka/administration/describe-topics.ts';
import { grantRole } from '../../../../../adapters/kafka/administration/grant-role.ts';
import { listGroups } from '../../../../../adapters/kafka/administration/list-groups.ts';
import { putSettings } from '../../../../../adapters/kafka/administration/mend-topics.ts';
import {
  applyReset,
  planReset,
} from '../../../../../adapters/kafka/administration/reset-offsets.ts';
import {
  changeScramPassword,
  createScramUser,
  listScramUsers,
  removeScramUser,
} from '../../../../../adapters/kafka/administration/scram-users.ts';
import { answered } from '../../../../support/answered.ts';
import { whyNoBroker } from '../../../../support/java-process.ts';
import { withCluster } from '../../../../support/kafka-connection.ts';
import { type SecureSite, startSecureSite } from '../../../../support/secure-site.ts';
import { ownBrokerTest } from '../../../../support/shared-broker.ts';
import { withAdmin } from '../../../../support/temporary-topics.ts';

let started: SecureSite | undefined;

beforeAll(async () => {
  if ((await whyNoBroker()) === null) started = await startSecureSite({ version: '3.9.2' });
});

afterAll(() => started?.stop());

function site(): SecureSite {
  if (started === undefined) throw new Error('the site was not started');
  return started;
}

describe('the administration of a Kafka 3.9', () => {
  ownBrokerTest('makes users, gives them another password and rights, and removes them', () =>
    withCluster(site().admin, async (cluster) => {
      const user = 'berit';
      answered(await createScramUser(cluster, { user, password: 'one' }));
      expect(await createScramUser(cluster, { user, password: 'two' })).toMatchObject({
        ok: false,
      });
      answered(await changeScramPassword(cluster, { user, password: 'two' }));
      expect(JSON.stringify(answered(await listScramUsers(cluster)))).toContain(user);
      answered(await grantRole(cluster, 'reader', user));
      const rules = answered(await listAcls(cluster, { principal: `User:${user}` }));
      expect(rules.length).toBeGreaterThan(0);
      answered(await removeScramUser(cluster, user));
      expect(JSON.stringify(answered(await listScramUsers(cluster)))).not.toContain(user);
    }),
  );

  ownBrokerTest('sets one setting of a topic and leaves the others', () =>
    withCluster(site().admin, async (cluster) => {
      const topic = 'shelved-alarms';
      const settingsOf = async () => answered(await describeTopics(cluster, [topic]))[0]?.settings;
      const before = await settingsOf();
      answered(await putSettings(cluster, [{ topic, settings: { 'segment.ms': '200' } }]));
      expect(await settingsOf()).toEqual({ ...before, 'segment.ms': '200' });
    }),
  );

  ownBrokerTest('lists, describes and resets groups', async () => {
    const topic = 'active-alarms';
    const group = 'archiver';
    await withAdmin(site().broker.plain, async (admin) => {
      const partitions = [{ partition: 0, offset: '0' }];
      await admin.setOffsets({ groupId: group, topic, partitions });
    });
    await withCluster(site().admin, async (cluster) => {
      expect(answered(await listGroups(cluster)).map((one) => one.group)).toContain(group);
      expect(answered(await describeGroup(cluster, group))).toMatchObject({
        state: 'Empty',
        lags: [{ topic, partition: 0, committed: 0, lag: 0 }],
      });
      const plan = answered(await planReset(cluster, group, topic, 'latest'));
      expect(plan.moves).toMatchObject([{ topic, partition: 0, from: 0, to: 0 }]);
      answered(await applyReset(cluster, plan));
      expect(await describeGroup(cluster, 'nobody')).toMatchObject({
        ok: false,
        error: { code: 'GroupMissing' },
      });
    });
  });
});
