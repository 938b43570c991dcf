import type { DurationMs } from '../../../core/lib/units.ts';
import type { LogListener, LogPhase } from '../../../core/ports/alarm-log.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { PartitionTable } from './partition-table.ts';
import { phaseOf } from './reading-phase.ts';
import type { ReadingTrouble } from './reading-trouble.ts';

/** What a report needs of the reading that it belongs to. */
export interface PhaseHost {
  readonly listener: LogListener;
  isClosed(): boolean;
}

/** What the phase follows from. */
export interface PhaseSources {
  readonly table: PartitionTable;
  readonly trouble: ReadingTrouble;
  readonly clock: Clock;
  readonly staleAfterMs: DurationMs;
}

/** Tells the listener the phase of a reading whenever it has come to be another than was told last. */
export class PhaseReport {
  readonly #host: PhaseHost;
  readonly #sources: PhaseSources;
  #phase: LogPhase['phase'] = 'connecting';
  #told = '';

  constructor(host: PhaseHost, sources: PhaseSources) {
    this.#host = host;
    this.#sources = sources;
  }

  /** True where what was told last is that the log is not heard. */
  get isDeaf(): boolean {
    return this.#phase === 'connecting' || this.#phase === 'stale';
  }

  /** Looks at what the phase is now. A reading that is closed tells no more. */
  update(): void {
    if (this.#host.isClosed()) {
      return;
    }
    const { table, trouble, clock, staleAfterMs } = this.#sources;
    const phase = phaseOf({
      partitions: table.all,
      isIncomplete: table.isIncomplete,
      attempt: trouble.attempt,
      problem: trouble.problem,
      nowMs: performance.now(),
      now: clock.now(),
      staleAfterMs,
    });
    const text = JSON.stringify(withoutClock(phase));
    if (text !== this.#told) {
      this.#told = text;
      this.#phase = phase.phase;
      this.#host.listener.onPhase(phase);
    }
  }
}

/** The moment since which it is stale is reckoned anew each time and may differ by a millisecond. */
function withoutClock(phase: LogPhase): unknown {
  return phase.phase === 'stale' ? { phase: phase.phase, problem: phase.problem } : phase;
}
