import type { DurationMs } from '../../../core/lib/units.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import type { PartitionState } from './partition-state.ts';
import type { PartitionTable } from './partition-table.ts';
import type { PhaseReport } from './phase-report.ts';
import { isSilent } from './reading-phase.ts';
import { noProgress } from './reading-problems.ts';

/** Who acts on what the watch sees. */
export interface WatchHost {
  /** A partition has fallen silent: another may lead it by now. */
  seekLeader(nowMs: number): void;
  /** A partition is answered and does not come on. */
  breakOff(problem: LogProblem): void;
  /** The listener threw. */
  fail(cause: unknown): void;
}

/** What is watched, and by which bound. */
export interface WatchedParts {
  readonly table: PartitionTable;
  readonly phase: PhaseReport;
  readonly staleAfterMs: DurationMs;
}

/**
 * Looks at the partitions twice a second, whatever the brokers do: a partition that has fallen silent is no longer caught
 * up, and one that does not come on is not waited for in vain.
 */
export class PartitionWatch {
  readonly #host: WatchHost;
  readonly #parts: WatchedParts;
  #ticking: NodeJS.Timeout | undefined;

  constructor(host: WatchHost, parts: WatchedParts) {
    this.#host = host;
    this.#parts = parts;
  }

  start(): void {
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  #tick(): void {
    const nowMs = performance.now();
    for (const state of this.#parts.table.all) {
      this.#lookForSilence(state, nowMs);
      this.#lookForStandstill(state, nowMs);
    }
    try {
      this.#parts.phase.update();
    } catch (cause) {
      this.#host.fail(cause);
    }
  }

  #lookForSilence(state: PartitionState, nowMs: number): void {
    if (!isSilent(state, nowMs, this.#parts.staleAfterMs)) {
      return;
    }
    if (state.isSettled) {
      state.unsettle();
    }
    // A broker whose computer is gone refuses nothing: another may lead long before a fetch counts as lost.
    this.#host.seekLeader(nowMs);
  }

  #lookForStandstill(state: PartitionState, nowMs: number): void {
    const stuckMs = nowMs - (state.heldBackSinceMs ?? nowMs);
    if (state.position < state.lastStable && stuckMs > STUCK_AFTER_MS) {
      state.heldBackSinceMs = null;
      this.#host.breakOff(noProgress(state, state.position, state.highWater));
    }
  }
}

const TICK_MS = 500;
const STUCK_AFTER_MS = 5_000;
