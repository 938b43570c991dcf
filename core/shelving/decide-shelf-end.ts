import type { AlarmState, HeldShelf } from '../alarm/alarm-state.ts';
import { newestOfSlot } from '../alarm/evolve.ts';
import type { AlarmOrder } from '../alarm/orders.ts';
import { positionOf } from '../alarm/record-mark.ts';
import { isRegistrationUnreadable } from '../effective-state/actual-state.ts';
import { type DurationMs, durationMs, type EpochMs, epochMs } from '../lib/units.ts';
import type { ShelfCause } from './shelf-cause.ts';
import { type ShelfTerm, shelfTerm } from './shelf-in-force.ts';

/**
 * How far beyond the limit a shelf may be written before it is cut: the clocks of those who shelve up to the limit may
 * differ that much from the broker's. It ends at the limit all the same.
 */
export const CUT_BEYOND_MS: DurationMs = durationMs(5_000);

/**
 * What the shelf service must write of an alarm now, or null where there is nothing to write: the tombstone of a shelf
 * that has ended, never early by `now` (the broker's time as known); a shelf that was written beyond the limit of the
 * registration, cut to it; or what counts, once more, where a record of a service came later (decision 7,
 * docs/decisions/0010-shelf-end.md). Each names the record that it takes the place of, so that it undoes none that its
 * writer had not read; ten services at once come to the same.
 */
export function decideShelfEnd(state: AlarmState, now: EpochMs): AlarmOrder | null {
  if (state.shelfOvertaken !== null) return writeAgain(state, now);
  const { shelf } = state;
  if (shelf === null) return null;
  const cause = causeOfEnd(state, shelf, now);
  if (cause !== null) return endOf(state, cause);
  const cut = causeOfCut(state, shelf);
  return cut === null ? null : shelfOf(state, shelf, cut);
}

/**
 * When the shelf service has to look at the alarm: `decideShelfEnd` answers a record from then on. Null = not by time alone.
 * What is to be written at once is due since the record that made it so was written.
 */
export function shelfDueAt(state: AlarmState): EpochMs | null {
  const { shelf, shelfOvertaken, registration } = state;
  if (shelfOvertaken !== null) return shelfOvertaken.writtenAt;
  if (shelf === null) return null;
  const writtenAt = shelf.record.writtenAt;
  const term = termOf(state, shelf);
  if (term === null || causeOfCut(state, shelf) !== null) {
    return epochMs(Math.max(writtenAt, registration?.record.writtenAt ?? writtenAt));
  }
  return term.untilAt === null ? null : epochMs(Math.max(writtenAt, term.untilAt));
}

function writeAgain(state: AlarmState, now: EpochMs): AlarmOrder {
  const { shelf } = state;
  if (shelf === null) return endOf(state, 'written-again');
  const cause = causeOfEnd(state, shelf, now);
  return cause === null ? shelfOf(state, shelf, 'written-again') : endOf(state, cause);
}

/** While the registration cannot be decoded the limit is not known, and only the shelf's own end is sure. */
function termOf(state: AlarmState, shelf: HeldShelf): ShelfTerm | null {
  return isRegistrationUnreadable(state)
    ? { untilAt: shelf.says.expiresAt }
    : shelfTerm(shelf, state.registration?.says ?? null);
}

function causeOfEnd(state: AlarmState, shelf: HeldShelf, now: EpochMs): ShelfCause | null {
  const term = termOf(state, shelf);
  if (term === null) return 'not-allowed';
  const { expiresAt } = shelf.says;
  if (expiresAt !== null && expiresAt <= shelf.record.writtenAt) {
    return expiresAt <= now ? 'ended-before-it-began' : null;
  }
  if (term.untilAt === null || term.untilAt > now) return null;
  return term.untilAt === expiresAt ? 'expired' : 'limit-reached';
}

function causeOfCut(state: AlarmState, shelf: HeldShelf): ShelfCause | null {
  const untilAt = termOf(state, shelf)?.untilAt ?? null;
  const { expiresAt } = shelf.says;
  if (untilAt === null || untilAt === expiresAt) return null;
  if (expiresAt === null) return 'no-end';
  return expiresAt > untilAt + CUT_BEYOND_MS ? 'over-limit' : null;
}

function endOf(state: AlarmState, because: ShelfCause): AlarmOrder {
  return { name: state.name, fact: { fact: 'unshelved' }, ...placeOf(state), because };
}

/** With the reason and in the name of who shelved, to the end that counts. */
function shelfOf(state: AlarmState, shelf: HeldShelf, because: ShelfCause): AlarmOrder {
  const expiresAt = termOf(state, shelf)?.untilAt ?? null;
  return {
    name: state.name,
    fact: { fact: 'shelved', shelf: { expiresAt, reason: shelf.says.reason } },
    ...placeOf(state),
    because,
    onBehalfOf: shelf.record.audit,
  };
}

/** The newest record of the key, counting or not: whoever reads only the remains may hold that one. */
function placeOf(state: AlarmState): Pick<AlarmOrder, 'replaces'> {
  const newest = state.shelfOvertaken ?? newestOfSlot(state, 'shelf');
  return newest === null ? {} : { replaces: positionOf(newest) };
}
