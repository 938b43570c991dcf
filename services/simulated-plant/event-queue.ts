/** What happens when, in milliseconds since the start; what is due at one moment happens in the order of its planning. */
export interface EventQueue {
  /** When the next event is due; infinity where none is. */
  readonly nextAtMs: number;
  /** Plans an event; one in the past is due at once. */
  plan(atMs: number, event: (atMs: number) => void): void;
  /** Lets everything happen that is due up to that moment, and what it plans within it. */
  runUntil(untilMs: number): void;
}

interface PlannedEvent {
  readonly atMs: number;
  readonly event: (atMs: number) => void;
}

/** Makes an empty queue. */
export function createEventQueue(): EventQueue {
  const planned: PlannedEvent[] = [];

  function plan(atMs: number, event: (atMs: number) => void): void {
    let low = 0;
    let high = planned.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((planned[middle]?.atMs ?? 0) <= atMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    planned.splice(low, 0, { atMs, event });
  }

  function nextAtMs(): number {
    return planned[0]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  function runUntil(untilMs: number): void {
    while (nextAtMs() <= untilMs) {
      const next = planned.shift();
      next?.event(next.atMs);
    }
  }

  return {
    plan,
    runUntil,
    get nextAtMs() {
      return nextAtMs();
    },
  };
}
