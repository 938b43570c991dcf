import type { DurationMs, EpochMs } from '../lib/units.ts';

/** Time, as the composition root gives it: the system's, the broker's as far as known, or a test's. */
export interface Clock {
  now(): EpochMs;
  /** Calls back once, not before `at`; answers how to take that back. */
  callAt(at: EpochMs, callback: () => void): () => void;
  /** Calls back every `everyMs` until taken back. */
  callEvery(everyMs: DurationMs, callback: () => void): () => void;
}
