import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BatchFault } from '../../../../../adapters/kafka/reading/batch-fault.ts';
import { isFault, readBatchHeader } from '../../../../../adapters/kafka/reading/batch-header.ts';
import type { FetchedRecord } from '../../../../../adapters/kafka/reading/fetched-record.ts';
import { openBatch } from '../../../../../adapters/kafka/reading/record-batch.ts';
import { keyBytesOf, valueBytesOf } from '../../../../../core/ports/alarm-log.ts';
import {
  aRecordBatch,
  type BatchedRecord,
  joined,
  text,
  withRightChecksum,
} from '../../../../builders/record-batch.ts';

const FROM = { topic: 'active-alarms', partition: 3 };

describe('openBatch', () => {
  test('hands out records as ranges of the fetched bytes', () => {
    const bytes = aRecordBatch({
      baseOffset: 7_000_000_000,
      baseTimestamp: 1_700_000_000_000,
      records: [
        { offsetDelta: 0, timestampDelta: 5, key: text('k'), value: text('v') },
        { offsetDelta: 4, timestampDelta: -2, key: text('gone'), value: null },
        { offsetDelta: 9, key: null, value: new Uint8Array(0) },
      ],
    });
    const { records } = readAll(bytes);
    expect(records.map((record) => record.bytes === bytes)).toEqual([true, true, true]);
    expect(records.map(plainOf)).toEqual([
      { offset: 7_000_000_000, at: 1_700_000_000_005, key: 'k', value: 'v', headers: [] },
      { offset: 7_000_000_004, at: 1_699_999_999_998, key: 'gone', value: null, headers: [] },
      { offset: 7_000_000_009, at: 1_700_000_000_000, key: null, value: '', headers: [] },
    ]);
    expect(records[0]).toMatchObject({ ...FROM, isStampedByLog: false });
  });

  test('headers keep their order, come more than once, and may be absent', () => {
    const headers = [
      ['user', text('anna')],
      ['host', null],
      ['user', text('')],
    ] as const;
    const bytes = aRecordBatch({ records: [{ offsetDelta: 0, value: text('v'), headers }] });
    expect(readAll(bytes).records.map((record) => record.headers)).toEqual([
      [
        { name: 'user', value: text('anna') },
        { name: 'host', value: null },
        { name: 'user', value: text('') },
      ],
    ]);
  });

  test('a batch stamped by the log gives every record the time of the log', () => {
    const bytes = aRecordBatch({ attributes: 8, maxTimestamp: 1_800_000_000_000 });
    const [record] = readAll(bytes).records;
    expect(record).toMatchObject({ isStampedByLog: true, timestampAt: 1_800_000_000_000 });
  });

  test('records before the asked offset are left out, and slices stop at their limit', () => {
    const records = Array.from({ length: 10 }, (_, offsetDelta) => ({ offsetDelta }));
    const run = opened(aRecordBatch({ baseOffset: 100, records }));
    const slice: FetchedRecord[] = [];
    expect(run.fill(slice, 104, 3)).toBe(true);
    expect(slice.map((record) => record.offset)).toEqual([104, 105, 106]);
    const rest: FetchedRecord[] = [];
    expect(run.fill(rest, 104, 100)).toBe(false);
    expect(rest.map((record) => record.offset)).toEqual([107, 108, 109]);
    expect(run.fault).toBeNull();
  });

  test('a batch that compaction has emptied has no records and still moves on', () => {
    const bytes = aRecordBatch({ baseOffset: 5, lastOffsetDelta: 3, records: [] });
    expect(readAll(bytes)).toEqual({ records: [], fault: null });
    expect(readBatchHeader(viewOf(bytes), 0, bytes.length)).toMatchObject({ nextOffset: 9 });
  });

  test('any records written are the records read, packed or not', () => {
    fc.assert(
      fc.property(fc.array(anyRecord(), { maxLength: 20 }), fc.boolean(), (drafts, isPacked) => {
        const records = drafts.map((draft, at) => ({ ...draft, offsetDelta: at * 2 }));
        const packing = { attributes: 1, pack: (body: Uint8Array) => gzipSync(body) };
        const bytes = aRecordBatch({ records, ...(isPacked ? packing : {}) });
        const answer = readAll(bytes);
        expect(answer.fault).toBeNull();
        expect(answer.records.map(draftOf)).toEqual(
          records.map(({ offsetDelta, key, value, headers }) => [offsetDelta, key, value, headers]),
        );
      }),
    );
  });

  test('no flip of one to three bits under the checksum is ever accepted', () => {
    const bytes = aRecordBatch({ records: [{ offsetDelta: 0, key: text('a'), value: text('b') }] });
    const bit = fc.integer({ min: 21 * 8, max: bytes.length * 8 - 1 });
    fc.assert(
      fc.property(fc.uniqueArray(bit, { minLength: 1, maxLength: 3 }), (bits) => {
        const damaged = bytes.slice();
        for (const position of bits) {
          damaged[position >>> 3] = (damaged[position >>> 3] ?? 0) ^ (1 << (position & 7));
        }
        const answer = readAll(damaged);
        expect(answer.records).toEqual([]);
        expect(answer.fault).not.toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  test('every single bit under the checksum counts', () => {
    const bytes = aRecordBatch();
    for (let position = 17 * 8; position < bytes.length * 8; position += 1) {
      const damaged = bytes.slice();
      damaged[position >>> 3] = (damaged[position >>> 3] ?? 0) ^ (1 << (position & 7));
      expect(readAll(damaged).records).toEqual([]);
    }
  });

  test('any body under a right checksum neither throws nor reads beyond its batch', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(5), (body, count) => {
        const bytes = aRecordBatch({
          records: [],
          recordCount: count + 1,
          lastOffsetDelta: 10,
          pack: () => body,
        });
        const { records, fault } = readAll(
          joined([bytes, new Uint8Array(64).fill(7)]),
          bytes.length,
        );
        expect(records.length === count + 1 || fault !== null).toBe(true);
        for (const record of records) {
          expect(Math.max(record.keyEnd, record.valueEnd)).toBeLessThanOrEqual(bytes.length);
          expect(record.headers.length).toBeLessThan(80);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['a record longer than the batch', [0x7e, 0, 0, 0, 1, 1, 0]],
    ['a key longer than its record', [0x0c, 0, 0, 0, 0x7e, 1, 0]],
    ['a value longer than its record', [0x0c, 0, 0, 0, 1, 0x7e, 0]],
    ['more headers than fit', [0x0c, 0, 0, 0, 1, 1, 0x7e]],
    ['a record that ends before its length', [0x10, 0, 0, 0, 1, 1, 0, 0, 0]],
    ['an offset outside the batch', [0x0c, 0, 0, 0x40, 1, 1, 0]],
    ['bytes after the last record', [0x0c, 0, 0, 0, 1, 1, 0, 0]],
  ])('%s is a fault', (_, body) => {
    const bytes = aRecordBatch({ records: [], recordCount: 1, pack: () => new Uint8Array(body) });
    expect(readAll(bytes).fault).toMatchObject({ code: 'Record' });
  });
});

describe('readBatchHeader', () => {
  test('a batch cut off at any byte is not there yet', () => {
    const bytes = aRecordBatch();
    for (let length = 0; length < bytes.length; length += 1) {
      expect(readBatchHeader(viewOf(bytes), 0, length)).toBeNull();
    }
  });

  test.each([0, 1])('message sets of format %i are named as such', (magic) => {
    const bytes = aRecordBatch();
    bytes[16] = magic;
    expect(readAll(bytes).fault).toMatchObject({ code: 'OldFormat' });
  });

  test.each([
    ['unknown format', (view: DataView) => view.setInt8(16, 3)],
    ['negative base offset', (view: DataView) => view.setInt32(0, -1)],
    ['base offset beyond exact numbers', (view: DataView) => view.setInt32(0, 0x7fffffff)],
    ['length shorter than a header', (view: DataView) => view.setInt32(8, 48)],
    ['negative length', (view: DataView) => view.setInt32(8, -1)],
    ['negative last offset', (view: DataView) => view.setInt32(23, -1)],
    ['more records than offsets', (view: DataView) => view.setInt32(57, 2)],
    ['negative count', (view: DataView) => view.setInt32(57, -1)],
  ])('%s is a fault even where the checksum holds', (_, damage) => {
    const bytes = aRecordBatch();
    damage(viewOf(bytes));
    expect(readAll(withRightChecksum(bytes)).fault).toMatchObject({ code: 'Frame' });
  });
});

interface Read {
  readonly records: FetchedRecord[];
  readonly fault: BatchFault | null;
}

function readAll(bytes: Uint8Array, end: number = bytes.length): Read {
  const header = readBatchHeader(viewOf(bytes), 0, end);
  if (header === null) {
    return { records: [], fault: { code: 'Frame', message: 'cut off' } };
  }
  if (isFault(header)) {
    return { records: [], fault: header };
  }
  const run = openBatch({ bytes, view: viewOf(bytes) }, header, FROM);
  if (!run.ok) {
    return { records: [], fault: run.error };
  }
  const records: FetchedRecord[] = [];
  run.value.fill(records, 0, 10_000);
  return { records, fault: run.value.fault };
}

function opened(bytes: Uint8Array) {
  const view = viewOf(bytes);
  const header = readBatchHeader(view, 0, bytes.length);
  if (header === null || isFault(header)) {
    throw new Error('the batch of this test is not whole');
  }
  const run = openBatch({ bytes, view }, header, FROM);
  if (!run.ok) {
    throw new Error(run.error.message);
  }
  return run.value;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function plainOf(record: FetchedRecord) {
  const key = keyBytesOf(record);
  const value = valueBytesOf(record);
  return {
    offset: record.offset,
    at: record.timestampAt,
    key: key === null ? null : new TextDecoder().decode(key),
    value: value === null ? null : new TextDecoder().decode(value),
    headers: record.headers,
  };
}

function draftOf(record: FetchedRecord) {
  return [
    record.offset,
    keyBytesOf(record),
    valueBytesOf(record),
    record.headers.map(({ name, value }) => [name, value === null ? null : value.slice()]),
  ];
}

function anyRecord(): fc.Arbitrary<Omit<Required<BatchedRecord>, 'offsetDelta'>> {
  const bytes = fc.option(fc.uint8Array({ maxLength: 40 }));
  return fc.record({
    timestampDelta: fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
    key: bytes,
    value: bytes,
    headers: fc.array(fc.tuple(fc.string({ maxLength: 5 }), bytes), { maxLength: 3 }),
  });
}
