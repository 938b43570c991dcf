import { describe, expect, test } from 'vitest';
import { readFetchResponse } from '../../../../../adapters/kafka/reading/fetch-response.ts';
import { PartitionState } from '../../../../../adapters/kafka/reading/partition-state.ts';
import { durationMs } from '../../../../../core/lib/units.ts';
import { aFetchResponse } from '../../../../builders/fetch-response.ts';
import { aRecordBatch } from '../../../../builders/record-batch.ts';

const SECOND = durationMs(1_000);

describe('PartitionState: when a sweep is due', () => {
  test('not while tombstones outlive the replay', () => {
    const state = aState();
    see(state, { sentAtMs: 0, receivedAtMs: 900, to: 5, end: 5 });
    expect(state.isSweepDue).toBe(false);
  });

  test('after a replay that took longer than a tombstone lives, from its first fetch on', () => {
    const state = aState();
    see(state, { sentAtMs: 0, receivedAtMs: 600, to: 3, end: 5 });
    expect(state.isSweepDue).toBe(false);
    see(state, { sentAtMs: 600, receivedAtMs: 1_100, to: 5, end: 5 });
    expect(state.isSweepDue).toBe(true);
  });

  test('also where the log has grown on past the end that the replay is to come to', () => {
    const state = aState();
    see(state, { sentAtMs: 0, receivedAtMs: 100, to: 3, end: 5 });
    see(state, { sentAtMs: 5_000, receivedAtMs: 5_100, to: 6, end: 9 });
    expect([state.isAtHead, state.isSweepDue]).toEqual([true, true]);
  });

  test('not by long polls that brought nothing: the broker looked all the while', () => {
    const state = aState();
    see(state, { sentAtMs: 0, receivedAtMs: 10, to: 5, end: 5 });
    for (let at = 10; at < 10_000; at += 500) {
      see(state, { sentAtMs: at, receivedAtMs: at + 505, waitMs: 500, to: 5, end: 5 });
    }
    expect(state.isSweepDue).toBe(false);
  });

  test('after a gap between two fetches', () => {
    const state = aState();
    see(state, { sentAtMs: 0, receivedAtMs: 10, to: 5, end: 5 });
    see(state, { sentAtMs: 3_000, receivedAtMs: 3_010, to: 6, end: 6 });
    expect(state.isSweepDue).toBe(true);
  });

  test('no longer once it has begun, unless another gap comes', () => {
    const state = aState();
    see(state, { sentAtMs: 0, receivedAtMs: 2_000, to: 5, end: 5 });
    state.beginSweep(2_000);
    expect(state.isSweepDue).toBe(false);
    see(state, { sentAtMs: 2_000, receivedAtMs: 2_500, to: 6, end: 6 });
    expect(state.isSweepDue).toBe(false);
    see(state, { sentAtMs: 4_000, receivedAtMs: 4_010, to: 7, end: 7 });
    expect(state.isSweepDue).toBe(true);
  });

  test('never where nothing is taken away, nothing was read, or it is not known yet', () => {
    for (const [retentionMs, to] of [
      [null, 5],
      [undefined, 5],
      [SECOND, 0],
    ] as const) {
      const state = aState();
      state.retentionMs = retentionMs;
      see(state, { sentAtMs: 0, receivedAtMs: 9_000, to, end: to });
      expect(state.isSweepDue).toBe(false);
    }
  });

  test('a retention of zero counts as a tenth of a second', () => {
    const state = aState();
    state.retentionMs = durationMs(0);
    see(state, { sentAtMs: 0, receivedAtMs: 90, to: 5, end: 5 });
    expect(state.isSweepDue).toBe(false);
    see(state, { sentAtMs: 90, receivedAtMs: 200, to: 6, end: 6 });
    expect(state.isSweepDue).toBe(true);
  });
});

describe('PartitionState: ends and resets', () => {
  test('the head is the end at the start, reached by position', () => {
    const state = aState();
    see(state, { sentAtMs: 0, receivedAtMs: 1, to: 4, end: 5 });
    expect(state.isAtHead).toBe(false);
    see(state, { sentAtMs: 1, receivedAtMs: 2, to: 5, end: 90 });
    expect(state.isAtHead).toBe(true);
  });

  test('a reset forgets everything and makes older answers void', () => {
    const state = aState();
    see(state, { sentAtMs: 0, receivedAtMs: 5_000, to: 5, end: 5 });
    state.reset();
    expect(state).toMatchObject({ position: 0, accountedTo: 0, start: null, generation: 1 });
    expect([state.isAtHead, state.isSweepDue, state.isSettled]).toEqual([false, false, false]);
  });

  test('after silence only the end that the next answer names counts', () => {
    const state = aState();
    see(state, { sentAtMs: 0, receivedAtMs: 1, to: 5, end: 5 });
    state.isSettled = true;
    state.unsettle();
    expect([state.isSettled, state.isAtHead]).toEqual([false, false]);
    see(state, { sentAtMs: 9, receivedAtMs: 10, to: 6, end: 8 });
    expect(state.isAtHead).toBe(false);
  });

  test('what is held back is noticed from the first empty answer on', () => {
    const state = aState();
    see(state, { sentAtMs: 0, receivedAtMs: 10, to: 5, end: 5, highWater: 9 });
    expect(state.heldBackSinceMs).toBeNull();
    see(state, { sentAtMs: 10, receivedAtMs: 20, to: 5, end: 5, highWater: 9 });
    see(state, { sentAtMs: 20, receivedAtMs: 30, to: 5, end: 5, highWater: 11 });
    expect(state.heldBackSinceMs).toBe(20);
    see(state, { sentAtMs: 30, receivedAtMs: 40, to: 11, end: 11 });
    expect(state.heldBackSinceMs).toBeNull();
  });
});

interface Seen {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  readonly waitMs?: number;
  readonly to: number;
  readonly end: number;
  readonly highWater?: number;
}

function aState(): PartitionState {
  const state = new PartitionState('shelved-alarms', 0);
  state.retentionMs = SECOND;
  return state;
}

/** An answer whose records end at `to`, from a log that ends at `end`. */
function see(state: PartitionState, { to, end, waitMs = 0, ...seen }: Seen): void {
  const batches = to > state.position ? [aRecordBatch({ baseOffset: to - 1 })] : [];
  const parts = { highWater: seen.highWater ?? end, lastStable: end, batches };
  const fetched = readFetchResponse(aFetchResponse([parts]), 11)?.partitions[0];
  if (fetched === undefined) throw new Error('the answer of this test is broken');
  const times = { sentAtMs: seen.sentAtMs, receivedAtMs: seen.receivedAtMs, waitMs };
  state.seeMarks(fetched, times);
  state.position = Math.max(state.position, to);
  state.seeRecords(fetched, times);
}
