import { describe, expect } from 'vitest';
import { createTopics } from '../../../../adapters/kafka/administration/create-topics.ts';
import { deleteTopics } from '../../../../adapters/kafka/administration/delete-topics.ts';
import { committedOffsets } from '../../../../adapters/kafka/administration/group-lag.ts';
import { applyReset, planReset } from '../../../../adapters/kafka/administration/reset-offsets.ts';
import type { Cluster } from '../../../../adapters/kafka/connection/cluster.ts';
import { createKafkaAlarmLog } from '../../../../adapters/kafka/kafka-alarm-log.ts';
import { FETCH_API, fetchRequest } from '../../../../adapters/kafka/reading/fetch-request.ts';
import { createSystemClock } from '../../../../adapters/system/system-clock.ts';
import { TOPIC_SPECS } from '../../../../schemas/topic-specs.ts';
import { aLogAppend } from '../../../builders/a-log-append.ts';
import { answered } from '../../../support/answered.ts';
import { startBroker } from '../../../support/kafka-broker.ts';
import { withCluster } from '../../../support/kafka-connection.ts';
import { randomName } from '../../../support/random-name.ts';
import { brokerTest, ownBrokerTest } from '../../../support/shared-broker.ts';
import { createTemporaryTopics } from '../../../support/temporary-topics.ts';

const IDLE_CONNECTIONS = 10;
const IDLE_MS = 2_000;

/**
 * Where kafkajs and Kafka 4 do not fit. Tested elsewhere: a record stamped in the future (`appending.test.ts`), groups of
 * the new protocol and a mend that keeps other overrides (`administration/`), a group that may not be seen
 * (`administration/users-and-rights.test.ts`), packed records (`reading/log-reading.test.ts`).
 */
describe('traps of Kafka 4 and kafkajs', () => {
  brokerTest(
    'segments below 1 MiB are refused by Kafka 4: none of our topics asks for one',
    ({ broker }) =>
      withCluster(broker.bootstrap, async (cluster) => {
        expect(TOPIC_SPECS.filter(({ settings }) => 'segment.bytes' in settings)).toEqual([]);
        const spec = {
          topic: randomName('small'),
          partitions: 1,
          settings: { 'segment.bytes': '1000' },
        };
        const refused = await createTopics(cluster, [spec], 10_000);
        expect(refused).toMatchObject({ ok: false, error: { isRetriable: false } });
        expect(JSON.stringify(refused)).toContain(spec.topic);
      }),
  );

  brokerTest('a topic that was created has its leaders when the answer comes', ({ broker }) =>
    withCluster(broker.bootstrap, async (cluster) => {
      const spec = { topic: randomName('led'), partitions: 3, settings: {} };
      answered(await createTopics(cluster, [spec], 10_000));
      const leaders = answered(await cluster.leaders(spec.topic));
      expect(leaders.map(({ nodeId }) => nodeId >= 0)).toEqual([true, true, true]);
      answered(await deleteTopics(cluster, [spec.topic]));
    }),
  );

  brokerTest(
    'offsets of a group are asked for and reset without a hidden wait of 5 s',
    async ({ broker }) => {
      const topics = await createTemporaryTopics(broker.bootstrap, ['quick']);
      const [topic, group] = [topics.nameOf('quick'), randomName('quick')];
      await withCluster(broker.bootstrap, async (cluster) => {
        answered(
          await applyReset(cluster, { group, moves: [{ topic, partition: 0, from: null, to: 0 }] }),
        );
        const startedAt = performance.now();
        answered(
          await applyReset(cluster, answered(await planReset(cluster, group, topic, 'latest'))),
        );
        answered(await committedOffsets(cluster, group));
        expect(performance.now() - startedAt).toBeLessThan(4_000);
      });
      await topics.remove();
    },
  );

  brokerTest(
    'connections that stand idle take next to no time of the processor',
    { retry: 3 },
    async ({ broker }) => {
      const connected = async (left: number, during: () => Promise<void>): Promise<void> =>
        left === 0
          ? during()
          : withCluster(broker.bootstrap, async (cluster: Cluster) => {
              answered(await cluster.connect());
              await connected(left - 1, during);
            });
      const topics = await createTemporaryTopics(broker.bootstrap, ['idle']);
      const topic = topics.nameOf('idle');
      await connected(IDLE_CONNECTIONS, async () => {
        const before = process.cpuUsage();
        await longPoll(broker.bootstrap, topic);
        const { user, system } = process.cpuUsage(before);
        // Each of kafkajs's own idle connections takes 2.6 % of a core: these ten would take 26 %.
        expect((user + system) / 1_000 / IDLE_MS).toBeLessThan(0.13);
      });
      await topics.remove();
    },
  );

  brokerTest(
    'a log writes to a new topic after another that it wrote to was deleted',
    async ({ broker }) => {
      const clock = createSystemClock();
      const log = createKafkaAlarmLog({
        bootstrapServers: broker.bootstrap,
        clientId: 'test',
        clock,
      });
      const [first, second] = [randomName('first'), randomName('second')];
      const append = (topic: string) => log.append(aLogAppend(topic, { timestampAt: clock.now() }));
      const settings = { 'cleanup.policy': 'compact' };
      answered(await log.createTopics([{ topic: first, partitions: 1, settings }]));
      answered(await append(first));
      await withCluster(broker.bootstrap, async (cluster) => {
        answered(await deleteTopics(cluster, [first]));
        answered(await log.createTopics([{ topic: second, partitions: 1, settings }]));
        expect(answered(await append(second))).toEqual({ topic: second, partition: 0, offset: 0 });
        answered(await deleteTopics(cluster, [second]));
      });
      await log.close();
    },
  );

  for (const version of ['4.3.1', '3.9.2'] as const) {
    ownBrokerTest(
      `the first question about a group is answered on a fresh Kafka ${version}`,
      async () => {
        const broker = await startBroker({ version });
        try {
          await withCluster(broker.bootstrap, async (cluster) => {
            expect(answered(await committedOffsets(cluster, 'first'))).toEqual([]);
          });
        } finally {
          await broker.stop();
        }
      },
    );
  }
});

/** Asks for records of an empty topic, which the broker answers when it has waited as long as it was asked to. */
function longPoll(bootstrap: string, topic: string): Promise<void> {
  return withCluster(bootstrap, async (cluster) => {
    const [leader] = answered(await cluster.leaders(topic));
    const nodeId = leader?.nodeId ?? -1;
    const version = answered(await cluster.negotiate(nodeId, FETCH_API));
    const bounds = { waitMs: IDLE_MS, partitionBytes: 1_000_000, responseBytes: 1_000_000 };
    const request = fetchRequest(version, [{ topic, partition: 0, offset: 0 }], bounds);
    answered(await cluster.send(nodeId, request, 3 * IDLE_MS));
  });
}
