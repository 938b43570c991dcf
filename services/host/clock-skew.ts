import { durationMs } from '../../core/lib/units.ts';

/** A difference between the broker's clock and this computer's that somebody should know of. */
export const SKEW_MS = durationMs(5_000);
