import type { AlarmState, Held } from '../alarm/alarm-state.ts';
import type { ShelfOrder } from '../alarm/events.ts';
import type { RecordMark } from '../alarm/record-mark.ts';
import { isRegistrationUnreadable } from '../effective-state/actual-state.ts';
import type { EpochMs } from '../lib/units.ts';
import { type ShelfTerm, shelfTerm } from '../shelving/shelf-in-force.ts';
import { standingOf } from './standing.ts';
import type { Step } from './step.ts';
import type { Transition, TransitionKind } from './transition.ts';

/** What a record of `shelved-alarms` changed: a shelf, its end by a tombstone, or one that cannot be read. */
export function shelfTransitions(step: Step): readonly Transition[] {
  const { before, after, event } = step;
  const { mark } = event;
  const last = before.shelf === null ? null : countedTerm(before, before.shelf);
  const next = after.shelf === null ? null : countedTerm(after, after.shelf);
  const ended = last === null ? [] : endOf(step, last);
  if (after.shelf === null) return ended;
  if (next === null) {
    const term = { untilAt: after.shelf.says.expiresAt };
    return [...ended, record(step, 'shelfNotCounted', mark, { held: after.shelf, term })];
  }
  const isReplaced = ended.every(({ kind }) => kind === 'unshelved');
  const shelved = record(step, 'shelved', mark, { held: after.shelf, term: next });
  return isReplaced ? [shelved] : [...ended, shelved];
}

/**
 * The end of the alarm's shelf, where its time is over and its record still stands: the same in identity as what the shelf
 * service's tombstone says later. Null while it is in force, and where it never was.
 */
export function shelfEndedByTime(state: AlarmState, now: EpochMs): Transition | null {
  const { shelf } = state;
  const term = shelf === null ? null : countedTerm(state, shelf);
  if (shelf === null || term === null || term.untilAt === null || term.untilAt > now) return null;
  return {
    ...partsOf(state, state, 'shelfEnded', { held: shelf, term }),
    at: term.untilAt,
    cause: shelf.record,
    trigger: null,
    about: null,
  };
}

/** What of a shelf has ever hidden the alarm; null where it was over when it was written, or none is allowed. */
export function countedTerm(state: AlarmState, shelf: Held<ShelfOrder>): ShelfTerm | null {
  if (isRegistrationUnreadable(state)) return null;
  const term = shelfTerm(shelf, state.registration?.says ?? null);
  if (term === null) return null;
  return term.untilAt === null || term.untilAt > shelf.record.writtenAt ? term : null;
}

/** How a shelf that counted ends with this record: its time was over, somebody ended it, or what follows cannot be read. */
function endOf(step: Step, term: ShelfTerm): readonly Transition[] {
  const { before, event } = step;
  if (before.shelf === null) return [];
  const shelf = { held: before.shelf, term };
  const isOver = term.untilAt !== null && term.untilAt <= event.mark.writtenAt;
  const isEndedBySomebody = event.fact.fact === 'unshelved' || event.fact.fact === 'shelved';
  if (!isOver && isEndedBySomebody) {
    return [record(step, 'unshelved', event.mark, shelf)];
  }
  const at = isOver && term.untilAt !== null ? term.untilAt : event.mark.writtenAt;
  return [{ ...record(step, 'shelfEnded', before.shelf.record, shelf), at }];
}

interface CountedShelf {
  readonly held: Held<ShelfOrder>;
  readonly term: ShelfTerm;
}

function record(
  step: Step,
  kind: TransitionKind,
  cause: RecordMark,
  shelf: CountedShelf,
): Transition {
  const { before, after, event } = step;
  return {
    ...partsOf(before, after, kind, shelf),
    at: event.mark.writtenAt,
    cause,
    trigger: event.mark,
    about: kind === 'unshelved' ? shelf.held.record : null,
  };
}

function partsOf(
  before: AlarmState,
  after: AlarmState,
  kind: TransitionKind,
  { held, term }: CountedShelf,
): Omit<Transition, 'at' | 'cause' | 'trigger' | 'about'> {
  return {
    name: after.name,
    kind,
    callKind: null,
    ...standingOf(before, after),
    shelf: { untilAt: term.untilAt, reason: held.says.reason },
    refusal: null,
  };
}
