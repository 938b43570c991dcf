import { describe, expect, it } from 'vitest';
import { createRecordingListener, isIn } from '../fakes/recording-listener.ts';
import type { LogGround, MakeLog } from './alarm-log-ground.ts';
import { anAppend, COMPACTED, keysOf, must, onLog } from './alarm-log-ground.ts';

const MOST_IN_A_SLICE = 1_000;

/** How a reading begins, goes on and ends. */
export function describeReading(makeLog: MakeLog): void {
  describe('reading', () => {
    describePhases(makeLog);
    describeLiveReading(makeLog);
    describeManyReadings(makeLog);
    describeTails(makeLog);
    describeEndOfReading(makeLog);
  });
}

function describePhases(makeLog: MakeLog): void {
  it('goes from connecting through replaying to live, and tells the head before live', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      await put(topic, 'a');
      await put(topic, 'b');
      const heard = await readToLive([topic]);
      const calls = heard.calls.filter((call) => call !== 'onLag');
      const first = calls.filter((call, index) => calls.indexOf(call) === index);
      expect(first).toEqual(['connecting', 'replaying', 'onRecords', 'onHead', 'live']);
      expect(heard.heads).toEqual([topic]);
      expect(heard.resets).toEqual([]);
      expect(heard.sweeps).toEqual([]);
    }));

  it('is live on an empty topic', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, readToLive }) => {
      const topic = await makeTopic();
      const heard = await readToLive([topic]);
      expect(heard.records).toEqual([]);
      expect(heard.heads).toEqual([topic]);
    }));

  it('replays in bounded slices, in order, counting up to the total', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      const keys = await putMany({ put }, topic, 2_500);
      const heard = await readToLive([topic]);
      expect(keysOf(heard.records)).toEqual(keys);
      expect(Math.max(...heard.sliceSizes)).toBeLessThanOrEqual(MOST_IN_A_SLICE);
      const counts = heard.phases.flatMap((phase) => (phase.phase === 'replaying' ? [phase] : []));
      expect(counts.every(({ read, total }) => read >= 0 && read <= total)).toBe(true);
      expect(counts.map(({ read }) => read)).toEqual(
        counts.map(({ read }) => read).sort((a, b) => a - b),
      );
      expect(counts.at(-1)?.total).toBe(2_500);
    }));

  it('tells how far it is from the end: nothing, once it is there', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      await putMany({ put }, topic, 1_200);
      const heard = await readToLive([topic]);
      await heard.until(({ lags }) => lags.at(-1) === 0);
      expect(heard.lags.every((lag) => lag >= 0 && lag <= 1_200)).toBe(true);
      expect(heard.records.some(({ isAfterGap }) => isAfterGap)).toBe(false);
    }));

  it('waits for a topic that is missing, says so, and begins when it is there', ({ skip }) =>
    onLog(makeLog, skip, async ({ log, read, put }) => {
      const topic = `contract-late-${Math.trunc(performance.now() * 1_000)}-${process.pid}`;
      const { heard } = read([topic]);
      await heard.until(({ phases }) =>
        phases.some((phase) => 'problem' in phase && phase.problem?.code === 'TopicMissing'),
      );
      expect(heard.phases.every(({ phase }) => phase === 'connecting' || phase === 'failed')).toBe(
        true,
      );
      must(await log.createTopics([{ topic, partitions: 1, settings: COMPACTED }]));
      await put(topic, 'a');
      await heard.until(({ records }) => records.length === 1);
      await heard.until(isIn('live'));
    }));
}

function describeLiveReading(makeLog: MakeLog): void {
  it('hands out 1,000 records that are written while it is live, in order', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      const heard = await readToLive([topic]);
      const keys = await putMany({ put }, topic, 1_000);
      await heard.until(({ records }) => records.length === 1_000);
      expect(keysOf(heard.records)).toEqual(keys);
      expect(heard.records.map(({ offset }) => offset)).toEqual(keys.map((_, index) => index));
      expect(Math.max(...heard.sliceSizes)).toBeLessThanOrEqual(MOST_IN_A_SLICE);
      expect(heard.phases.at(-1)).toEqual({ phase: 'live' });
    }));

  it('misses nothing that is written while it replays', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, read }) => {
      const topic = await makeTopic();
      await putMany({ put }, topic, 1_500);
      const { heard } = read([topic]);
      await putMany({ put }, topic, 500);
      await heard.until(({ records }) => records.length >= 2_000);
      await heard.until(isIn('live'));
      expect(heard.records.map(({ offset }) => offset)).toEqual(
        Array.from({ length: 2_000 }, (_, index) => index),
      );
    }));

  it('hands out records one by one as each is acknowledged', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      const heard = await readToLive([topic]);
      for (const [index, key] of ['a', 'b', 'c', 'd', 'e'].entries()) {
        await put(topic, key);
        await heard.until(({ records }) => records.length === index + 1);
      }
      expect(keysOf(heard.records)).toEqual(['a', 'b', 'c', 'd', 'e']);
    }));
}

