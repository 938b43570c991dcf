import { type AlarmState, isActive, levelOfKind } from '../alarm/alarm-state.ts';
import type { CallKind } from '../alarm/call-kind.ts';
import { levelRank } from '../alarm/level.ts';
import type { Call, Occurrence } from '../alarm/occurrence.ts';
import type { RecordMark } from '../alarm/record-mark.ts';
import { isSamePosition } from '../alarm/record-order.ts';
import { openOccurrence } from './standing.ts';
import { causedByRecord, type Step } from './step.ts';
import type { Transition, TransitionKind } from './transition.ts';

/** What an alarming or a clearing record of one kind changed. */
export function callTransitions(step: Step, callKind: CallKind): readonly Transition[] {
  const { before, after, event } = step;
  const was = openOccurrence(before);
  const is = openOccurrence(after);
  const active = activeOf(was, before);
  if (!isActive(after)) return active === null ? [] : ended(step, callKind, active, is);
  const call = is?.calls[callKind];
  if (is === null || call === undefined || !isOf(call, event.mark)) {
    return levelChange(step, callKind);
  }
  const kind = kindOfCall(active, is);
  const about = kind === 'opened' ? null : is.openedBy;
  return [causedByRecord(step, kind, callKind, about), ...answeredBefore(step, callKind, call)];
}

/** The occurrence as long as it is active: one that has returned is over with the next call. */
function activeOf(occurrence: Occurrence | null, state: AlarmState): Occurrence | null {
  return occurrence?.returnedAt === undefined && isActive(state) ? occurrence : null;
}

function isOf({ record }: Call, mark: RecordMark): boolean {
  return isSamePosition(record, mark);
}

function kindOfCall(was: Occurrence | null, is: Occurrence): TransitionKind {
  if (was === null || !isSamePosition(was.openedBy, is.openedBy)) return 'opened';
  return levelRank(is.highestLevel) > levelRank(was.highestLevel) ? 'raised' : 'calledAgain';
}

/** An acknowledgement that names this call and was read before it (several partitions). */
function answeredBefore(step: Step, callKind: CallKind, call: Call): readonly Transition[] {
  if (call.answer === undefined) return [];
  const acknowledged = causedByRecord(step, 'acknowledged', callKind, call.record);
  return [{ ...acknowledged, cause: call.answer.record }];
}

function ended(
  step: Step,
  callKind: CallKind,
  was: Occurrence,
  is: Occurrence | null,
): readonly Transition[] {
  const returned = causedByRecord(step, 'returned', callKind, was.openedBy);
  return is === null ? [returned, causedByRecord(step, 'closed', null, was.openedBy)] : [returned];
}

function levelChange(step: Step, callKind: CallKind): readonly Transition[] {
  const { before, after } = step;
  const occurrence = openOccurrence(after);
  if (occurrence === null || levelOfKind(before, callKind) === levelOfKind(after, callKind))
    return [];
  return [causedByRecord(step, 'levelChanged', callKind, occurrence.openedBy)];
}
