import { describe, expect, test } from 'vitest';
import { PartitionState } from '../../../../../adapters/kafka/reading/partition-state.ts';
import { type PhaseGround, phaseOf } from '../../../../../adapters/kafka/reading/reading-phase.ts';
import { durationMs, epochMs } from '../../../../../core/lib/units.ts';

const PROBLEM = {
  code: 'Unreachable',
  message: 'gone',
  remedy: 'wait',
  isRetriable: true,
} as const;
const NOW_MS = 100_000;

describe('phaseOf', () => {
  test('connecting until every partition of every topic has answered', () => {
    expect(phaseOf(ground([], { isIncomplete: true }))).toEqual({
      phase: 'connecting',
      attempt: 1,
    });
    const unheard = aPartition({ lastAnswerAtMs: null });
    const phase = phaseOf(ground([aPartition({ isSettled: true }), unheard], { problem: PROBLEM }));
    expect(phase).toEqual({ phase: 'connecting', attempt: 1, problem: PROBLEM });
  });

  test('replaying counts over all partitions', () => {
    const one = aPartition({ start: 10, position: 15, target: 30 });
    const other = aPartition({ start: 0, position: 7, target: 5, isSettled: true });
    expect(phaseOf(ground([one, other]))).toEqual({ phase: 'replaying', read: 12, total: 27 });
  });

  test('live only when all are caught up', () => {
    expect(phaseOf(ground([aPartition({ isSettled: true })]))).toEqual({ phase: 'live' });
  });

  test('one silent partition makes the whole reading stale, since it was last heard', () => {
    const fresh = aPartition({ isSettled: true });
    const silent = aPartition({ isSettled: true, lastAnswerAtMs: NOW_MS - 4_001 });
    expect(phaseOf(ground([fresh, silent], { problem: PROBLEM }))).toEqual({
      phase: 'stale',
      sinceAt: 1_700_000_000_000 - 4_001,
      problem: PROBLEM,
    });
  });

  test('exactly as long as allowed is not stale', () => {
    const state = aPartition({ isSettled: true, lastAnswerAtMs: NOW_MS - 4_000 });
    expect(phaseOf(ground([state]))).toEqual({ phase: 'live' });
  });

  test('a silent replay is stale as well', () => {
    const state = aPartition({ target: 50, lastAnswerAtMs: NOW_MS - 9_000 });
    expect(phaseOf(ground([state])).phase).toBe('stale');
  });

  test('what a transaction holds back too long is stale, with the count', () => {
    const held = { highWater: 12, lastStable: 5, position: 5, heldBackSinceMs: NOW_MS - 5_000 };
    const phase = phaseOf(ground([aPartition({ isSettled: true, ...held })]));
    expect(phase).toMatchObject({
      phase: 'stale',
      problem: { message: expect.stringContaining('7 newer offsets') },
    });
  });

  test('what the log does not hand out though nothing holds it back is told as that', () => {
    const held = { highWater: 12, lastStable: 12, position: 5, heldBackSinceMs: NOW_MS - 4_500 };
    const phase = phaseOf(ground([aPartition({ isSettled: true, ...held })]));
    expect(phase).toMatchObject({
      problem: { message: expect.stringContaining('after offset 5, though it ends at 12') },
    });
  });

  test('failed is worse than anything', () => {
    const problem = { ...PROBLEM, code: 'NotAuthorized', isRetriable: false } as const;
    const silent = aPartition({ lastAnswerAtMs: 0 });
    expect(phaseOf(ground([silent], { problem }))).toEqual({ phase: 'failed', problem });
  });
});

function aPartition(parts: Partial<PartitionState>): PartitionState {
  const state = new PartitionState('active-alarms', 0);
  return Object.assign(state, { start: 0, target: 0, lastAnswerAtMs: NOW_MS - 100, ...parts });
}

function ground(partitions: PartitionState[], more: Partial<PhaseGround> = {}): PhaseGround {
  return {
    partitions,
    isIncomplete: false,
    attempt: 1,
    problem: null,
    nowMs: NOW_MS,
    now: epochMs(1_700_000_000_000),
    staleAfterMs: durationMs(4_000),
    ...more,
  };
}
