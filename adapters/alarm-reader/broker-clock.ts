import type { EpochMs } from '../../core/lib/units.ts';
import { type DurationMs, durationMs } from '../../core/lib/units.ts';

/** How many sightings the estimate rests on: old ones must go, or a clock that is set back would never be noticed. */
const SIGHTINGS = 20;

/** The broker's clock as this computer can know it: from records that the log itself stamped, seen as they arrive. */
export interface BrokerClock {
  /** Broker's time minus this computer's; 0 until a stamped record has been seen live. */
  readonly offsetMs: DurationMs;
  /** A record that the log stamped, and when it arrived here. Only records read live say anything. */
  see(stampedAt: EpochMs, arrivedAt: EpochMs): void;
}

/**
 * A record arrives after it was stamped, never before, so each sighting is a lower bound of the offset
 * and the greatest of the last ones is the best.
 */
export function createBrokerClock(): BrokerClock {
  const bounds: number[] = [];
  return {
    get offsetMs() {
      return durationMs(bounds.length === 0 ? 0 : Math.max(...bounds));
    },
    see(stampedAt, arrivedAt) {
      bounds.push(stampedAt - arrivedAt);
      if (bounds.length > SIGHTINGS) bounds.shift();
    },
  };
}
