import { describe, expect, test } from 'vitest';
import { readFetchResponse } from '../../../../../adapters/kafka/reading/fetch-response.ts';
import { PartitionState } from '../../../../../adapters/kafka/reading/partition-state.ts';
import { SweepWalk } from '../../../../../adapters/kafka/reading/sweep-walk.ts';
import { aFetchResponse } from '../../../../builders/fetch-response.ts';
import { aRecordBatch } from '../../../../builders/record-batch.ts';

describe('SweepWalk', () => {
  test('tells which of the offsets below its end still stand there', () => {
    const walk = aWalk(20);
    note(walk, [batchOf(2, [0, 3]), batchOf(10, [0])]);
    expect(walk.isOver).toBe(false);
    note(walk, [batchOf(15, [0, 9])]);
    expect(walk.isOver).toBe(true);
    const sweep = walk.result();
    expect(sweep).toMatchObject({ topic: 'shelved-alarms', partition: 0, below: 20 });
    const standing = Array.from({ length: 20 }, (_, offset) => offset).filter(sweep.survives);
    expect(standing).toEqual([2, 5, 10, 15]);
  });

  test('what cannot be read counts as standing', () => {
    const walk = aWalk(9);
    const damaged = batchOf(4, [0, 3]);
    damaged[damaged.length - 1] = (damaged[damaged.length - 1] ?? 0) ^ 1;
    note(walk, [batchOf(0, [0]), damaged, batchOf(8, [0])]);
    const sweep = walk.result();
    expect([0, 1, 3, 4, 5, 7, 8].map((offset) => sweep.survives(offset))).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(walk.isOver).toBe(true);
  });

  test('a log that begins later now has lost what stood before', () => {
    const walk = aWalk(9);
    walk.beginAt(6);
    expect(walk.position).toBe(6);
    note(walk, [batchOf(6, [0, 2])]);
    const sweep = walk.result();
    expect([0, 5, 6, 7, 8].map((offset) => sweep.survives(offset))).toEqual([
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  test('a stretch that is empty now has no survivors', () => {
    const walk = aWalk(5);
    walk.finish();
    expect(walk.isOver).toBe(true);
    expect(walk.result().survives(3)).toBe(false);
  });
});

function aWalk(position: number): SweepWalk {
  const state = new PartitionState('shelved-alarms', 0);
  state.start = 0;
  state.position = position;
  return new SweepWalk(state);
}

function note(walk: SweepWalk, batches: readonly Uint8Array[]): void {
  const response = readFetchResponse(aFetchResponse([{ batches }]), 11);
  const fetched = response?.partitions[0];
  if (response === null || fetched === undefined)
    throw new Error('the answer of this test is broken');
  for (let at = fetched.recordsStart; at >= 0; ) at = walk.note(response, fetched, at);
}

function batchOf(baseOffset: number, deltas: readonly number[]): Uint8Array {
  return aRecordBatch({ baseOffset, records: deltas.map((offsetDelta) => ({ offsetDelta })) });
}
