import { describe, expect, it } from 'vitest';
import type { KeptRecord } from '../../../../cli/reading/kept-record.ts';
import { createOnlyOnce, type OnlyOnce } from '../../../../cli/reading/only-once.ts';
import { epochMs } from '../../../../core/lib/units.ts';

const TOPIC = 'active-alarms';

function at(offset: number, moment = offset): KeptRecord {
  const timestampAt = epochMs(moment);
  const record = { topic: TOPIC, partition: 0, offset, timestampAt, headers: [] };
  return { ...record, keySchema: -1, key: 'k', value: 'v' };
}

function takeAll(once: OnlyOnce, records: readonly KeptRecord[]): readonly number[] {
  return records.flatMap((record) => once.take([record])).map(({ offset }) => offset);
}

function range(from: number, to: number): readonly KeptRecord[] {
  return Array.from({ length: to - from }, (_, index) => at(from + index));
}

describe('a log that is read again', () => {
  it('gives only what came since, also where the end that was seen has been compacted', () => {
    for (const again of [range(0, 8), [at(1), at(4), at(6), at(7)], [at(6), at(7)]]) {
      const once = createOnlyOnce();
      expect(takeAll(once, range(0, 6))).toEqual([0, 1, 2, 3, 4, 5]);
      once.reset([TOPIC]);
      expect(takeAll(once, again)).toEqual([6, 7]);
      expect(once.reachHead(TOPIC)).toEqual([]);
      expect(takeAll(once, [at(8)])).toEqual([8]);
    }
  });

  it('gives everything where the topic was made anew, also from records of other offsets', () => {
    const once = createOnlyOnce();
    takeAll(once, range(1_000, 2_000));
    once.reset([TOPIC]);
    const anew = [at(0, 9_000), at(1, 9_001)];
    expect(takeAll(once, anew)).toEqual([]);
    expect(once.reachHead(TOPIC)).toEqual(anew);
    once.reset([TOPIC]);
    expect(takeAll(once, [at(0, 9_500), at(1, 9_501)])).toEqual([0, 1]);
  });

  it('does not mistake another log for the same because it is longer', () => {
    const once = createOnlyOnce();
    takeAll(once, range(0, 3));
    once.reset([TOPIC]);
    expect(takeAll(once, [at(0, 70), at(1, 71), at(2, 72), at(3, 73)])).toEqual([0, 1, 2, 3]);
  });

  it('that broke off twice, and of which only other topics were read again', () => {
    const once = createOnlyOnce();
    takeAll(once, range(0, 3));
    once.reset(['shelved-alarms']);
    expect(takeAll(once, [at(3)])).toEqual([3]);
    once.reset([TOPIC]);
    expect(takeAll(once, [at(0)])).toEqual([]);
    once.reset([TOPIC]);
    expect(takeAll(once, range(0, 5))).toEqual([4]);
  });

  it('knows what was only noted', () => {
    const once = createOnlyOnce();
    for (const record of range(0, 3)) once.note(record);
    expect(takeAll(once, range(2, 4))).toEqual([3]);
    once.reset([TOPIC]);
    expect(takeAll(once, range(0, 5))).toEqual([4]);
  });

  it('counts nothing that nobody has used', () => {
    const once = createOnlyOnce();
    takeAll(once, range(0, 3));
    once.forget([TOPIC]);
    expect(takeAll(once, range(0, 3))).toEqual([0, 1, 2]);
  });
});
