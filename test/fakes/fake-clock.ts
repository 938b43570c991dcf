import type { DurationMs, EpochMs } from '../../core/lib/units.ts';
import { epochMs } from '../../core/lib/units.ts';
import type { Clock } from '../../core/ports/clock.ts';

/** A clock that stands still until it is moved; calls come back in the order of their moments. */
export interface FakeClock extends Clock {
  /** Moves on to a moment, calling back everything that is due on the way, at its own moment. */
  advanceTo(at: EpochMs): void;
  /** Moves on by so many milliseconds. */
  advanceBy(byMs: number): void;
  /** How many calls are waiting. */
  readonly waiting: number;
}

interface WaitingCall {
  readonly at: EpochMs;
  readonly order: number;
  readonly callback: () => void;
}

/** 2021-03-01T12:00:00Z, where nothing else is said. */
export const FAKE_START = epochMs(Date.UTC(2021, 2, 1, 12));

/** A clock for tests, standing at `start`. */
export function createFakeClock(start: EpochMs = FAKE_START): FakeClock {
  const waiting = new Set<WaitingCall>();
  let current = start;
  let order = 0;

  function callAt(at: EpochMs, callback: () => void): () => void {
    order += 1;
    const call = { at, order, callback };
    waiting.add(call);
    return () => {
      waiting.delete(call);
    };
  }

  function callEvery(everyMs: DurationMs, callback: () => void): () => void {
    let takeBack = callAt(epochMs(current + everyMs), again);
    function again(): void {
      takeBack = callAt(epochMs(current + everyMs), again);
      callback();
    }
    return () => takeBack();
  }

  function nextDue(until: EpochMs): WaitingCall | undefined {
    return [...waiting]
      .filter((call) => call.at <= until)
      .sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }

  function advanceTo(until: EpochMs): void {
    for (let call = nextDue(until); call !== undefined; call = nextDue(until)) {
      waiting.delete(call);
      current = epochMs(Math.max(current, call.at));
      call.callback();
    }
    current = until;
  }

  return {
    now: () => current,
    callAt,
    callEvery,
    advanceTo,
    advanceBy: (byMs) => advanceTo(epochMs(current + byMs)),
    get waiting() {
      return waiting.size;
    },
  };
}
