import { describe, expect } from 'vitest';
import type { Cluster } from '../../../../adapters/kafka/connection/cluster.ts';
import { createKafkaCluster } from '../../../../adapters/kafka/connection/kafka-cluster.ts';
import { timedOut } from '../../../../adapters/kafka/connection/log-problem.ts';
import { createProducer, type Producer } from '../../../../adapters/kafka/producing/producer.ts';
import { failure } from '../../../../core/lib/result.ts';
import { durationMs, epochMs } from '../../../../core/lib/units.ts';
import { aLogAppend } from '../../../builders/a-log-append.ts';
import { startBroker } from '../../../support/kafka-broker.ts';
import { readBack } from '../../../support/read-back.ts';
import { brokerTest, ownBrokerTest } from '../../../support/shared-broker.ts';
import {
  createLedTopics,
  createTemporaryTopics,
  withAdmin,
} from '../../../support/temporary-topics.ts';

const APPEND_MS = 3_000;

/** A topic and a producer that end with the work. */
async function withProducer(
  bootstrap: string,
  work: (producer: Producer, topic: string, cluster: Cluster) => Promise<void>,
  options: {
    partitions?: number;
    settings?: Record<string, string>;
    appendMs?: number;
  } = {},
): Promise<void> {
  const topics = await createTemporaryTopics(bootstrap, ['appending'], options);
  const limits = { connectMs: durationMs(1_000), requestMs: durationMs(3_000) };
  const cluster = createKafkaCluster({ bootstrapServers: bootstrap, clientId: 'test', limits });
  const producer = createProducer(cluster, options.appendMs ?? APPEND_MS);
  try {
    await work(producer, topics.nameOf('appending'), cluster);
  } finally {
    await producer.close();
    await cluster.close();
    await topics.remove();
  }
}

const numbered = (topic: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    aLogAppend(topic, { value: Buffer.from(String(index)) }),
  );

