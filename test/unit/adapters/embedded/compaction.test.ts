import { describe, expect, it } from 'vitest';
import { loadLocalLog } from '../../../../adapters/embedded/local-log.ts';
import { createMemoryRecordStore } from '../../../../adapters/embedded/memory-record-store.ts';
import type { RecordStore } from '../../../../adapters/embedded/record-store.ts';
import type { AlarmLog } from '../../../../core/ports/alarm-log.ts';
import { createRandom } from '../../../../services/simulated-plant/random.ts';
import { anAppend, COMPACTED, must } from '../../../contracts/alarm-log-ground.ts';
import type { FakeClock } from '../../../fakes/fake-clock.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import type { HeardRecord, RecordingListener } from '../../../fakes/recording-listener.ts';
import { createRecordingListener, isIn } from '../../../fakes/recording-listener.ts';

const TOPIC = 'active-alarms';
const HOUR_MS = 3_600_000;

interface Ground {
  readonly clock: FakeClock;
  readonly store: RecordStore;
  readonly log: AlarmLog;
}

async function aLog(
  compactFrom: number,
  settings: Readonly<Record<string, string>> = COMPACTED,
): Promise<Ground> {
  const clock = createFakeClock();
  const store = createMemoryRecordStore();
  const log = must(await loadLocalLog(store, { clock, compactFrom }));
  must(await log.createTopics([{ topic: TOPIC, partitions: 1, settings }]));
  return { clock, store, log };
}

async function put(log: AlarmLog, key: string, value: string | null): Promise<void> {
  const bytes = value === null ? null : Buffer.from(value);
  must(await log.append(anAppend(TOPIC, key, { value: bytes })));
}

async function readOn(log: AlarmLog): Promise<RecordingListener> {
  const heard = createRecordingListener();
  log.read([TOPIC], heard);
  await heard.until(isIn('live'));
  return heard;
}

/** What a reader makes of the records: the newest value of each key, deleted ones left out. */
function foldOf(records: readonly HeardRecord[]): ReadonlyMap<string, string> {
  const state = new Map<string, string>();
  for (const { key, value } of records) {
    if (value === null) {
      state.delete(key?.toString() ?? '');
    } else {
      state.set(key?.toString() ?? '', value.toString());
    }
  }
  return state;
}

/** Closing waits for compactions under way; the store in memory then still holds what is left. */
async function reopen({ clock, store, log }: Ground): Promise<AlarmLog> {
  await log.close();
  return must(await loadLocalLog(store, { clock, compactFrom: 1_000_000 }));
}

describe('compaction', () => {
  it('keeps the newest record of each key at its offset, and says where others were', async () => {
    const ground = await aLog(10);
    for (let index = 0; index < 40; index += 1) {
      await put(ground.log, `key ${index % 2}`, `value ${index}`);
    }
    const { records } = await readOn(await reopen(ground));
    expect(records.length).toBeLessThan(20);
    expect(records.slice(-2).map(({ offset, value }) => [offset, value?.toString()])).toEqual([
      [38, 'value 38'],
      [39, 'value 39'],
    ]);
    expect(records[0]?.isAfterGap).toBe(true);
    expect(records.at(-1)?.isAfterGap).toBe(false);
  });

  it('leaves topics alone that are not compacted', async () => {
    const ground = await aLog(10, { 'cleanup.policy': 'delete' });
    for (let index = 0; index < 40; index += 1) {
      await put(ground.log, 'key', `value ${index}`);
    }
    expect((await readOn(await reopen(ground))).records).toHaveLength(40);
  });

  it('keeps a tombstone for 24 hours, whatever the topic says, and forgets it then', async () => {
    const settings = { ...COMPACTED, 'delete.retention.ms': '100' };
    for (const [hours, expected] of [
      [23.9, 1],
      [24.1, 0],
    ] as const) {
      const ground = await aLog(10, settings);
      await put(ground.log, 'gone', 'value');
      await put(ground.log, 'gone', null);
      ground.clock.advanceBy(hours * HOUR_MS);
      for (let index = 0; index < 40; index += 1) {
        await put(ground.log, 'other', `value ${index}`);
      }
      const { records } = await readOn(await reopen(ground));
      expect(records.filter(({ key }) => key?.toString() === 'gone')).toHaveLength(expected);
      expect([...foldOf(records).keys()]).toEqual(['other']);
    }
  });

  it('never lets a reading miss a deletion: those from before, in the middle and after agree', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const random = createRandom(seed);
      const ground = await aLog(8);
      const readings = [await readOn(ground.log)];
      for (let index = 0; index < 400; index += 1) {
        const value = random.chance(0.3) ? null : `value ${index}`;
        await put(ground.log, `key ${random.wholeBetween(0, 9)}`, value);
        if (random.chance(0.03)) {
          readings.push(await readOn(ground.log));
        }
        if (random.chance(0.05)) {
          ground.clock.advanceBy(13 * HOUR_MS);
        }
      }
      const [first] = readings;
      await first?.until(({ records }) => records.length === 400);
      const full = first?.records ?? [];
      for (const reading of readings) {
        await reading.until(({ records }) => records.at(-1)?.offset === 399);
        expect(foldOf(reading.records)).toEqual(foldOf(full));
      }
      const late = await readOn(await reopen(ground));
      expect(late.records.length).toBeLessThan(120);
      expect(foldOf(late.records)).toEqual(foldOf(full));
    }
  });

  it('touches nothing that an open reading has not handed out yet', async () => {
    const ground = await aLog(1_000);
    for (let index = 0; index < 5; index += 1) {
      await put(ground.log, 'key', `value ${index}`);
    }
    await ground.log.close();
    const gate = createGate();
    const store: RecordStore = {
      ...ground.store,
      read: async (range, limit) => {
        // Compaction may look at nothing, so only the reading is held up.
        if (range.below > range.from) {
          await gate.pass();
        }
        return ground.store.read(range, limit);
      },
    };
    const log = must(await loadLocalLog(store, { clock: ground.clock, compactFrom: 10 }));
    gate.shut();
    const heard = createRecordingListener();
    log.read([TOPIC], heard);
    await heard.until(isIn('replaying'));
    for (let index = 5; index < 40; index += 1) {
      await put(log, 'key', `value ${index}`);
    }
    expect(heard.records).toEqual([]);
    gate.open();
    await heard.until(({ records }) => records.length === 40);
    expect(heard.records.map(({ offset }) => offset)).toEqual([...Array(40).keys()]);
  });
});

/** Something that others can be held up at. */
function createGate() {
  let isShut = false;
  const waiting: (() => void)[] = [];
  return {
    shut: () => {
      isShut = true;
    },
    open: () => {
      isShut = false;
      for (const go of waiting.splice(0)) {
        go();
      }
    },
    pass: () =>
      new Promise<void>((resolve) => {
        if (isShut) {
          waiting.push(resolve);
        } else {
          resolve();
        }
      }),
  };
}
