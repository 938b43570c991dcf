import { actualState, isLatching } from '../effective-state/actual-state.ts';
import type { AlarmRow } from '../effective-state/alarm-row.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import type { RefusalReason } from '../refusals.ts';
import { type AlarmState, levelOfKind } from './alarm-state.ts';
import { CALL_KINDS, type CallKind } from './call-kind.ts';
import { newestAlarming } from './evolve-occurrence.ts';
import type { Call, Occurrence } from './occurrence.ts';
import type { AlarmOrder } from './orders.ts';
import { positionOf } from './record-mark.ts';
import { isSamePosition } from './record-order.ts';

/** What an operator who acknowledges saw: the calling record of each kind (`AlarmRow.calls`). */
export type SeenCalls = AlarmRow['calls'];

/**
 * The records that acknowledge an alarm as the operator saw it: one for each kind that calls and is not answered.
 * Each names the newest alarming record of its kind (decision 5), so that it still counts when compaction has forgotten the
 * calling record. Refused: `NothingToAcknowledge`, `NotReadable`, `AlreadyAcknowledged`, `AlarmedAgain` (a call came after
 * the view).
 */
export function decideAcknowledge(
  state: AlarmState,
  seen: SeenCalls,
): Result<readonly AlarmOrder[], RefusalReason> {
  const alarm = state.name;
  const actual = actualState(state);
  const { occurrence } = state;
  if (actual === 'normal' || occurrence === null)
    return failure({ code: isReadable(state) ? 'NothingToAcknowledge' : 'NotReadable', alarm });
  const late = callAfterView(occurrence, seen);
  if (late !== null) return failure({ code: 'AlarmedAgain', alarm, at: late.record.writtenAt });
  if (actual === 'acknowledged') return failure(alreadyAcknowledged(state, occurrence));
  return ok(
    CALL_KINDS.filter((kind) => isCalling(state, occurrence, kind)).map((kind) =>
      answerOrder(state, occurrence, kind),
    ),
  );
}

/** The records that take an acknowledgement back. Refused: `NotAcknowledged`, `AlreadyReturned`. */
export function decideUnacknowledge(
  state: AlarmState,
): Result<readonly AlarmOrder[], RefusalReason> {
  const alarm = state.name;
  const { occurrence } = state;
  if (occurrence === null || occurrence.returnedAt !== undefined)
    return failure({ code: 'AlreadyReturned', alarm });
  const answered = CALL_KINDS.filter((kind) => occurrence.calls[kind]?.answer !== undefined);
  if (answered.length === 0) return failure({ code: 'NotAcknowledged', alarm });
  return ok(answered.map((kind) => takeBackOrder(state, kind)));
}

/** Whether the newest record of each kind of alarm can be decoded: else what looks normal may not be. */
function isReadable({ undecodable }: AlarmState): boolean {
  return undecodable?.simple === undefined && undecodable?.epics === undefined;
}

/** Whether the kind waits for an answer: it is active, or has called in an occurrence that latches. */
function isCalling(state: AlarmState, occurrence: Occurrence, kind: CallKind): boolean {
  const call = occurrence.calls[kind];
  if (call === undefined || call.answer !== undefined) return false;
  return isLatching(state) || levelOfKind(state, kind) !== 'NORMAL';
}

function callAfterView(occurrence: Occurrence, seen: SeenCalls): Call | null {
  for (const kind of CALL_KINDS) {
    const call = occurrence.calls[kind];
    if (call === undefined || call.answer !== undefined) continue;
    const viewed = seen[kind];
    if (viewed === undefined || !isSamePosition(viewed, call.record)) return call;
  }
  return null;
}

function alreadyAcknowledged(state: AlarmState, occurrence: Occurrence): RefusalReason {
  const answer = occurrence.calls.epics?.answer ?? occurrence.calls.simple?.answer;
  const reason: RefusalReason = { code: 'AlreadyAcknowledged', alarm: state.name };
  if (answer === undefined) return reason;
  return { ...reason, at: answer.record.writtenAt, by: answer.record.audit.user ?? '' };
}

function answerOrder(state: AlarmState, occurrence: Occurrence, kind: CallKind): AlarmOrder {
  const call = occurrence.calls[kind];
  const answers = positionOf(newestAlarming(state, kind) ?? call?.record ?? occurrence.openedBy);
  if (kind === 'simple') {
    return {
      name: state.name,
      fact: { fact: 'simpleAcknowledged', isAcknowledged: true },
      answers,
    };
  }
  const isMinor = call?.level === 'MINOR' && occurrence.isKnownFromStart;
  const level = isMinor ? 'MINOR_ACK' : 'MAJOR_ACK';
  return { name: state.name, fact: { fact: 'epicsAcknowledged', level }, answers };
}

function takeBackOrder(state: AlarmState, kind: CallKind): AlarmOrder {
  return kind === 'simple'
    ? { name: state.name, fact: { fact: 'simpleAcknowledged', isAcknowledged: false } }
    : { name: state.name, fact: { fact: 'epicsAcknowledged', level: 'NO_ACK' } };
}
