import { type AlarmState, levelOfKind } from '../alarm/alarm-state.ts';
import { type Level, worseLevel } from '../alarm/level.ts';
import type { Occurrence } from '../alarm/occurrence.ts';
import { actualState } from '../effective-state/actual-state.ts';
import type { Standing } from './transition.ts';

/** The occurrence as long as something of it waits for an operator or is active: what screens and keeper call open. */
export function openOccurrence(state: AlarmState): Occurrence | null {
  return actualState(state) === 'normal' ? null : state.occurrence;
}

/** How bad the alarm is now; NORMAL where nothing is active. */
export function presentLevel(state: AlarmState): Level {
  return worseLevel(levelOfKind(state, 'simple'), levelOfKind(state, 'epics'));
}

/** How the alarm stands before and after one record; equal states are how it stands where time alone changes something. */
export function standingOf(before: AlarmState, after: AlarmState): Standing {
  const occurrence = openOccurrence(after) ?? openOccurrence(before);
  return {
    stateBefore: actualState(before),
    stateAfter: actualState(after),
    levelBefore: presentLevel(before),
    levelAfter: presentLevel(after),
    highestLevel: occurrence?.highestLevel ?? 'NORMAL',
    startedAt: occurrence?.startedAt ?? null,
    isBeginningKnown: occurrence?.isKnownFromStart ?? true,
    status: statusOf(after),
  };
}

function statusOf(state: AlarmState): string {
  if (levelOfKind(state, 'epics') === 'NORMAL') return '';
  return state.epics?.says.status ?? '';
}
