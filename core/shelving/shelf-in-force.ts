import type { Held } from '../alarm/alarm-state.ts';
import type { ShelfOrder } from '../alarm/events.ts';
import { type EpochMs, epochMs } from '../lib/units.ts';
import type { Registration } from '../registration/registration.ts';

/** How long a shelf hides its alarm: until a moment, or until somebody unshelves (null). */
export interface ShelfTerm {
  readonly untilAt: EpochMs | null;
}

/**
 * The part of a shelf that counts, or null where nothing of it does.
 * The alarm's own limit is counted from the record's time and holds against whatever was written: a shelf beyond it counts
 * only to the limit, a limit of 0 lets none count (decision 7). An alarm that is not registered has no limit.
 */
export function shelfTerm(
  shelf: Held<ShelfOrder>,
  registration: Registration | null,
): ShelfTerm | null {
  const limitSeconds = registration?.maxShelvedSeconds ?? null;
  if (limitSeconds === null) return { untilAt: shelf.says.expiresAt };
  if (limitSeconds <= 0) return null;
  const limitAt = epochMs(shelf.record.writtenAt + limitSeconds * 1_000);
  const { expiresAt } = shelf.says;
  return { untilAt: expiresAt === null || expiresAt > limitAt ? limitAt : expiresAt };
}

/** The shelf that covers the alarm at this moment, by the broker's time; null where none does. */
export function shelfInForce(
  shelf: Held<ShelfOrder> | null,
  registration: Registration | null,
  now: EpochMs,
): ShelfTerm | null {
  if (shelf === null) return null;
  const term = shelfTerm(shelf, registration);
  if (term === null) return null;
  return term.untilAt === null || term.untilAt > now ? term : null;
}
