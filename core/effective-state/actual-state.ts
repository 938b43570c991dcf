import { type AlarmState, isActive, levelOfKind } from '../alarm/alarm-state.ts';
import { isAnswered } from '../alarm/answering.ts';
import { CALL_KINDS } from '../alarm/call-kind.ts';
import type { Occurrence } from '../alarm/occurrence.ts';
import type { ActualState } from './alarm-row.ts';

/**
 * Whether the alarm stays until it is acknowledged: what its registration says now.
 * One whose registration cannot be decoded may latch, and so it stays: nothing is hidden on a guess.
 */
export function isLatching(state: AlarmState): boolean {
  return state.registration?.says.isLatching === true || isRegistrationUnreadable(state);
}

/** Whether the newest registration cannot be decoded, so that latching and shelf limit are not known. */
export function isRegistrationUnreadable(state: AlarmState): boolean {
  return state.undecodable?.registration !== undefined;
}

/** The alarm's own ISA-18.2 state, whatever covers it. */
export function actualState(state: AlarmState): ActualState {
  const { occurrence } = state;
  if (occurrence === null) return 'normal';
  // A tombstone that has itself been compacted away leaves no record of the return: nothing active is left, and that is it.
  if (occurrence.returnedAt !== undefined || !isActive(state)) {
    return isLatching(state) && !isAnswered(occurrence)
      ? 'returnedToNormalUnacknowledged'
      : 'normal';
  }
  return isAcknowledged(state, occurrence) ? 'acknowledged' : 'unacknowledged';
}

/** An open occurrence is acknowledged when each kind that is active is answered; of a latching alarm, each kind that called. */
function isAcknowledged(state: AlarmState, occurrence: Occurrence): boolean {
  if (isLatching(state)) return isAnswered(occurrence);
  return CALL_KINDS.every((kind) => {
    const call = occurrence.calls[kind];
    if (call === undefined || call.answer !== undefined) return true;
    return levelOfKind(state, kind) === 'NORMAL';
  });
}
