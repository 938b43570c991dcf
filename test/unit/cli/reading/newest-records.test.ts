import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepRecord } from '../../../../cli/reading/kept-record.ts';
import { createNewestRecords } from '../../../../cli/reading/newest-records.ts';
import type { LogRecord } from '../../../../core/ports/alarm-log.ts';
import { frame } from '../../../../schemas/codecs/frame.ts';
import { aHeader, aLogRecord } from '../../../builders/log-record.ts';

const WHO = [aHeader('user', 'jo')];

function standing(records: readonly LogRecord[]) {
  const newest = createNewestRecords();
  for (const record of records) newest.add(record);
  return [...newest.standing()];
}

function written(key: string | null, value: string | null, offset: number): LogRecord {
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text));
  return aLogRecord({ key: bytes(key), value: bytes(value), offset, headers: WHO });
}

describe('the newest record of each key', () => {
  it('stands whole, in the order of the log, without what was taken back', () => {
    const records = [written('a', '1', 0), written('b', '2', 1), written('c', '3', 2)];
    const later = [written('a', '4', 3), written('b', null, 4), written('d', '', 9)];
    const wanted = [records[2], later[0], later[2]].flatMap((one) =>
      one ? [keepRecord(one)] : [],
    );
    expect(standing([...records, ...later])).toEqual(wanted);
    expect(wanted.map(({ key, headers }) => [key, headers])).toEqual([
      ['c', WHO],
      ['a', WHO],
      ['d', WHO],
    ]);
  });

  it('is that of what stands behind its frame, whatever schema id the frame names', () => {
    const framed = (id: number, offset: number) =>
      aLogRecord({ key: frame(id, Buffer.from('a')), value: Buffer.from('x'), offset });
    const records = [written('a', '1', 0), framed(1, 1), framed(2, 2)];
    expect(standing(records).map(({ offset, keySchema }) => [offset, keySchema])).toEqual([
      [0, -1],
      [2, 2],
    ]);
  });

  it('has those without a key beside it, each of them', () => {
    const records = [written(null, 'x', 0), written('a', '1', 1), written(null, 'x', 2)];
    const dead = [written(null, null, 3)];
    expect(standing([...records, ...dead])).toEqual(records.map(keepRecord));
  });

  it('is of one topic, and is forgotten with it', () => {
    const newest = createNewestRecords();
    newest.add(written('a', '1', 0));
    newest.add(aLogRecord({ topic: 'other', value: Buffer.from('2') }));
    newest.forget(['active-alarms']);
    expect([...newest.standing()].map(({ topic }) => topic)).toEqual(['other']);
    newest.add(written('a', '3', 1));
    expect([...newest.standing()].map(({ topic }) => topic)).toEqual(['other', 'active-alarms']);
  });

  it('does not change with the bytes that it was read from', () => {
    const record = written('alarm', 'on', 0);
    const newest = createNewestRecords();
    newest.add(record);
    record.bytes.fill(0);
    expect([...newest.standing()]).toMatchObject([{ key: 'alarm', value: 'on' }]);
  });

  it('is right for any log, of several partitions and of thousands of keys', () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 3 }), { freq: 5 });
    const moves = fc.array(fc.tuple(text, text, fc.nat(2)), { maxLength: 60 });
    fc.assert(
      fc.property(moves, fc.constantFrom(0, 5_000), (drawn, more) => {
        const many = Array.from({ length: more }, (_, at) => written(`key ${at}`, 'x', at));
        const records = drawn.map(([key, value, partition], at) => ({
          ...written(key, value, more + at),
          partition,
        }));
        expect(standing([...many, ...records])).toEqual(expected([...many, ...records]));
      }),
      { numRuns: 60 },
    );
  });
});

/** The same by a map and a sort. */
function expected(records: readonly LogRecord[]) {
  const newest = new Map<string, LogRecord>();
  for (const record of records) {
    const key = keepRecord(record).key;
    newest.set(key === null ? `none ${record.offset}` : `key ${key}`, record);
  }
  return [...newest.values()]
    .filter(({ valueEnd }) => valueEnd >= 0)
    .sort((a, b) => a.partition - b.partition || a.offset - b.offset)
    .map(keepRecord);
}
