import type { DurationMs, EpochMs } from '../../core/lib/units.ts';
import { epochMs } from '../../core/lib/units.ts';
import type { Clock } from '../../core/ports/clock.ts';

/** The longest delay that a timer of the system takes. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The computer's own clock. */
export function createSystemClock(): Clock {
  return { now, callAt, callEvery };
}

function now(): EpochMs {
  return epochMs(Date.now());
}

function callAt(at: EpochMs, callback: () => void): () => void {
  if (at <= now()) {
    // The least that a timer takes is a millisecond; a list of many parts would wait as long before each.
    const next = setImmediate(callback);
    return () => clearImmediate(next);
  }
  let timer = setTimeout(check, delayUntil(at));

  // Timers of the system fire up to a millisecond early, end at 24.8 days, and know nothing of a clock that was set:
  // the clock is asked again each time.
  function check(): void {
    if (now() >= at) {
      callback();
    } else {
      timer = setTimeout(check, delayUntil(at));
    }
  }

  return () => clearTimeout(timer);
}

function callEvery(everyMs: DurationMs, callback: () => void): () => void {
  const timer = setInterval(callback, Math.min(LONGEST_TIMER_MS, everyMs));
  return () => clearInterval(timer);
}

function delayUntil(at: EpochMs): number {
  return Math.min(LONGEST_TIMER_MS, Math.max(1, at - now()));
}
