import { type DurationMs, type EpochMs, epochMs } from '../../../core/lib/units.ts';
import type { LogPhase, LogProblem } from '../../../core/ports/alarm-log.ts';
import type { PartitionState } from './partition-state.ts';
import { heldBack, noProgress } from './reading-problems.ts';

/** What the phase of a reading follows from. */
export interface PhaseGround {
  /** Every partition that is known; empty before the first metadata. */
  readonly partitions: readonly PartitionState[];
  /** True when a topic has no known partition yet. */
  readonly isIncomplete: boolean;
  readonly attempt: number;
  readonly problem: LogProblem | null;
  /** Monotonic. */
  readonly nowMs: number;
  readonly now: EpochMs;
  readonly staleAfterMs: DurationMs;
}

/**
 * The phase that screens show for a whole reading: that of its worst partition (decision 8). Order, worst first:
 * `failed`, `stale`, `connecting`, `replaying`, `live`. Nothing is live that was not heard of within `staleAfterMs`.
 */
export function phaseOf(ground: PhaseGround): LogPhase {
  const { problem, partitions } = ground;
  if (problem !== null && !problem.isRetriable) {
    return { phase: 'failed', problem };
  }
  const stale = stalest(ground);
  if (stale !== null) {
    return stale;
  }
  if (ground.isIncomplete || partitions.some((each) => each.lastAnswerAtMs === null)) {
    return withProblem({ phase: 'connecting', attempt: ground.attempt }, problem);
  }
  return partitions.every((each) => each.isSettled)
    ? { phase: 'live' }
    : { phase: 'replaying', ...progressOf(partitions) };
}

/** True when the partition answered once and has been silent for too long since. */
export function isSilent(state: PartitionState, nowMs: number, staleAfterMs: DurationMs): boolean {
  return state.lastAnswerAtMs !== null && nowMs - state.lastAnswerAtMs > staleAfterMs;
}

function stalest(ground: PhaseGround): LogPhase | null {
  const { nowMs, staleAfterMs } = ground;
  const silent = ground.partitions
    .filter((each) => isSilent(each, nowMs, staleAfterMs))
    .toSorted((one, other) => (one.lastAnswerAtMs ?? 0) - (other.lastAnswerAtMs ?? 0))[0];
  if (silent !== undefined) {
    const silentMs = nowMs - (silent.lastAnswerAtMs ?? nowMs);
    const sinceAt = epochMs(ground.now - silentMs);
    return withProblem({ phase: 'stale', sinceAt }, ground.problem ?? silent.problem);
  }
  const held = ground.partitions.find(
    (each) => each.heldBackSinceMs !== null && nowMs - each.heldBackSinceMs > staleAfterMs,
  );
  if (held === undefined) {
    return null;
  }
  const sinceAt = epochMs(ground.now - (nowMs - (held.heldBackSinceMs ?? nowMs)));
  return { phase: 'stale', sinceAt, problem: problemOfDelay(held) };
}

function problemOfDelay(held: PartitionState): LogProblem {
  return held.position < held.lastStable
    ? noProgress(held, held.position, held.highWater)
    : heldBack(held, held.highWater - held.position);
}

function progressOf(partitions: readonly PartitionState[]): {
  readonly read: number;
  readonly total: number;
} {
  let read = 0;
  let total = 0;
  for (const each of partitions) {
    const start = each.start ?? 0;
    const end = Math.max(each.target ?? 0, each.position);
    read += each.position - start;
    total += Math.max(0, end - start);
  }
  return { read, total };
}

type Troubled =
  | { readonly phase: 'connecting'; readonly attempt: number }
  | { readonly phase: 'stale'; readonly sinceAt: EpochMs };

function withProblem(phase: Troubled, problem: LogProblem | null): LogPhase {
  return problem === null ? phase : { ...phase, problem };
}
