import { describe, expect, it } from 'vitest';
import { loadLocalLog } from '../../../../adapters/embedded/local-log.ts';
import { createMemoryRecordStore } from '../../../../adapters/embedded/memory-record-store.ts';
import { MOST_KEPT_RECORDS } from '../../../../adapters/embedded/topic-book.ts';
import { anAppend, must } from '../../../contracts/alarm-log-ground.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { createRecordingListener, isIn } from '../../../fakes/recording-listener.ts';

const TOPIC = 'alarm-journal';
const DAY_MS = 86_400_000;

async function aLog(settings: Readonly<Record<string, string>>) {
  const clock = createFakeClock();
  const store = createMemoryRecordStore();
  const log = must(await loadLocalLog(store, { clock }));
  must(await log.createTopics([{ topic: TOPIC, partitions: 1, settings }]));
  const put = async (count: number) => {
    const keys = Array.from({ length: count }, (_, index) => `key ${index}`);
    for (const appended of await Promise.all(keys.map((key) => log.append(anAppend(TOPIC, key)))))
      must(appended);
  };
  /** The offsets that are left. */
  const left = async () => {
    await log.close();
    const again = must(await loadLocalLog(store, { clock }));
    const heard = createRecordingListener();
    again.read([TOPIC], heard);
    await heard.until(isIn('live'));
    await again.close();
    return heard.records.map(({ offset }) => offset);
  };
  return { clock, put, left };
}

describe('a topic that is kept by time', () => {
  it('forgets what is past its time, and keeps the offsets of the rest', async () => {
    const { clock, put, left } = await aLog({
      'cleanup.policy': 'delete',
      'retention.ms': String(DAY_MS),
    });
    await put(3);
    clock.advanceBy(DAY_MS / 2);
    await put(2);
    clock.advanceBy(DAY_MS / 2 + 2 * 3_600_000);
    await put(1);
    expect(await left()).toEqual([3, 4, 5]);
  });

  it('forgets nothing before its time, nor where no time is set', async () => {
    const timed = await aLog({ 'cleanup.policy': 'delete', 'retention.ms': String(DAY_MS) });
    const timeless = await aLog({ 'cleanup.policy': 'delete' });
    for (const { clock, put } of [timed, timeless]) {
      await put(2);
      clock.advanceBy(DAY_MS / 2);
      await put(1);
    }
    timeless.clock.advanceBy(900 * DAY_MS);
    await timeless.put(1);
    expect(await timed.left()).toEqual([0, 1, 2]);
    expect(await timeless.left()).toEqual([0, 1, 2, 3]);
  });

  it('keeps so many at most that the store still opens quickly', async () => {
    const { put, left } = await aLog({
      'cleanup.policy': 'delete',
      'retention.ms': String(90 * DAY_MS),
    });
    await put(MOST_KEPT_RECORDS + 1_500);
    const offsets = await left();
    expect(offsets.length).toBeLessThanOrEqual(MOST_KEPT_RECORDS + 1_000);
    expect(offsets.at(-1)).toBe(MOST_KEPT_RECORDS + 1_499);
  });
});
