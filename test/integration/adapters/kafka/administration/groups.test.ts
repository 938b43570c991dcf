import { Kafka, logLevel } from 'kafkajs';
import { describe, expect } from 'vitest';
import { describeGroup } from '../../../../../adapters/kafka/administration/describe-group.ts';
import { listGroups } from '../../../../../adapters/kafka/administration/list-groups.ts';
import {
  applyReset,
  planReset,
  type ResetPlan,
} from '../../../../../adapters/kafka/administration/reset-offsets.ts';
import type { Cluster } from '../../../../../adapters/kafka/connection/cluster.ts';
import { epochMs } from '../../../../../core/lib/units.ts';
import { answered } from '../../../../support/answered.ts';
import { withCluster } from '../../../../support/kafka-connection.ts';
import { eventually, produce } from '../../../../support/kafka-reading.ts';
import { joinNewProtocolGroup } from '../../../../support/new-protocol-member.ts';
import { randomName } from '../../../../support/random-name.ts';
import { brokerTest } from '../../../../support/shared-broker.ts';
import { createTemporaryTopics } from '../../../../support/temporary-topics.ts';

/** A kafkajs consumer that has read and committed everything. */
async function startConsumer(bootstrap: string, groupId: string, topic: string, records: number) {
  const kafka = new Kafka({ brokers: [bootstrap], clientId: 'shared', logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let seen = 0;
  await consumer.run({
    eachMessage: async () => {
      seen += 1;
    },
  });
  await eventually(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return seen >= records;
  });
  return consumer;
}

async function withGroupGround(
  bootstrap: string,
  work: (cluster: Cluster, topic: string, group: string) => Promise<void>,
): Promise<void> {
  const topics = await createTemporaryTopics(bootstrap, ['grouped'], {
    partitions: 2,
    settings: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
  });
  const topic = topics.nameOf('grouped');
  const records = Array.from({ length: 10 }, (_, at) => ({
    key: String(at),
    value: 'x',
    partition: at % 2,
    timestamp: String(1_700_000_000_000 + at * 1_000),
  }));
  await produce(bootstrap, topic, records);
  await withCluster(bootstrap, (cluster) => work(cluster, topic, randomName('group')));
  await topics.remove();
}

function movesOf({ moves }: ResetPlan): readonly string[] {
  return moves.map(({ partition, from, to }) => `${partition}: ${from} → ${to}`);
}

describe('consumer groups', () => {
  brokerTest(
    'are listed with type and state, members and lag; a reset waits until they rest',
    ({ broker }) =>
      withGroupGround(broker.bootstrap, async (cluster, topic, group) => {
        const consumer = await startConsumer(broker.bootstrap, group, topic, 10);
        await consumer.commitOffsets(
          [0, 1].map((partition) => ({ topic, partition, offset: '4' })),
        );
        const listed = answered(await listGroups(cluster)).filter((each) => each.group === group);
        expect(listed).toEqual([
          { group, type: 'classic', state: 'Stable', protocolType: 'consumer' },
        ]);
        const described = answered(await describeGroup(cluster, group));
        const [member] = described.members ?? [];
        expect(member).toMatchObject({
          clientId: 'shared',
          clientHost: '/127.0.0.1',
          assigned: [{ topic, partitions: [0, 1] }],
        });
        expect(described.lags).toEqual(
          [0, 1].map((partition) => ({
            topic,
            partition,
            committed: 4,
            end: 5,
            lag: 1,
            memberId: member?.memberId,
          })),
        );
        const inUse = { ok: false, error: { code: 'GroupInUse' } };
        expect(await planReset(cluster, group, topic, 'earliest')).toMatchObject(inUse);
        const forced = { group, moves: [{ topic, partition: 0, from: 4, to: 0 }] };
        expect(await applyReset(cluster, forced)).toMatchObject(inUse);
        await consumer.disconnect();
        const plan = answered(await planReset(cluster, group, topic, 'earliest'));
        expect(plan.moves.map(({ to }) => to)).toEqual([0, 0]);
        const untouched = answered(await describeGroup(cluster, group)).lags;
        expect(untouched.map(({ committed }) => committed)).not.toContain(0);
        answered(await applyReset(cluster, plan));
        const after = answered(await describeGroup(cluster, group));
        expect(after).toMatchObject({ state: 'Empty', members: [] });
        expect(after.lags.map(({ lag }) => lag)).toEqual([5, 5]);
      }),
  );

  brokerTest('are reset to an end, an offset or a moment, within the partition', ({ broker }) =>
    withGroupGround(broker.bootstrap, async (cluster, topic, group) => {
      const start = {
        group,
        moves: [0, 1].map((partition) => ({ topic, partition, from: null, to: 2 })),
      };
      answered(await applyReset(cluster, start));
      const planned = async (target: Parameters<typeof planReset>[3]) =>
        movesOf(answered(await planReset(cluster, group, topic, target)));
      expect(await planned('earliest')).toEqual(['0: 2 → 0', '1: 2 → 0']);
      expect(await planned('latest')).toEqual(['0: 2 → 5', '1: 2 → 5']);
      expect(await planned({ offset: 3 })).toEqual(['0: 2 → 3', '1: 2 → 3']);
      expect(await planned({ offset: 99 })).toEqual(['0: 2 → 5', '1: 2 → 5']);
      expect(await planned({ offset: -7 })).toEqual(['0: 2 → 0', '1: 2 → 0']);
      expect(await planned({ at: epochMs(1_700_000_003_000) })).toEqual(['0: 2 → 2', '1: 2 → 1']);
      expect(await planned({ at: epochMs(1_900_000_000_000) })).toEqual(['0: 2 → 5', '1: 2 → 5']);
    }),
  );

  brokerTest('of the new protocol are alive, with members, partitions and lag', ({ broker }) =>
    withGroupGround(broker.bootstrap, async (cluster, topic, group) => {
      const member = await joinNewProtocolGroup(cluster, group, topic);
      await eventually(() => member.heartbeat());
      await eventually(async () => {
        await member.heartbeat();
        return answered(await describeGroup(cluster, group)).state === 'Stable';
      });
      const described = answered(await describeGroup(cluster, group));
      expect(described).toMatchObject({
        type: 'consumer',
        members: [{ memberId: member.memberId, assigned: [{ topic, partitions: [0, 1] }] }],
      });
      expect(described.lags).toMatchObject(
        [0, 1].map((partition) => ({
          partition,
          committed: null,
          end: 5,
          memberId: member.memberId,
        })),
      );
      expect(await planReset(cluster, group, topic, 'latest')).toMatchObject({
        error: { code: 'GroupInUse' },
      });
      await member.leave();
      await eventually(async () => answered(await describeGroup(cluster, group)).state === 'Empty');
      answered(
        await applyReset(cluster, answered(await planReset(cluster, group, topic, 'latest'))),
      );
      const { lags } = answered(await describeGroup(cluster, group));
      expect(lags.map(({ lag }) => lag)).toEqual([0, 0]);
    }),
  );

  brokerTest(
    'that do not exist are missing, and not made by a reset that was mistyped',
    ({ broker }) =>
      withGroupGround(broker.bootstrap, async (cluster, topic, group) => {
        const missing = { ok: false, error: { code: 'GroupMissing' } };
        expect(await describeGroup(cluster, group)).toMatchObject(missing);
        expect(await planReset(cluster, group, topic, 'earliest')).toMatchObject(missing);
        const names = answered(await listGroups(cluster)).map((each) => each.group);
        expect(names).not.toContain(group);
      }),
  );
});
