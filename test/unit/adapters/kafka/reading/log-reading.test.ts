import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLogReading } from '../../../../../adapters/kafka/reading/log-reading.ts';
import { durationMs, epochMs } from '../../../../../core/lib/units.ts';
import type { LogDamage, LogListener, LogReading } from '../../../../../core/ports/alarm-log.ts';
import type { AnsweredPartition } from '../../../../builders/fetch-response.ts';
import { aRecordBatch, text } from '../../../../builders/record-batch.ts';
import {
  createFakeCluster,
  type FakeBroker,
  type FakeCluster,
} from '../../../../fakes/fake-cluster.ts';
import {
  createRecordingListener,
  isIn,
  type RecordingListener,
} from '../../../../fakes/recording-listener.ts';

const TOPIC = 'active-alarms';
/** So far apart records come by themselves: far less often than gathering would begin. */
const SELDOM_MS = 20;
const GONE = { code: 'Unreachable', message: 'gone', remedy: 'wait', isRetriable: true } as const;
const open: (readonly [LogReading, FakeCluster])[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const [reading, cluster] of open.splice(0)) {
    await reading.close();
    await cluster.close();
  }
});

describe('createLogReading', () => {
  test('replays, tells the head, is live, and hears what comes', async () => {
    const log = aLog(3);
    const { heard } = read(log.broker);
    await heard.until(isIn('live'));
    log.append();
    await heard.until(({ records }) => records.length === 4);
    expect(heard.records.map(({ offset }) => offset)).toEqual([0, 1, 2, 3]);
    expect(heard.heads).toEqual([TOPIC]);
    expect(heard.phases.map(({ phase }) => phase)).toEqual(['connecting', 'replaying', 'live']);
  });

  test('an empty log is at its head at once', async () => {
    const { heard } = read(aLog(0).broker);
    await heard.until(isIn('live'));
    expect(heard.calls.filter((call) => call !== 'onLag')).toEqual([
      'connecting',
      'replaying',
      'onHead',
      'live',
    ]);
  });

  test('in a flood of single records it gathers instead of asking for each of them', async () => {
    const log = aLog(1);
    const askedAt: number[] = [];
    const { heard } = read((asked) => {
      askedAt.push(performance.now());
      log.append();
      return log.broker(asked);
    });
    await heard.until(({ records }) => records.length >= 20);
    const elapsedMs = (askedAt.at(-1) ?? 0) - (askedAt[0] ?? 0);
    // It takes two answers close upon each other to be a flood: two fetches go out at once, the third 20 ms later.
    expect(elapsedMs / (askedAt.length - 1)).toBeGreaterThan(5);
  });

  test('a record that follows closely upon another is no flood yet', async () => {
    let passedMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => passedMs);
    const log = aLog(1);
    const { heard, cluster } = read(log.broker);
    await heard.until(isIn('live'));
    // One hundred in a second, and each other one only 2 ms after the one before.
    for (let news = 2; news <= 9; news += 1) {
      passedMs += news % 2 === 0 ? SELDOM_MS - 2 : 2;
      log.append();
      await heard.until(({ records }) => records.length === news);
      expect(cluster.asked.at(-1)?.offset).toBe(news);
    }
  });

  test('the next of records that come seldom is asked for at once', async () => {
    let passedMs = 0;
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + passedMs);
    const log = aLog(1);
    const { heard, cluster } = read(log.broker);
    await heard.until(isIn('live'));
    for (let news = 2; news <= 6; news += 1) {
      passedMs += SELDOM_MS;
      log.append();
      await heard.until(({ records }) => records.length === news);
      expect(cluster.asked.at(-1)?.offset).toBe(news);
    }
  });

  test.each([
    ['not the leader', 6],
    ['leader not available', 5],
    ['an older epoch', 74],
    ['an unknown epoch', 75],
    ['storage error', 56],
  ])('%s: asks who leads and goes on at the new leader, missing nothing', async (_, errorCode) => {
    const log = aLog(2);
    const { heard, cluster } = read((asked) =>
      asked.nodeId === 1 && asked.offset === 2 ? { errorCode } : log.broker(asked),
    );
    await heard.until(({ records }) => records.length === 2);
    cluster.lead(TOPIC, [2]);
    log.append();
    await heard.until(({ records }) => records.length === 3);
    expect(heard.records.map(({ offset }) => offset)).toEqual([0, 1, 2]);
    expect(cluster.refreshes).toBeGreaterThan(0);
    expect(cluster.asked.at(-1)?.nodeId).toBe(2);
    expect(heard.resets).toEqual([]);
  });

  test('partitions on several brokers are read from each', async () => {
    const log = aLog(2);
    const { heard, cluster } = read(log.broker, { leaders: [1, 2, 1] });
    await heard.until(isIn('live'));
    expect(heard.records.map(({ partition }) => partition).sort((a, b) => a - b)).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
    expect(new Set(cluster.asked.map(({ nodeId }) => nodeId))).toEqual(new Set([1, 2]));
  });

  test('what one broker leads is heard at once while another is gone', async () => {
    const log = aLog(1);
    let isGone = false;
    const { heard, cluster } = read(
      (asked) => (isGone && asked.nodeId === 2 ? GONE : log.broker(asked)),
      { leaders: [1, 2], staleAfterMs: 20 },
    );
    await heard.until(isIn('live'));
    isGone = true;
    await heard.until(isStaleWithReason);
    // Time after time the broker that is gone is asked for, and nothing of the other is asked anew for it.
    const before = cluster.refreshes;
    for (let news = 2; cluster.refreshes < before + 3; news += 1) {
      log.append();
      await heard.until(({ records }) => records.filter(isOfFirst).length === news);
    }
    expect(heard.phases.at(-1)).toMatchObject({ phase: 'stale', problem: GONE });
    cluster.lead(TOPIC, [1, 1]);
    await heard.until(isIn('live'));
    const offsets = heard.records.filter(isOfFirst).map(({ offset }) => offset);
    expect(offsets).toEqual(offsets.map((_, index) => index));
    expect(heard.resets).toEqual([]);
  });

  test('a broken connection is made anew and nothing is heard twice', async () => {
    const log = aLog(4);
    let failures = 2;
    const { heard } = read((asked) => {
      if (asked.offset === 4 && failures > 0) {
        failures -= 1;
        return GONE;
      }
      return log.broker(asked);
    });
    await heard.until(isIn('live'));
    log.append();
    await heard.until(({ records }) => records.length === 5);
    expect(heard.records.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4]);
  });

  test('silence makes it stale with the reason, and news live again', async () => {
    const log = aLog(1);
    let isSilent = false;
    const { heard } = read((asked) => (isSilent ? GONE : log.broker(asked)), { staleAfterMs: 20 });
    await heard.until(isIn('live'));
    isSilent = true;
    log.append();
    await heard.until(isStaleWithReason);
    expect(heard.phases.at(-1)).toMatchObject({ problem: GONE });
    isSilent = false;
    await heard.until(({ records }) => records.length === 2);
    await heard.until(isIn('live'));
    expect(heard.heads).toEqual([TOPIC]);
  });

  test('a batch damaged on its way is asked for again, and nobody hears of it', async () => {
    const log = aLog(3);
    let damages = 2;
    const { heard, damaged } = read((asked) => {
      const answer = log.broker(asked);
      if (asked.offset !== 0 || damages === 0) return answer;
      damages -= 1;
      return withDamage(answer, 1);
    });
    await heard.until(isIn('live'));
    expect(heard.records.map(({ offset }) => offset)).toEqual([0, 1, 2]);
    expect(damaged).toEqual([]);
  });

  test('a batch that stays damaged is reported and passed', async () => {
    const log = aLog(3);
    const { heard, damaged } = read((asked) => {
      const answer = log.broker(asked);
      return asked.offset <= 1 ? withDamage(answer, 1 - asked.offset) : answer;
    });
    await heard.until(isIn('live'));
    expect(heard.records.map(({ offset, isAfterGap }) => [offset, isAfterGap])).toEqual([
      [0, false],
      [2, false],
    ]);
    expect(damaged).toMatchObject([
      { topic: TOPIC, partition: 0, from: 1, to: 2, problem: { code: 'Corrupt' } },
    ]);
  });

  test('a listener that takes no reports is not taken past damage', async () => {
    const log = aLog(3);
    const { heard } = read((asked) => withDamage(log.broker(asked), 1 - asked.offset), {
      takesDamage: false,
    });
    await heard.until(isIn('failed'));
    expect(heard.records.map(({ offset }) => offset)).toEqual([0]);
    expect(heard.phases.at(-1)).toMatchObject({ problem: { code: 'Corrupt' } });
  });

  test('a transaction that is never ended makes the reading stale, with the count it hides', async () => {
    const log = aLog(2);
    const { heard } = read(
      (asked) => {
        const answer = log.broker(asked) ?? { batches: [] };
        return { ...answer, highWater: 9, lastStable: 2 };
      },
      { staleAfterMs: 20 },
    );
    await heard.until(isStaleWithReason);
    expect(heard.phases.at(-1)).toMatchObject({
      problem: { message: expect.stringContaining('7 newer offsets') },
    });
  });

  test('a log that begins later than what was read is lost history', async () => {
    const log = aLog(3);
    let isLost = false;
    const { heard, cluster } = read((asked) =>
      isLost && asked.offset < 7 ? { errorCode: 1 } : log.broker(asked),
    );
    cluster.setEnds(7, 8);
    await heard.until(isIn('live'));
    isLost = true;
    for (let count = 0; count < 5; count += 1) log.append();
    await heard.until(({ records }) => records.at(-1)?.offset === 7);
    await heard.until(({ heads }) => heads.length === 2);
    expect(heard.resets).toMatchObject([{ topics: [TOPIC], problem: { code: 'HistoryLost' } }]);
    expect(heard.records.map(({ offset }) => offset)).toEqual([0, 1, 2, 7]);
  });

  test('a topic that may not be read is a failure that says which', async () => {
    const { heard } = read(() => ({ errorCode: 29 }));
    await heard.until(isIn('failed'));
    expect(heard.phases.at(-1)).toMatchObject({
      problem: { code: 'NotAuthorized', message: expect.stringContaining(TOPIC) },
    });
  });

  test('a listener that throws ends the reading as failed', async () => {
    const { heard } = read(aLog(1).broker, {
      onRecords: () => {
        throw new Error('the fold is broken');
      },
    });
    await heard.until(isIn('failed'));
    expect(heard.phases.at(-1)).toMatchObject({
      problem: { message: expect.stringContaining('the fold is broken') },
    });
  });

  test('slices are short', async () => {
    const { heard } = read(aLog(5_000, 2_500).broker);
    await heard.until(isIn('live'));
    expect(heard.records).toHaveLength(5_000);
    expect(Math.max(...heard.sliceSizes)).toBeLessThanOrEqual(1_000);
  });

  test('nothing is heard after it was closed', async () => {
    const log = aLog(2);
    const { heard, reading } = read(log.broker);
    await heard.until(isIn('live'));
    await reading.close();
    const before = heard.calls.length;
    log.append();
    await Promise.resolve();
    expect(heard.calls.length).toBe(before);
    expect(heard.records).toHaveLength(2);
  });
});

