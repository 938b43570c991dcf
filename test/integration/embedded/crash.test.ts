import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HeardRecord } from '../../fakes/recording-listener.ts';
import type { TemporaryFolder } from '../../support/temporary-folder.ts';
import { createTemporaryFolder } from '../../support/temporary-folder.ts';
import { openLog, readAll, runWriter } from './embedded-ground.ts';

const KILLS = 24;
const LONGEST_RUN_LINES = 900;

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder('alarm-log');
});

afterEach(() => folder.remove());

interface Acknowledged {
  readonly topic: string;
  readonly offset: number;
  readonly value: string;
}

function acknowledgedIn(lines: readonly string[]): readonly Acknowledged[] {
  return lines.flatMap((line) => {
    const [topic = '', offset = '', value = ''] = line.split(' ');
    return topic === 'whole' || topic === 'compacted'
      ? [{ topic, offset: Number(offset), value }]
      : [];
  });
}

/** The writer numbers its values, and the number says the key. */
function keyOf(value: string): string {
  const number = /-(\d+)/.exec(value)?.[1];
  return `key ${Number(number) % 5}`;
}

function wordOf({ value }: HeardRecord): string | undefined {
  return value?.toString().replace(/\.+$/, '');
}

function expectNothingLost(records: readonly HeardRecord[], acks: readonly Acknowledged[]): void {
  const stored = new Map(records.map((r) => [`${r.topic} ${r.offset}`, wordOf(r)]));
  const whole = acks.filter(({ topic }) => topic === 'whole');
  expect(whole.filter((ack) => stored.get(`whole ${ack.offset}`) !== ack.value)).toEqual([]);
  const heads = new Map<string, number>();
  for (const record of records.filter(({ topic }) => topic === 'compacted')) {
    heads.set(record.key?.toString() ?? '', record.offset);
  }
  const gone = acks.filter(
    ({ topic, offset, value }) =>
      topic === 'compacted' &&
      stored.get(`compacted ${offset}`) !== value &&
      // Compacted away: then a newer record of the same key must stand.
      (heads.get(keyOf(value)) ?? -1) <= offset,
  );
  expect(gone).toEqual([]);
  expect(heads.size).toBeLessThanOrEqual(5);
}

describe('an embedded log whose process is killed', () => {
  it(`loses nothing acknowledged in ${KILLS} kills, while appending and compacting`, async () => {
    const acks: Acknowledged[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Spread over starting, first records, and long runs with compactions and journal changes.
      const killAfter = 1 + Math.floor((kill / KILLS) ** 2 * LONGEST_RUN_LINES);
      const { lines } = await runWriter({
        folder: folder.path,
        run: `run${kill}`,
        valueBytes: kill % 3 === 0 ? 20_000 : 100,
        killAt: (said) => said.length >= killAfter,
      });
      expect(lines.filter((line) => /^(failed|notice)/.test(line))).toEqual([]);
      acks.push(...acknowledgedIn(lines));
    }
    const { log, notices } = await openLog(folder.path);
    const records = await readAll(log, ['whole', 'compacted']);
    await log.close();
    expect(notices).toEqual([]);
    expect(acks.length).toBeGreaterThan(5_000);
    expectNothingLost(records, acks);
    const offsets = records.filter(({ topic }) => topic === 'whole').map(({ offset }) => offset);
    expect(offsets).toEqual(offsets.map((_, index) => index));
  }, 120_000);
});
