import type { AlarmState, Held } from '../alarm/alarm-state.ts';
import type { ShelfOrder } from '../alarm/events.ts';
import type { Occurrence } from '../alarm/occurrence.ts';
import { actualState } from '../effective-state/actual-state.ts';
import type { EpochMs } from '../lib/units.ts';
import type { ShelfTerm } from '../shelving/shelf-in-force.ts';
import { countedTerm } from './shelf-transitions.ts';
import { openOccurrence, standingOf } from './standing.ts';
import { causedByRecord, type Step } from './step.ts';
import type { Transition } from './transition.ts';

/**
 * What a registration, or its end, changed of an alarm that is known: whether what has returned still waits depends on
 * whether the alarm latches, and how long a shelf counts on its limit.
 */
export function registrationTransitions(step: Step): readonly Transition[] {
  return [...stateChange(step), ...shelfChange(step)];
}

/**
 * The end of an occurrence that the keeper has kept as returned, and that no longer latches since no keeper ran. Null
 * everywhere else: a keeper that runs sees the registration itself.
 */
export function closedByRegistration(state: AlarmState): Transition | null {
  const kept = keptAsReturned(state);
  const registration = state.registration?.record ?? state.deleted?.registration;
  if (kept === null || registration === undefined || openOccurrence(state) !== null) return null;
  return {
    name: state.name,
    kind: 'closed',
    at: registration.writtenAt,
    cause: registration,
    trigger: registration,
    about: kept.openedBy,
    callKind: null,
    shelf: null,
    refusal: null,
    ...standingOf(state, state),
    stateBefore: 'returnedToNormalUnacknowledged',
    highestLevel: kept.highestLevel,
    startedAt: kept.startedAt,
    isBeginningKnown: kept.isKnownFromStart,
  };
}

function keptAsReturned({ snapshot, occurrence }: AlarmState): Occurrence | null {
  const kept = snapshot?.kept ?? null;
  return kept?.returnedAt !== undefined && occurrence === kept ? kept : null;
}

function stateChange(step: Step): readonly Transition[] {
  const { before, after } = step;
  if (actualState(before) === actualState(after)) return [];
  const was = openOccurrence(before);
  const is = openOccurrence(after);
  const about = (is ?? was)?.openedBy ?? null;
  return [causedByRecord(step, is === null ? 'closed' : 'reassessed', null, about)];
}

function shelfChange(step: Step): readonly Transition[] {
  const { before, after, event } = step;
  const shelf = before.shelf;
  if (shelf === null || after.shelf === null) return [];
  const at = event.mark.writtenAt;
  const last = termInForce(before, shelf, at);
  const next = termInForce(after, shelf, at);
  if (last?.untilAt === next?.untilAt) return [];
  const kind = next === null ? 'shelfEnded' : 'shelved';
  const untilAt = (next ?? last)?.untilAt ?? null;
  const changed = causedByRecord(step, kind, null, shelf.record);
  return [{ ...changed, shelf: { untilAt, reason: shelf.says.reason } }];
}

/** What counts of the shelf at a moment: one whose time is over by then has ended by itself. */
function termInForce(state: AlarmState, shelf: Held<ShelfOrder>, at: EpochMs): ShelfTerm | null {
  const term = countedTerm(state, shelf);
  return term === null || (term.untilAt !== null && term.untilAt <= at) ? null : term;
}
