import type { AlarmState } from '../alarm/alarm-state.ts';
import type { AlarmName } from '../lib/alarm-name.ts';
import { createDeadlineHeap } from '../lib/deadline-heap.ts';
import { durationMs, type EpochMs } from '../lib/units.ts';
import { shelfDueAt } from './decide-shelf-end.ts';

/** Which shelves the shelf service has to look at, and since when. */
export interface ShelfWatch {
  /** The alarm has changed from one state to another. */
  note(before: AlarmState, after: AlarmState): void;
  /** The alarms whose shelf is due at this moment, each with since when. */
  due(now: EpochMs): ReadonlyMap<AlarmName, EpochMs>;
  /** When the next one that is not due yet will be, or null. */
  nextDue(): EpochMs | null;
}

/** How long a shelf may be due before it counts as overdue: longer than any service that runs takes. */
export const OVERDUE_AFTER_MS = durationMs(3_000);

/**
 * How many shelves are overdue at this moment, which means that no shelf service runs: they have ended, or were written
 * beyond their limit, more than three seconds ago, and nobody has said so in the log. No shelf hides an alarm beyond its
 * end all the same. Costs as much as there are due ones: it may be asked each second.
 */
export function overdueShelves(
  book: { dueShelves(now: EpochMs): ReadonlyMap<AlarmName, EpochMs> },
  now: EpochMs,
): number {
  let count = 0;
  for (const dueAt of book.dueShelves(now).values()) {
    if (dueAt <= now - OVERDUE_AFTER_MS) count += 1;
  }
  return count;
}

/** Nothing watched. */
export function createShelfWatch(): ShelfWatch {
  const coming = createDeadlineHeap<AlarmName>();
  const due = new Map<AlarmName, EpochMs>();
  const moments = new Map<AlarmName, EpochMs>();
  let lookedAt: EpochMs | null = null;

  /** The broker's time as known may go back; what is early then has to wait again. */
  const putBackEarly = (now: EpochMs): void => {
    for (const [name, at] of due) {
      if (at <= now) continue;
      due.delete(name);
      coming.set(name, at);
    }
  };

  return {
    note(before, after) {
      if (!concernsShelf(before, after)) return;
      const { name } = after;
      const at = shelfDueAt(after);
      due.delete(name);
      coming.set(name, at);
      if (at === null) moments.delete(name);
      else moments.set(name, at);
    },
    due(now) {
      if (lookedAt !== null && now < lookedAt) putBackEarly(now);
      lookedAt = now;
      for (const name of coming.takeDue(now)) {
        const at = moments.get(name);
        if (at !== undefined) due.set(name, at);
      }
      return due;
    },
    nextDue: () => coming.next(),
  };
}

function concernsShelf(before: AlarmState, after: AlarmState): boolean {
  if (before.shelf !== after.shelf || before.shelfOvertaken !== after.shelfOvertaken) return true;
  if (after.shelf === null && after.shelfOvertaken === null) return false;
  return before.registration !== after.registration || before.undecodable !== after.undecodable;
}
