import { describe, expect } from 'vitest';
import { addAcls, listAcls, removeAcls } from '../../../adapters/kafka/administration/acls.ts';
import { createTopics } from '../../../adapters/kafka/administration/create-topics.ts';
import { deleteTopics, foreseeLoss } from '../../../adapters/kafka/administration/delete-topics.ts';
import { describeGroup } from '../../../adapters/kafka/administration/describe-group.ts';
import { listGroups } from '../../../adapters/kafka/administration/list-groups.ts';
import { putSettings } from '../../../adapters/kafka/administration/mend-topics.ts';
import { applyReset, planReset } from '../../../adapters/kafka/administration/reset-offsets.ts';
import {
  createScramUser,
  listScramUsers,
  removeScramUser,
} from '../../../adapters/kafka/administration/scram-users.ts';
import { detailTopics } from '../../../adapters/kafka/administration/topic-details.ts';
import { ask } from '../../../adapters/kafka/connection/ask.ts';
import type { Cluster } from '../../../adapters/kafka/connection/cluster.ts';
import {
  FIND_COORDINATOR,
  readFindCoordinatorResponse,
  writeFindCoordinatorRequest,
} from '../../../adapters/kafka/protocol/find-coordinator.ts';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import { answered } from '../../support/answered.ts';
import { NODE_IDS, type NodeId, type TestCluster } from '../../support/kafka-brokers.ts';
import { withCluster } from '../../support/kafka-connection.ts';
import { eventually, produce } from '../../support/kafka-reading.ts';
import { randomName } from '../../support/random-name.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { type ClusterSite, KEPT } from './cluster-ground.ts';

/**
 * Makes a group for each broker that looks after any; answers them by that broker. One that was just started again may look
 * after none for minutes: what others took over comes back to it by and by.
 */
async function groupOfEach(
  kafka: TestCluster,
  topic: string,
): Promise<ReadonlyMap<NodeId, string>> {
  const groups = new Map<NodeId, string>();
  await withCluster(kafka.bootstrap, (cluster) =>
    kafka.withAdmin(async (admin) => {
      const add = async (groupId: string): Promise<void> => {
        const partitions = [{ partition: 0, offset: '1' }];
        await admin.setOffsets({ groupId, topic, partitions });
        groups.set(await coordinatorOf(cluster, groupId), groupId);
      };
      // The first one makes the topic that says who looks after which.
      await add(randomName('group'));
      while (groups.size < (await coordinators(cluster))) {
        const groupId = randomName('group');
        // A group costs five seconds, a question nothing.
        if (!groups.has(await coordinatorOf(cluster, groupId))) await add(groupId);
      }
    }),
  );
  return groups;
}

function lastOf(groups: ReadonlyMap<NodeId, string>): readonly [NodeId, string] {
  const last = [...groups].at(-1);
  if (last === undefined) throw new Error('there is no group');
  return last;
}

/** How many brokers look after groups now. */
async function coordinators(cluster: Cluster): Promise<number> {
  const topic = '__consumer_offsets';
  answered(await cluster.refresh([topic]));
  return new Set(answered(await cluster.leaders(topic)).map(({ nodeId }) => nodeId)).size;
}

async function coordinatorOf(cluster: Cluster, group: string): Promise<NodeId> {
  const { nodeId } = answered(
    await ask(cluster, answered(await cluster.anyNode()), {
      api: FIND_COORDINATOR,
      body: writeFindCoordinatorRequest(group),
      read: readFindCoordinatorResponse,
    }),
  );
  const known = NODE_IDS.find((id) => id === nodeId);
  if (known === undefined) throw new Error(`nobody looks after ${group}`);
  return known;
}

/** What is done over whichever broker takes changes, in one turn. */
async function changeEverything(cluster: Cluster): Promise<void> {
  const topic = randomName('changed');
  answered(await createTopics(cluster, [{ topic, partitions: 3, settings: KEPT }], 10_000));
  answered(await putSettings(cluster, [{ topic, settings: { 'segment.ms': '200' } }]));
  const [details] = answered(await detailTopics(cluster, [topic]));
  expect(details?.settings?.['segment.ms']).toBe('200');
  expect(details?.partitions.map(({ replicas }) => replicas)).toEqual([3, 3, 3]);
  answered(await deleteTopics(cluster, [topic]));
  const user = randomName('user');
  answered(await createScramUser(cluster, { user, password: 'secret' }));
  const acl = {
    resource: 'topic',
    name: topic,
    pattern: 'literal',
    principal: `User:${user}`,
    host: '*',
    operation: 'Read',
    permission: 'allow',
  } as const;
  answered(await addAcls(cluster, [acl]));
  expect(answered(await listAcls(cluster, { principal: acl.principal }))).toEqual([acl]);
  expect(answered(await removeAcls(cluster, [{ principal: acl.principal }]))).toEqual([acl]);
  answered(await removeScramUser(cluster, user));
  const left = answered(await listScramUsers(cluster)).map((each) => each.user);
  expect(left).not.toContain(user);
}

/** Administration of a Kafka whose brokers each look after something else. */
export function describeAdministration(site: () => ClusterSite): void {
  describe('administration', () => {
    ownBrokerTest(
      'sees and resets the groups of every broker, and changes all when one died',
      async () => {
        const kafka = site().broker;
        const [topic = ''] = await kafka.createTopics(['grouped'], KEPT);
        await produce(kafka.bootstrapOf(1), topic, [{ value: 'a' }, { value: 'b' }]);
        const groups = await groupOfEach(kafka, topic);
        const names = [...groups.values()];
        await withCluster(kafka.bootstrap, async (cluster) => {
          const found = answered(await listGroups(cluster)).map(({ group }) => group);
          expect(found).toEqual(expect.arrayContaining(names));
          for (const group of names) {
            const { lags } = answered(await describeGroup(cluster, group));
            expect(lags).toMatchObject([{ topic, partition: 0, committed: 1, end: 2, lag: 1 }]);
            answered(
              await applyReset(cluster, answered(await planReset(cluster, group, topic, 'latest'))),
            );
            expect(answered(await describeGroup(cluster, group)).lags).toMatchObject([{ lag: 0 }]);
          }
          const [victim, orphan] = lastOf(groups);
          await kafka.broker(victim).kill();
          await changeEverything(cluster);
          const left = answered(await listGroups(cluster)).map(({ group }) => group);
          expect(left).toEqual(expect.arrayContaining(names));
          // For a moment a new coordinator tells what was committed before the last record that it has.
          await eventually(async () => {
            const { lags } = answered(await describeGroup(cluster, orphan));
            return lags[0]?.lag === 0;
          });
          const plan = answered(await planReset(cluster, orphan, topic, 'earliest'));
          answered(await applyReset(cluster, plan));
        });
      },
    );

    ownBrokerTest('changes everything over any broker', async () => {
      const kafka = site().broker;
      for (const id of NODE_IDS) await withCluster(kafka.bootstrapOf(id), changeEverything);
      const loss = await withCluster(kafka.bootstrap, (cluster) =>
        foreseeLoss(cluster, ['registered-alarms'], createSystemClock()),
      );
      expect(answered(loss)[0]?.sentence).toContain('registered-alarms');
    });
  });
}