/** A log of batches of `size` records, in every partition the same. */
function aLog(count: number, size = 1): { readonly broker: FakeBroker; append(): void } {
  let end = count;
  const batchesFrom = (offset: number): Uint8Array[] => {
    const batches: Uint8Array[] = [];
    for (let at = offset; at < end; at += size) {
      const records = Array.from({ length: Math.min(size, end - at) }, (_, offsetDelta) => ({
        offsetDelta,
        key: text(`k${at + offsetDelta}`),
        value: text('v'),
      }));
      batches.push(aRecordBatch({ baseOffset: at, records }));
    }
    return batches;
  };
  return {
    broker: ({ offset }) => ({ highWater: end, batches: batchesFrom(offset) }),
    append: () => {
      end += 1;
    },
  };
}

/** Flips a bit in the batch at the index, where there is one. */
function withDamage(answer: ReturnType<FakeBroker>, index: number): ReturnType<FakeBroker> {
  if (answer === null || 'code' in answer) return answer;
  const batches = (answer.batches ?? []).map((batch, at) =>
    at === index ? flipped(batch) : batch,
  );
  const damaged: AnsweredPartition = { ...answer, batches };
  return damaged;
}

function flipped(batch: Uint8Array): Uint8Array {
  const bytes = batch.slice();
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  return bytes;
}