function describeManyReadings(makeLog: MakeLog): void {
  it('reads several topics in one reading, each in its own order', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topics = [await makeTopic(), await makeTopic(), await makeTopic()];
      const write = (part: string) =>
        Promise.all(topics.flatMap((topic) => [put(topic, `${part} 1`), put(topic, `${part} 2`)]));
      await write('before');
      const heard = await readToLive(topics);
      expect([...heard.heads].sort()).toEqual([...topics].sort());
      await write('after');
      await heard.until(({ records }) => records.length === 12);
      for (const topic of topics) {
        const own = heard.records.filter((record) => record.topic === topic);
        expect(keysOf(own)).toEqual(['before 1', 'before 2', 'after 1', 'after 2']);
      }
      expect(heard.slicePartitions.every(({ size }) => size === 1)).toBe(true);
    }));

  it('gives two readings the same, each from the start', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, readToLive }) => {
      const topic = await makeTopic();
      await put(topic, 'a');
      const first = await readToLive([topic]);
      await put(topic, 'b');
      const second = await readToLive([topic]);
      await put(topic, 'c');
      await first.until(({ records }) => records.length === 3);
      await second.until(({ records }) => records.length === 3);
      expect(first.records).toEqual(second.records);
    }));
}

function describeTails(makeLog: MakeLog): void {
  it('begins so far before the end as was asked, and goes on from there', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, read }) => {
      const topic = await makeTopic({ 'cleanup.policy': 'delete' });
      await putMany({ put }, topic, 1_200);
      const { heard } = read([topic], { lastOffsets: 3 });
      await heard.until(isIn('live'));
      await put(topic, 'live');
      await heard.until(({ records }) => records.at(-1)?.key?.toString() === 'live');
      expect(keysOf(heard.records)).toEqual(['key 1197', 'key 1198', 'key 1199', 'live']);
      expect(heard.heads).toEqual([topic]);
      expect(heard.resets).toEqual([]);
    }));

  it('begins at the first record of a topic that is shorter, and at once in an empty one', ({
    skip,
  }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, read }) => {
      const [short, empty] = [await makeTopic(), await makeTopic()];
      await put(short, 'a');
      const { heard } = read([short, empty], { lastOffsets: 100 });
      await heard.until(isIn('live'));
      expect(keysOf(heard.records)).toEqual(['a']);
    }));
}

function describeEndOfReading(makeLog: MakeLog): void {
  it('tells nothing more once it is closed, while others read on', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, read, readToLive }) => {
      const topic = await makeTopic();
      const { heard, reading } = read([topic]);
      await heard.until(isIn('live'));
      const other = await readToLive([topic]);
      await reading.close();
      const before = [...heard.calls];
      await put(topic, 'a');
      await other.until(({ records }) => records.length === 1);
      expect(heard.calls).toEqual(before);
      expect(heard.records).toEqual([]);
    }));

  it('can be closed before it has begun, and twice', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, log }) => {
      const heard = createRecordingListener();
      const reading = log.read([await makeTopic()], heard);
      await reading.close();
      await reading.close();
      expect(heard.records).toEqual([]);
      expect(heard.phases.some(({ phase }) => phase === 'live')).toBe(false);
    }));

  it('can be closed from within a call, and gets no further one', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, put, log, readToLive }) => {
      const topic = await makeTopic();
      await putMany({ put }, topic, 1_500);
      const heard = createRecordingListener();
      const reading = log.read([topic], {
        ...heard,
        onRecords: (records) => {
          heard.onRecords(records);
          void reading.close();
        },
      });
      await heard.until(({ sliceSizes }) => sliceSizes.length === 1);
      await reading.close();
      await readToLive([topic]);
      expect(heard.sliceSizes).toHaveLength(1);
      expect(heard.phases.some(({ phase }) => phase === 'live')).toBe(false);
    }));

  it('ends with the log', ({ skip }) =>
    onLog(makeLog, skip, async ({ makeTopic, log, readToLive }) => {
      const topic = await makeTopic();
      const heard = await readToLive([topic]);
      const appended = log.append(anAppend(topic, 'a'));
      await log.close();
      const { ok } = await appended;
      const calls = [...heard.calls];
      await log.close();
      expect(heard.calls).toEqual(calls);
      expect(ok).toBe(true);
    }));
}

async function putMany(
  { put }: Pick<LogGround, 'put'>,
  topic: string,
  count: number,
): Promise<string[]> {
  const keys = Array.from({ length: count }, (_, index) => `key ${index}`);
  await Promise.all(keys.map((key) => put(topic, key)));
  return keys;
}