describe('appending to Kafka', () => {
  brokerTest('answers the position; another client reads what was written', ({ broker }) =>
    withProducer(broker.bootstrap, async (producer, topic) => {
      const record = aLogAppend(topic, {
        key: Buffer.from('Ω channel'),
        headers: [
          { name: 'user', value: Buffer.from('astrid') },
          { name: 'host', value: Buffer.from('κονσόλα') },
        ],
        timestampAt: epochMs(1_614_600_000_123),
      });
      const first = await producer.append(record);
      const second = await producer.append({ ...record, value: null });
      expect([first, second]).toEqual(
        [0, 1].map((offset) => ({ ok: true, value: { topic, partition: 0, offset } })),
      );
      const headers = { user: 'astrid', host: 'κονσόλα' };
      const same = { partition: 0, key: 'Ω channel', timestampAt: 1_614_600_000_123, headers };
      expect(await readBack(broker.bootstrap, topic, 2)).toEqual([
        { ...same, offset: 0, value: 'alarming' },
        { ...same, offset: 1, value: null },
      ]);
    }),
  );

  brokerTest('keeps the order of a thousand calls that do not wait', ({ broker }) =>
    withProducer(broker.bootstrap, async (producer, topic) => {
      const answers = await Promise.all(
        numbered(topic, 1_000).map((record) => producer.append(record)),
      );
      expect(answers.map((answer) => (answer.ok ? answer.value.offset : -1))).toEqual(
        answers.map((_, index) => index),
      );
      const values = (await readBack(broker.bootstrap, topic, 1_000)).map(({ value }) => value);
      expect(values).toEqual(answers.map((_, index) => String(index)));
    }),
  );

  brokerTest('puts a key into the partition where Kafka’s own clients put it', ({ broker }) =>
    withProducer(
      broker.bootstrap,
      async (producer, topic) => {
        const keys = Array.from({ length: 40 }, (_, index) => `channel${index}`);
        const ours = await Promise.all(
          keys.map((key) => producer.append(aLogAppend(topic, { key: Buffer.from(key) }))),
        );
        const { Kafka, logLevel } = await import('kafkajs');
        const theirs = new Kafka({ brokers: [broker.bootstrap], logLevel: logLevel.NOTHING });
        const other = theirs.producer();
        await other.connect();
        await other.send({ topic, messages: keys.map((key) => ({ key, value: 'theirs' })) });
        await other.disconnect();
        const read = await readBack(broker.bootstrap, topic, 80);
        const partitionOf = (key: string, isTheirs: boolean) =>
          read.find((it) => it.key === key && (it.value === 'theirs') === isTheirs)?.partition;
        expect(keys.map((key) => partitionOf(key, false))).toEqual(
          keys.map((key) => partitionOf(key, true)),
        );
        expect(new Set(ours.map((it) => (it.ok ? it.value.partition : -1))).size).toBe(5);
      },
      { partitions: 5 },
    ),
  );

  brokerTest('refuses what is too large, and only that', ({ broker }) =>
    withProducer(
      broker.bootstrap,
      async (producer, topic) => {
        const large = aLogAppend(topic, { value: Buffer.alloc(20_000) });
        const answers = await Promise.all([
          producer.append(aLogAppend(topic)),
          producer.append(large),
          producer.append(aLogAppend(topic)),
        ]);
        expect(
          answers.map((answer) => (answer.ok ? answer.value.offset : answer.error.code)),
        ).toEqual([0, 'RecordTooLarge', 1]);
      },
      { settings: { 'cleanup.policy': 'compact', 'max.message.bytes': '10000' } },
    ),
  );

  brokerTest('says at once that a topic is missing', ({ broker }) =>
    withProducer(broker.bootstrap, async (producer) => {
      const startedAt = performance.now();
      const answer = await producer.append(aLogAppend('no-such-topic'));
      expect(answer).toMatchObject({ ok: false, error: { code: 'TopicMissing' } });
      expect(performance.now() - startedAt).toBeLessThan(APPEND_MS);
    }),
  );

  brokerTest('writes on when its topic was deleted and made anew', ({ broker }) =>
    withProducer(broker.bootstrap, async (producer, topic) => {
      for (const record of numbered(topic, 3)) await producer.append(record);
      await withAdmin(broker.bootstrap, async (admin) => {
        await admin.deleteTopics({ topics: [topic] });
        await createLedTopics(admin, [{ topic }]);
      });
      const answer = await producer.append(aLogAppend(topic));
      expect(answer).toEqual({ ok: true, value: { topic, partition: 0, offset: 0 } });
    }),
  );

  brokerTest('refuses a time that the broker does not take, naming the clock', ({ broker }) =>
    withProducer(
      broker.bootstrap,
      async (producer, topic) => {
        const answer = await producer.append(aLogAppend(topic));
        expect(answer).toMatchObject({ ok: false, error: { isRetriable: false } });
        expect(answer.ok ? '' : answer.error.remedy).toContain('clock');
      },
      { settings: { 'message.timestamp.before.max.ms': '1000' } },
    ),
  );

  brokerTest('answers Closed after it was closed', ({ broker }) =>
    withProducer(broker.bootstrap, async (producer, topic) => {
      await producer.close();
      expect(await producer.append(aLogAppend(topic))).toMatchObject({ error: { code: 'Closed' } });
    }),
  );
});

/** The cluster, of which the answers to the first so many appends are lost on the way. */
function losingAnswers(cluster: Cluster, count: number): Cluster {
  const PRODUCE = 0;
  let left = count;
  return {
    address: cluster.address,
    connect: () => cluster.connect(),
    leaders: (topic) => cluster.leaders(topic),
    refresh: (topics) => cluster.refresh(topics),
    negotiate: (nodeId, api) => cluster.negotiate(nodeId, api),
    listOffset: (topic, partition, end) => cluster.listOffset(topic, partition, end),
    anyNode: () => cluster.anyNode(),
    controller: () => cluster.controller(),
    close: () => cluster.close(),
    send: async (nodeId, request, timeoutMs) => {
      const answer = await cluster.send(nodeId, request, timeoutMs);
      if (request.apiKey !== PRODUCE || left === 0) return answer;
      left -= 1;
      return failure(timedOut('appending', cluster.address, 0));
    },
  };
}

