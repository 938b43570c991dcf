import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import { type EpochMs, epochMs } from '../../../../core/lib/units.ts';
import { decideShelfEnd, shelfDueAt } from '../../../../core/shelving/decide-shelf-end.ts';
import { shelfInForce } from '../../../../core/shelving/shelf-in-force.ts';
import {
  anEvent,
  at,
  byService,
  mark,
  registered,
  shelved,
} from '../../../builders/alarm-events.ts';
import { stateAfter } from '../../../builders/story.ts';

const LIMIT_SECONDS = 100;
const limitAt = at(10 + LIMIT_SECONDS);

/** What somebody may have written by hand. */
const anyEnd = fc.oneof(
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.integer({ min: at(0), max: at(1_000) }),
  fc.constantFrom(-1, 0, 1, 2 ** 53, -(2 ** 53), 2 ** 63, Number.MAX_SAFE_INTEGER),
);
const anyMoments = fc
  .array(fc.integer({ min: at(10), max: at(400) }), { maxLength: 6 })
  .map((moments) => [...moments.sort((a, b) => a - b), at(1_000)].map(epochMs));

/** The log of the shelf after a service has looked at these moments. */
function served(end: number | null, moments: readonly EpochMs[]): readonly AlarmEvent[] {
  const events = [registered(1, { maxShelvedSeconds: LIMIT_SECONDS }), shelved(10, end)];
  for (const now of moments) {
    const state = stateAfter(events);
    const order = decideShelfEnd(state, now);
    if (order === null) continue;
    const dueAt = shelfDueAt(state);
    expect(dueAt === null || dueAt > now).toBe(false);
    const written = { ...mark(10 + events.length, 'shelved-alarms'), writtenAt: now };
    events.push(byService(anEvent(order.fact, written), order.replaces?.offset ?? -1));
  }
  return events;
}

it('no shelf, whatever was written and whenever a service looked, hides its alarm beyond the limit', () => {
  fc.assert(
    fc.property(anyEnd, anyMoments, (end, moments) => {
      const events = served(end, moments);
      for (let count = 2; count <= events.length; count += 1) {
        const state = stateAfter(events.slice(0, count));
        const inForce = shelfInForce(state.shelf, state.registration?.says ?? null, limitAt);
        expect(inForce).toBeNull();
      }
      expect(stateAfter(events).shelf).toBeNull();
      expect(events.length).toBeLessThanOrEqual(4);
    }),
    { numRuns: 10_000 },
  );
});

it('no shelf within the limit is ended before its end', () => {
  const within = fc.integer({ min: at(11), max: limitAt });
  fc.assert(
    fc.property(within, anyMoments, (end, moments) => {
      const early = moments.filter((now) => now < end);
      expect(served(end, early)).toHaveLength(2);
    }),
    { numRuns: 2_000 },
  );
});
