import { describe, expect, it } from 'vitest';
import { loadLocalLog } from '../../../../adapters/embedded/local-log.ts';
import { diskFull } from '../../../../adapters/embedded/log-problems.ts';
import { createMemoryRecordStore } from '../../../../adapters/embedded/memory-record-store.ts';
import type { RecordStore } from '../../../../adapters/embedded/record-store.ts';
import { failure, ok } from '../../../../core/lib/result.ts';
import type { AlarmLog } from '../../../../core/ports/alarm-log.ts';
import { anAppend, COMPACTED, keysOf, must } from '../../../contracts/alarm-log-ground.ts';
import type { FakeClock } from '../../../fakes/fake-clock.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { createRecordingListener, isIn } from '../../../fakes/recording-listener.ts';

const TOPIC = 'active-alarms';

interface Ground {
  readonly clock: FakeClock;
  readonly log: AlarmLog;
}

/** A log whose store reads as `read` says, once it has been loaded. */
async function aLogThatReads(
  read: (
    store: RecordStore,
    ...args: Parameters<RecordStore['read']>
  ) => ReturnType<RecordStore['read']>,
): Promise<Ground> {
  const clock = createFakeClock();
  const store = createMemoryRecordStore();
  const log = must(
    await loadLocalLog({ ...store, read: (range, limit) => read(store, range, limit) }, { clock }),
  );
  must(await log.createTopics([{ topic: TOPIC, partitions: 1, settings: COMPACTED }]));
  return { clock, log };
}

describe('a reading of an embedded log', () => {
  it('says that a record is damaged, looks again after half a minute, and goes on', async () => {
    let isDamaged = false;
    const { clock, log } = await aLogThatReads(async (store, range, limit) => {
      const records = must(await store.read(range, limit));
      const bent = records.map(({ offset, bytes }) => {
        const copy = Buffer.from(bytes);
        copy[40] = (copy[40] ?? 0) ^ 1;
        return { offset, bytes: copy };
      });
      return ok(isDamaged ? bent : records);
    });
    const heard = createRecordingListener();
    log.read([TOPIC], heard);
    await heard.until(isIn('live'));
    isDamaged = true;
    must(await log.append(anAppend(TOPIC, 'bent')));
    await heard.until(isIn('failed'));
    expect(heard.phases.at(-1)).toMatchObject({ problem: { code: 'StoreDamaged' } });
    expect(heard.records).toEqual([]);
    isDamaged = false;
    clock.advanceBy(30_000);
    await heard.until(isIn('live'));
    expect(keysOf(heard.records)).toEqual(['bent']);
    await log.close();
  });

  it('tries again every second where the store cannot be read for now', async () => {
    let isFull = true;
    let reads = 0;
    const { clock, log } = await aLogThatReads(async (store, range, limit) => {
      reads += 1;
      return isFull ? failure(diskFull('the store')) : store.read(range, limit);
    });
    must(await log.append(anAppend(TOPIC, 'a')));
    const heard = createRecordingListener();
    log.read([TOPIC], heard);
    const problems = () => heard.phases.filter((phase) => 'problem' in phase).length;
    await heard.until(() => problems() === 1);
    clock.advanceBy(1_000);
    await heard.until(() => problems() === 2);
    expect(heard.phases.at(-1)).toMatchObject({
      phase: 'connecting',
      attempt: 3,
      problem: { code: 'DiskFull' },
    });
    isFull = false;
    clock.advanceBy(1_000);
    await heard.until(isIn('live'));
    expect(keysOf(heard.records)).toEqual(['a']);
    expect(reads).toBe(3);
    await log.close();
  });

  it('says that it has failed where its listener throws, and leaves others alone', async () => {
    const { log } = await aLogThatReads((store, range, limit) => store.read(range, limit));
    const good = createRecordingListener();
    const bad = createRecordingListener();
    log.read([TOPIC], {
      ...bad,
      onRecords: () => {
        throw new Error('no fold for this');
      },
    });
    log.read([TOPIC], good);
    await good.until(isIn('live'));
    await bad.until(isIn('live'));
    must(await log.append(anAppend(TOPIC, 'a')));
    await bad.until(isIn('failed'));
    await good.until(({ records }) => records.length === 1);
    expect(bad.phases.at(-1)).toMatchObject({
      problem: { code: 'Unexpected', message: expect.stringContaining('no fold for this') },
    });
    await log.close();
  });
});