describe('appending when answers are lost', () => {
  brokerTest('repeats, and each record stands once, in order', ({ broker }) =>
    withProducer(broker.bootstrap, async (_producer, topic, cluster) => {
      const unlucky = createProducer(losingAnswers(cluster, 3), APPEND_MS);
      const answers = await Promise.all(
        numbered(topic, 50).map((record) => unlucky.append(record)),
      );
      const after = await unlucky.append(aLogAppend(topic, { value: Buffer.from('after') }));
      await unlucky.close();
      expect(answers.map((answer) => (answer.ok ? answer.value.offset : -1))).toEqual(
        answers.map((_, index) => index),
      );
      expect(after).toMatchObject({ ok: true, value: { offset: 50 } });
      const values = (await readBack(broker.bootstrap, topic, 51)).map(({ value }) => value);
      expect(values).toEqual([...answers.map((_, index) => String(index)), 'after']);
    }),
  );

  brokerTest('all of them: TimedOut at the deadline, and what follows goes on', ({ broker }) =>
    withProducer(broker.bootstrap, async (_producer, topic, cluster) => {
      const unlucky = createProducer(losingAnswers(cluster, 10_000), 500);
      const lost = await unlucky.append(aLogAppend(topic));
      expect(lost).toMatchObject({ ok: false, error: { code: 'TimedOut', isRetriable: true } });
      const lucky = createProducer(cluster, APPEND_MS);
      const next = await lucky.append(aLogAppend(topic));
      await Promise.all([unlucky.close(), lucky.close()]);
      // However often the lost one was sent, it stands there once.
      expect(next).toMatchObject({ ok: true, value: { offset: 1 } });
    }),
  );
});

describe('appending while the broker is away', () => {
  ownBrokerTest('is answered within the deadline, and goes on when it is back', async () => {
    const broker = await startBroker();
    try {
      await withProducer(broker.bootstrap, async (producer, topic) => {
        await producer.append(aLogAppend(topic));
        await broker.kill();
        const startedAt = performance.now();
        const refused = await producer.append(aLogAppend(topic));
        const tookMs = performance.now() - startedAt;
        expect(refused).toMatchObject({ ok: false, error: { code: 'Unreachable' } });
        expect(tookMs).toBeLessThan(APPEND_MS + 1_000);
        await broker.restart();
        const again = await producer.append(aLogAppend(topic));
        expect(again).toEqual({ ok: true, value: { topic, partition: 0, offset: 1 } });
      });
    } finally {
      await broker.stop();
    }
  });

  ownBrokerTest(
    'to a broker that hangs: TimedOut, and the record stands once at most',
    async () => {
      const broker = await startBroker();
      try {
        await withProducer(broker.bootstrap, async (producer, topic, cluster) => {
          await producer.append(aLogAppend(topic));
          broker.pause();
          const hung = await producer.append(aLogAppend(topic, { value: Buffer.from('hung') }));
          expect(hung).toMatchObject({ ok: false, error: { code: 'TimedOut' } });
          broker.resume();
          const next = await producer.append(aLogAppend(topic, { value: Buffer.from('next') }));
          expect(next.ok).toBe(true);
          const end = await cluster.listOffset(topic, 0, 'latest');
          const values = await readBack(broker.bootstrap, topic, end.ok ? end.value : 0);
          expect(values.filter(({ value }) => value === 'hung').length).toBeLessThan(2);
          expect(values.at(-1)?.value).toBe('next');
        });
      } finally {
        broker.resume();
        await broker.stop();
      }
    },
  );

  ownBrokerTest('that stops in order and comes back: nothing lost, nothing twice', async () => {
    const broker = await startBroker();
    try {
      await withProducer(
        broker.bootstrap,
        async (producer, topic) => {
          const records = numbered(topic, 300);
          const answers = [];
          const restarted = broker.restart();
          for (const record of records) answers.push(await producer.append(record));
          await restarted;
          const taken = answers.filter((answer) => answer.ok).length;
          const values = (await readBack(broker.bootstrap, topic, taken)).map(({ value }) => value);
          expect(taken).toBe(300);
          expect(values).toEqual(records.map((_, index) => String(index)));
        },
        { appendMs: 45_000 },
      );
    } finally {
      await broker.stop();
    }
  });
});

describe('appending to Kafka 3.9', () => {
  ownBrokerTest('works the same', async () => {
    const broker = await startBroker({ version: '3.9.2' });
    try {
      await withProducer(broker.bootstrap, async (producer, topic) => {
        const answers = await Promise.all(
          numbered(topic, 20).map((record) => producer.append(record)),
        );
        expect(answers.every((answer) => answer.ok)).toBe(true);
        const values = (await readBack(broker.bootstrap, topic, 20)).map(({ value }) => value);
        expect(values).toEqual(answers.map((_, index) => String(index)));
      });
    } finally {
      await broker.stop();
    }
  });
});
