import { describe, expect, test } from 'vitest';
import { readFetchResponse } from '../../../../../adapters/kafka/reading/fetch-response.ts';
import type { FetchedRecord } from '../../../../../adapters/kafka/reading/fetched-record.ts';
import { PartitionWalk } from '../../../../../adapters/kafka/reading/partition-walk.ts';
import { type AnsweredPartition, aFetchResponse } from '../../../../builders/fetch-response.ts';
import { aRecordBatch, aTransactionEnd, text } from '../../../../builders/record-batch.ts';

const TRANSACTIONAL = 16;

describe('PartitionWalk', () => {
  test('a gap is told of the record behind it, and of no other', () => {
    const { records, walk } = walked({
      batches: [batchOf(0, [0, 1, 4]), batchOf(7, [0]), batchOf(8, [0])],
    });
    expect(records.map(({ offset, isAfterGap }) => [offset, isAfterGap])).toEqual([
      [0, false],
      [1, false],
      [4, true],
      [7, true],
      [8, false],
    ]);
    expect(walk.position).toBe(9);
  });

  test('the first record is after a gap where compaction has taken the start of the log', () => {
    const { records } = walked({ batches: [batchOf(3, [0])] });
    expect(records[0]?.isAfterGap).toBe(true);
  });

  test('marks of transactions and records taken back are passed over and are no gap', () => {
    const { records, walk } = walked({
      aborted: [{ producerId: 5, firstOffset: 1 }],
      batches: [
        batchOf(0, [0]),
        batchOf(1, [0, 1], { producerId: 5, attributes: TRANSACTIONAL }),
        batchOf(3, [0], { producerId: 6, attributes: TRANSACTIONAL }),
        aTransactionEnd('abort', 5, 4),
        batchOf(5, [0], { producerId: 5, attributes: TRANSACTIONAL }),
        aTransactionEnd('commit', 5, 6),
        batchOf(7, [0]),
      ],
    });
    expect(records.map(({ offset }) => offset)).toEqual([0, 3, 5, 7]);
    expect(records.some(({ isAfterGap }) => isAfterGap)).toBe(false);
    expect(walk.position).toBe(8);
  });

  test('a mark at the end moves the position though there is no record', () => {
    const { records, walk } = walked({ batches: [aTransactionEnd('commit', 5, 0)] });
    expect([records.length, walk.position]).toEqual([0, 1]);
  });

  test('batches and records before the position were handed out already', () => {
    const parts = { batches: [batchOf(0, [0, 1]), batchOf(2, [0, 1, 2])] };
    const { records } = walked(parts, { position: 3, accountedTo: 3 });
    expect(records.map(({ offset, isAfterGap }) => [offset, isAfterGap])).toEqual([
      [3, false],
      [4, false],
    ]);
  });

  test('slices keep to their limit and go on where they stopped', () => {
    const walk = walkOver({ batches: [batchOf(0, [0, 1, 2]), batchOf(3, [0, 1])] });
    const slices: number[][] = [];
    for (let isMore = true; isMore; ) {
      const records: FetchedRecord[] = [];
      isMore = walk.fill(records, 2);
      slices.push(records.map(({ offset }) => offset));
    }
    expect(slices.flat()).toEqual([0, 1, 2, 3, 4]);
    expect(Math.max(...slices.map((slice) => slice.length))).toBe(2);
  });

  test('a wrong checksum stops the walk in front of its batch', () => {
    const damaged = batchOf(2, [0, 1]);
    damaged[70] = (damaged[70] ?? 0) ^ 1;
    const { records, walk } = walked({ batches: [batchOf(0, [0, 1]), damaged, batchOf(4, [0])] });
    expect(records.map(({ offset }) => offset)).toEqual([0, 1]);
    expect(walk).toMatchObject({ position: 2, offsetAfterFault: 4, fault: { code: 'Checksum' } });
  });

  test.each([
    ['before the one in front of it', [batchOf(5, [0]), batchOf(4, [0])], 6],
    ['beyond the end of the log', [batchOf(5, [0]), batchOf(1_000, [0])], 6],
  ])('a batch whose base offset lies %s is at fault', (_, batches, position) => {
    const { walk } = walked({ batches, highWater: 1_000 });
    expect(walk).toMatchObject({ position, fault: { code: 'Frame' } });
  });

  test('a batch cut off at the end is left for the next fetch', () => {
    const { records, walk } = walked({
      batches: [batchOf(0, [0]), batchOf(1, [0]).subarray(0, 65)],
    });
    expect([records.length, walk.position, walk.fault]).toEqual([1, 1, null]);
  });
});

function batchOf(
  baseOffset: number,
  deltas: readonly number[],
  more: { producerId?: number; attributes?: number } = {},
): Uint8Array {
  const records = deltas.map((offsetDelta) => ({ offsetDelta, key: text('k'), value: text('v') }));
  return aRecordBatch({ baseOffset, records, ...more });
}

function walkOver(
  parts: AnsweredPartition,
  start = { position: 0, accountedTo: 0 },
): PartitionWalk {
  const response = readFetchResponse(aFetchResponse([parts]), 11);
  const fetched = response?.partitions[0];
  if (response === null || fetched === undefined)
    throw new Error('the answer of this test is broken');
  return new PartitionWalk(response, fetched, start);
}

function walked(parts: AnsweredPartition, start = { position: 0, accountedTo: 0 }) {
  const walk = walkOver(parts, start);
  const records: FetchedRecord[] = [];
  for (let isMore = true; isMore; ) isMore = walk.fill(records, 1_000);
  return { records, walk };
}
