import { Kafka, logLevel } from 'kafkajs';
import { afterAll, describe, expect } from 'vitest';
import { isIn } from '../../../../fakes/recording-listener.ts';
import { createFetchGate } from '../../../../support/fetch-gate.ts';
import { startBroker, type TestBroker } from '../../../../support/kafka-broker.ts';
import {
  eventually,
  foldOf,
  produce,
  reading,
  readToLive,
} from '../../../../support/kafka-reading.ts';
import { ownBrokerTest } from '../../../../support/shared-broker.ts';
import { createTemporaryTopics, withAdmin } from '../../../../support/temporary-topics.ts';

const QUICK_COMPACTION = {
  'cleanup.policy': 'compact',
  'segment.ms': '100',
  'min.cleanable.dirty.ratio': '0.001',
};

const brokers = new Map<string, Promise<TestBroker>>();

function brokerOf(version: '4.3.1' | '3.9.2'): Promise<TestBroker> {
  const known = brokers.get(version);
  if (known !== undefined) return known;
  const starting = startBroker({ version });
  brokers.set(version, starting);
  return starting;
}

afterAll(async () => {
  for (const broker of brokers.values()) await (await broker).stop();
});

describe.each(['4.3.1', '3.9.2'] as const)('reading a Kafka %s', (version) => {
  ownBrokerTest('replays what compaction has left of 10,000 records, then is live', async () => {
    const { bootstrap } = await brokerOf(version);
    const topics = await createTemporaryTopics(bootstrap, ['gaps'], { settings: QUICK_COMPACTION });
    const topic = topics.nameOf('gaps');
    const rounds = Array.from({ length: 10 }, (_, round) =>
      Array.from({ length: 1000 }, (_, at) => ({
        key: `alarm-${at % 500}`,
        value: `${round}-${at}`,
      })),
    );
    await produce(bootstrap, topic, ...rounds);
    await eventually(async () => {
      await produce(bootstrap, topic, [{ key: 'roller', value: 'on' }]);
      return (await readToLive(bootstrap, [topic])).records.length < 2_000;
    });
    const heard = await readToLive(bootstrap, [topic]);
    const expected = new Map([['roller', 'on']]);
    for (let at = 0; at < 500; at += 1) expected.set(`alarm-${at}`, `9-${at + 500}`);
    expect(foldOf(heard.records)).toEqual(expected);
    expect(heard.records[0]?.offset).toBeGreaterThan(0);
    const steps = heard.calls.filter((call) => call !== 'onLag');
    expect([...new Set(steps)]).toEqual(['connecting', 'replaying', 'onRecords', 'onHead', 'live']);
    await topics.remove();
  });

  ownBrokerTest('hears new records live, in the order of the log', async () => {
    const { bootstrap } = await brokerOf(version);
    const topics = await createTemporaryTopics(bootstrap, ['tail']);
    const topic = topics.nameOf('tail');
    await reading(bootstrap, [topic], async (heard) => {
      await heard.until(isIn('live'));
      const requests = Array.from({ length: 50 }, (_, at) => [{ key: 'k', value: `${at}` }]);
      await produce(bootstrap, topic, ...requests);
      await heard.until(({ records }) => records.length === 50);
      expect(heard.records.map(({ offset, value }) => [offset, String(value)])).toEqual(
        requests.map((_, at) => [at, `${at}`]),
      );
    });
    await topics.remove();
  });

  for (const codec of ['gzip', 'snappy', 'lz4', 'zstd']) {
    ownBrokerTest(`reads records that the broker has packed with ${codec}`, async () => {
      const { bootstrap } = await brokerOf(version);
      const settings = { 'cleanup.policy': 'compact', 'compression.type': codec };
      const topics = await createTemporaryTopics(bootstrap, ['packed'], { settings });
      const topic = topics.nameOf('packed');
      const messages = Array.from({ length: 3_000 }, (_, at) => ({
        key: `plant/area-${at % 7}/alarm-${at}`,
        value: at % 10 === 0 ? null : `MAJOR HIHI ${(at * 7919) % 1000}`.repeat(1 + (at % 5)),
        headers: { user: 'anna', producer: codec },
      }));
      await produce(bootstrap, topic, messages.slice(0, 10), messages.slice(10));
      const { records } = await readToLive(bootstrap, [topic]);
      expect(
        records.map(({ offset, key, value }) => [offset, String(key), value && String(value)]),
      ).toEqual(messages.map(({ key, value }, offset) => [offset, key, value]));
      expect(records[2_999]?.headers.map(({ name, value }) => `${name}=${String(value)}`)).toEqual([
        'user=anna',
        `producer=${codec}`,
      ]);
      await topics.remove();
    });
  }

  ownBrokerTest('passes over what a transaction took back, and reads what one kept', async () => {
    const { bootstrap } = await brokerOf(version);
    const topics = await createTemporaryTopics(bootstrap, ['transactions']);
    const topic = topics.nameOf('transactions');
    const kafka = new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ transactionalId: topic, idempotent: true });
    await producer.connect();
    const say = async (value: string, end: 'commit' | 'abort') => {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ key: value, value }] });
      await transaction[end]();
    };
    await say('kept', 'commit');
    await say('taken back', 'abort');
    await say('kept too', 'commit');
    await say('taken back at the end', 'abort');
    await producer.disconnect();
    const { records, phases } = await readToLive(bootstrap, [topic]);
    expect(records.map(({ value }) => String(value))).toEqual(['kept', 'kept too']);
    expect(phases.at(-1)).toEqual({ phase: 'live' });
    await topics.remove();
  });

  ownBrokerTest('reads every partition of several topics and tells the head of each', async () => {
    const { bootstrap } = await brokerOf(version);
    const topics = await createTemporaryTopics(bootstrap, ['many', 'empty'], { partitions: 5 });
    const topic = topics.nameOf('many');
    const messages = Array.from({ length: 2_000 }, (_, at) => ({ key: `k${at}`, value: `${at}` }));
    await produce(bootstrap, topic, messages);
    const heard = await readToLive(bootstrap, [topic, topics.nameOf('empty')]);
    expect(foldOf(heard.records)).toEqual(new Map(messages.map(({ key, value }) => [key, value])));
    expect(new Set(heard.records.map(({ partition }) => partition)).size).toBe(5);
    expect([...heard.heads].sort()).toEqual([topic, topics.nameOf('empty')].sort());
    await topics.remove();
  });

  ownBrokerTest('a topic that is made anew is read anew, and the reset says so', async () => {
    const { bootstrap } = await brokerOf(version);
    const topics = await createTemporaryTopics(bootstrap, ['anew']);
    const topic = topics.nameOf('anew');
    await produce(bootstrap, topic, [{ key: 'old', value: '1' }]);
    await reading(bootstrap, [topic], async (heard) => {
      await heard.until(isIn('live'));
      await withAdmin(bootstrap, (admin) => admin.deleteTopics({ topics: [topic] }));
      await eventually(async () =>
        withAdmin(bootstrap, async (admin) => !(await admin.listTopics()).includes(topic)),
      );
      await withAdmin(bootstrap, (admin) =>
        admin.createTopics({ topics: [{ topic }], waitForLeaders: false }),
      );
      const fresh = Array.from({ length: 5 }, (_, at) => ({ key: 'new', value: `${at}` }));
      await produce(bootstrap, topic, fresh);
      await heard.until(({ records }) => String(records.at(-1)?.value) === '4');
      await heard.until(isIn('live'));
      expect(heard.resets.map(({ topics: names, problem }) => [names, problem.code])).toEqual([
        [[topic], 'HistoryLost'],
      ]);
      expect(heard.records.map(({ offset, key }) => `${String(key)}@${offset}`)).toEqual([
        'old@0',
        ...fresh.map((_, at) => `new@${at}`),
      ]);
    });
    await topics.remove();
  });

  ownBrokerTest('records deleted before they were read are lost history', async () => {
    const { bootstrap } = await brokerOf(version);
    const settings = { 'cleanup.policy': 'delete' };
    const topics = await createTemporaryTopics(bootstrap, ['deleted'], { settings });
    const topic = topics.nameOf('deleted');
    await produce(bootstrap, topic, [{ key: 'first', value: '0' }]);
    const gate = createFetchGate(1);
    await reading(
      bootstrap,
      [topic],
      async (heard) => {
        await gate.reached;
        await produce(
          bootstrap,
          topic,
          Array.from({ length: 9 }, (_, at) => ({ key: `k${at + 1}`, value: `${at + 1}` })),
        );
        await deleteBefore(bootstrap, topic, '8');
        gate.open();
        await heard.until(({ records }) => records.at(-1)?.offset === 9);
        await heard.until(isIn('live'));
        expect(heard.resets.map(({ problem }) => problem.code)).toEqual(['HistoryLost']);
        expect(heard.records.map(({ offset }) => offset)).toEqual([0, 8, 9]);
      },
      { wrap: gate.wrap },
    );
    await topics.remove();
  });

  ownBrokerTest('starts behind records that were deleted before it came', async () => {
    const { bootstrap } = await brokerOf(version);
    const settings = { 'cleanup.policy': 'delete' };
    const topics = await createTemporaryTopics(bootstrap, ['late'], { settings });
    const topic = topics.nameOf('late');
    await produce(
      bootstrap,
      topic,
      Array.from({ length: 5 }, (_, at) => ({ key: `k${at}`, value: `${at}` })),
    );
    await deleteBefore(bootstrap, topic, '3');
    const heard = await readToLive(bootstrap, [topic]);
    expect(heard.records.map(({ offset }) => offset)).toEqual([3, 4]);
    expect(heard.resets).toEqual([]);
    await topics.remove();
  });

  ownBrokerTest('waits for a topic that does not exist yet, and says so', async () => {
    const { bootstrap } = await brokerOf(version);
    const topics = await createTemporaryTopics(bootstrap, ['there']);
    const missing = `missing-${topics.nameOf('there')}`;
    await reading(bootstrap, [topics.nameOf('there'), missing], async (heard) => {
      await heard.until(({ phases }) => {
        const phase = phases.at(-1);
        return phase?.phase === 'connecting' && phase.problem?.code === 'TopicMissing';
      });
      await withAdmin(bootstrap, (admin) =>
        admin.createTopics({ topics: [{ topic: missing }], waitForLeaders: false }),
      );
      await heard.until(isIn('live'));
      expect(heard.resets).toEqual([]);
    });
    await withAdmin(bootstrap, (admin) => admin.deleteTopics({ topics: [missing] }));
    await topics.remove();
  });

  ownBrokerTest('leaves no consumer group behind', async () => {
    const { bootstrap } = await brokerOf(version);
    const topics = await createTemporaryTopics(bootstrap, ['traceless']);
    const topic = topics.nameOf('traceless');
    await produce(bootstrap, topic, [{ key: 'k', value: 'v' }]);
    const groups = () => withAdmin(bootstrap, async (admin) => (await admin.listGroups()).groups);
    const before = await groups();
    const heard = await readToLive(bootstrap, [topic]);
    expect(heard.records).toHaveLength(1);
    expect(await groups()).toEqual(before);
    await topics.remove();
  });
});

/** kafkajs deletes only in topics whose leaders it has asked for something else before. */
async function deleteBefore(bootstrap: string, topic: string, offset: string): Promise<void> {
  await withAdmin(bootstrap, async (admin) => {
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset }] });
  });
}