/** A busy machine may be late with an answer too: it is stale then for a moment, and there is no reason to tell. */
function isStaleWithReason({ phases }: RecordingListener): boolean {
  const newest = phases.at(-1);
  return newest?.phase === 'stale' && newest.problem !== undefined;
}

interface Reading {
  readonly leaders?: readonly number[];
  readonly staleAfterMs?: number;
  readonly takesDamage?: boolean;
  readonly onRecords?: LogListener['onRecords'];
}

function read(broker: FakeBroker, how: Reading = {}) {
  const cluster = createFakeCluster(broker);
  cluster.lead(TOPIC, how.leaders ?? [1]);
  const heard = createRecordingListener();
  const damaged: LogDamage[] = [];
  const listener = {
    ...heard,
    ...(how.onRecords === undefined ? {} : { onRecords: how.onRecords }),
    ...(how.takesDamage === false ? {} : { onDamage: (damage: LogDamage) => damaged.push(damage) }),
  };
  const reading = createLogReading(cluster, [TOPIC], listener, {
    clock: {
      now: () => epochMs(1_700_000_000_000),
      callAt: () => () => undefined,
      callEvery: () => () => undefined,
    },
    staleAfterMs: durationMs(how.staleAfterMs ?? 4_000),
    retentionsOf: async (topics) => new Map(topics.map((topic) => [topic, null])),
  });
  open.push([reading, cluster]);
  return { heard, cluster, damaged, reading };
}

function isOfFirst({ partition }: { readonly partition: number }): boolean {
  return partition === 0;
}
