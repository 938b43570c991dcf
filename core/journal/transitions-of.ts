import { isCoveredBySnapshot } from '../alarm/adopt-snapshot.ts';
import type { AlarmState } from '../alarm/alarm-state.ts';
import type { AlarmEvent, Slot } from '../alarm/events.ts';
import { assertNever } from '../lib/invariant.ts';
import { acknowledgementTransitions } from './acknowledgement-transitions.ts';
import { callTransitions } from './call-transitions.ts';
import { registrationTransitions } from './registration-transitions.ts';
import { shelfTransitions } from './shelf-transitions.ts';
import type { Step } from './step.ts';
import type { Transition } from './transition.ts';

/**
 * What one record changed, in order; nothing where it changed nothing, came twice, or is already counted by the keeper's
 * snapshot. Two folds of the same log answer the same, identities included, however often they begin anew. Snapshots
 * change nothing by themselves: they only repeat what records said. What an unreadable record did is not known.
 */
export function transitionsOf(
  before: AlarmState,
  after: AlarmState,
  event: AlarmEvent,
): readonly Transition[] {
  if (before === after) return [];
  const { fact } = event;
  switch (fact.fact) {
    case 'simpleChanged':
      return isCovered(before, event) ? [] : callTransitions({ before, after, event }, 'simple');
    case 'epicsChanged':
      return isCovered(before, event) ? [] : callTransitions({ before, after, event }, 'epics');
    case 'simpleAcknowledged':
      return isCovered(before, event)
        ? []
        : acknowledgementTransitions({ before, after, event }, 'simple');
    case 'epicsAcknowledged':
      return isCovered(before, event)
        ? []
        : acknowledgementTransitions({ before, after, event }, 'epics');
    case 'shelved':
    case 'unshelved':
      return shelfTransitions({ before, after, event });
    case 'registered':
    case 'unregistered':
      return registrationTransitions({ before, after, event });
    case 'occurrenceKept':
    case 'occurrenceClosed':
      return [];
    case 'undecodable':
      return undecodableTransitions({ before, after, event }, fact.slot);
    default:
      return assertNever(fact);
  }
}

/** A shelf that cannot be read hides nothing, and an alarm whose registration cannot be read may latch. */
function undecodableTransitions(step: Step, slot: Slot): readonly Transition[] {
  if (slot === 'shelf') return shelfTransitions(step);
  return slot === 'registration' ? registrationTransitions(step) : [];
}

function isCovered({ snapshot }: AlarmState, { mark }: AlarmEvent): boolean {
  return isCoveredBySnapshot(snapshot, mark) === 'covered';
}
