import type { RecordPosition } from '../ports/alarm-log.ts';
import type { AcknowledgementSaid, Held } from './alarm-state.ts';
import type { CallKind } from './call-kind.ts';
import type { Call, Occurrence } from './occurrence.ts';
import { isAfter, isSamePosition, isSameStream } from './record-order.ts';

/** The alarming record of the kind that is newest now, where the kind is active. */
type NewestCall = RecordPosition | null;

/**
 * The call with this acknowledgement as its answer, or the call as it was where the acknowledgement does not answer it:
 * it names an earlier record, is below the level of the call, or cannot be read (decision 5).
 */
export function answerCall(
  call: Call,
  ack: Held<AcknowledgementSaid>,
  newest: NewestCall,
  isKnownFromStart: boolean,
): Call {
  if (call.answer !== undefined) return call;
  if (!isLevelEnough(call, ack.says, isKnownFromStart)) return call;
  if (!isAimedAt(call, ack, newest)) return call;
  const answer = { record: ack.record, level: ack.says.level };
  return { record: call.record, level: call.level, answer };
}

/** Why an acknowledgement does not answer an unanswered call; null where it does. */
export function whyNotAnswering(
  call: Call,
  ack: Held<AcknowledgementSaid>,
  newest: NewestCall,
  isKnownFromStart: boolean,
): 'headerUnreadable' | 'levelTooLow' | 'mayHaveStoodHigher' | 'answersAnotherRecord' | null {
  if (ack.says.answers.claim === 'unreadable') return 'headerUnreadable';
  if (!isLevelEnough(call, ack.says, isKnownFromStart)) {
    return call.level === 'MINOR' ? 'mayHaveStoodHigher' : 'levelTooLow';
  }
  return isAimedAt(call, ack, newest) ? null : 'answersAnotherRecord';
}

/** The call without its answer. */
export function takeBackAnswer(call: Call): Call {
  return call.answer === undefined ? call : { record: call.record, level: call.level };
}

/** Whether each kind that has called in the occurrence is answered. */
export function isAnswered(occurrence: Occurrence): boolean {
  const { simple, epics } = occurrence.calls;
  return (
    (simple === undefined || simple.answer !== undefined) &&
    (epics === undefined || epics.answer !== undefined)
  );
}

/** The occurrence with one of its calls replaced. */
export function withCall(occurrence: Occurrence, kind: CallKind, call: Call): Occurrence {
  const { openedBy, startedAt, highestLevel, returnedAt, isKnownFromStart } = occurrence;
  const other = occurrence.calls[kind === 'simple' ? 'epics' : 'simple'];
  const calls = other === undefined ? firstCall(kind, call) : bothCalls(kind, call, other);
  const open = { openedBy, startedAt, highestLevel, calls, isKnownFromStart };
  return returnedAt === undefined ? open : { ...open, returnedAt };
}

/** The calls of an occurrence that one kind has opened. */
export function firstCall(kind: CallKind, call: Call): Occurrence['calls'] {
  return kind === 'simple' ? { simple: call } : { epics: call };
}

function bothCalls(kind: CallKind, call: Call, other: Call): Occurrence['calls'] {
  return kind === 'simple' ? { simple: call, epics: other } : { simple: other, epics: call };
}

/** MAJOR_ACK answers every level. MINOR_ACK answers MINOR, and only where the occurrence certainly never stood higher. */
function isLevelEnough(call: Call, said: AcknowledgementSaid, isKnownFromStart: boolean): boolean {
  if (said.level === 'MAJOR_ACK') return true;
  return said.level === 'MINOR_ACK' && call.level === 'MINOR' && isKnownFromStart;
}

function isAimedAt(call: Call, ack: Held<AcknowledgementSaid>, newest: NewestCall): boolean {
  const { answers } = ack.says;
  if (answers.claim === 'unreadable') return false;
  if (answers.claim === 'none') return isAfter(ack.record, call.record);
  const named = answers.position;
  // A record cannot answer one that was not there yet: such a header is made up.
  if (isSameStream(named, ack.record) && named.offset >= ack.record.offset) return false;
  if (isSameStream(named, call.record)) return named.offset >= call.record.offset;
  return newest !== null && isSamePosition(named, newest);
}
