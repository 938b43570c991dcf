import {
  type AcknowledgementSaid,
  type AlarmState,
  type Held,
  isActive,
  levelOfKind,
  recordOfSlot,
} from './alarm-state.ts';
import { answerCall, firstCall, isAnswered, takeBackAnswer, withCall } from './answering.ts';
import { ACK_SLOTS, type CallKind } from './call-kind.ts';
import type { AlarmEvent } from './events.ts';
import { type Level, levelRank, worseLevel } from './level.ts';
import type { Call, Occurrence } from './occurrence.ts';

/** One activation: the alarm before it, and the level that it gives its kind. */
export interface ActivationStep {
  readonly before: AlarmState;
  readonly kind: CallKind;
  readonly level: Level;
  readonly event: AlarmEvent;
}

/** One acknowledgement, or the taking back of one: the alarm before it, and whether everything before it is known. */
export interface AcknowledgementStep {
  readonly before: AlarmState;
  readonly kind: CallKind;
  readonly ack: Held<AcknowledgementSaid>;
  readonly isHistoryWhole: boolean;
}

/** The occurrence after an alarming record or a clearing one. */
export function occurrenceAfterActivation(step: ActivationStep): Occurrence | null {
  const { occurrence } = step.before;
  if (step.level === 'NORMAL') return occurrence === null ? null : afterClearing(occurrence, step);
  const isOpen =
    occurrence !== null && occurrence.returnedAt === undefined && isActive(step.before);
  return isOpen ? continueCalling(occurrence, step) : open(step);
}

/** The occurrence after an acknowledgement, or after one was taken back. */
export function occurrenceAfterAcknowledgement(step: AcknowledgementStep): Occurrence | null {
  const { before, kind, ack } = step;
  const { occurrence } = before;
  const call = occurrence?.calls[kind];
  if (occurrence === null || call === undefined) return occurrence;
  const isReturned = occurrence.returnedAt !== undefined;
  if (call.answer !== undefined) {
    // What has returned is answered or not; taking back concerns only what still stands.
    const isTakenBack = !isReturned && takesBack(step, occurrence, call);
    return isTakenBack ? withCall(occurrence, kind, takeBackAnswer(call)) : occurrence;
  }
  const answered = answerCall(call, ack, newestAlarming(before, kind), occurrence.isKnownFromStart);
  if (answered === call) return occurrence;
  const next = withCall(occurrence, kind, answered);
  return isReturned && isAnswered(next) ? null : next;
}

/**
 * Whether an answered call counts as unanswered from this record on: it takes the answer back, or it answers nothing and one
 * before it may have taken it back, unseen.
 */
function takesBack(
  { before, kind, ack, isHistoryWhole }: AcknowledgementStep,
  { isKnownFromStart }: Occurrence,
  call: Call,
): boolean {
  if (ack.says.level === 'NO_ACK') return true;
  if (isHistoryWhole || recordOfSlot(before, ACK_SLOTS[kind]) !== null) return false;
  const anew = takeBackAnswer(call);
  return answerCall(anew, ack, newestAlarming(before, kind), isKnownFromStart) === anew;
}

function afterClearing(
  occurrence: Occurrence,
  { before, kind, event }: ActivationStep,
): Occurrence | null {
  const other = kind === 'simple' ? 'epics' : 'simple';
  const isStillActive = levelOfKind(before, other) !== 'NORMAL';
  if (isStillActive || occurrence.returnedAt !== undefined) return occurrence;
  return isAnswered(occurrence) ? null : { ...occurrence, returnedAt: event.mark.writtenAt };
}

function open(step: ActivationStep): Occurrence {
  const { event, kind, level } = step;
  const isKnownFromStart = isPastKnown(step);
  return {
    openedBy: event.mark,
    startedAt: event.mark.writtenAt,
    highestLevel: level,
    calls: firstCall(kind, newCall(step, isKnownFromStart)),
    isKnownFromStart,
  };
}

function continueCalling(occurrence: Occurrence, step: ActivationStep): Occurrence {
  const { level } = step;
  const call = occurrence.calls[step.kind];
  const isKnown = isPastKnown(step);
  // Between the last record that we know and this one the alarm may have returned and come anew: it calls again.
  const callsAnew = call === undefined || levelRank(level) > levelRank(call.level) || !isKnown;
  if (!callsAnew) return occurrence;
  // Of a kind that calls for the first time out of a past that is not known: it may have stood higher, unseen.
  const isKnownFromStart = occurrence.isKnownFromStart && isKnown;
  const raised = withCall(occurrence, step.kind, newCall(step, isKnownFromStart));
  return {
    openedBy: raised.openedBy,
    startedAt: raised.startedAt,
    highestLevel: worseLevel(occurrence.highestLevel, level),
    calls: raised.calls,
    isKnownFromStart,
  };
}

/** A call as yet unanswered, unless an acknowledgement that names this very record came before it (several partitions). */
function newCall({ before, event, kind, level }: ActivationStep, isKnownFromStart: boolean): Call {
  const call: Call = { record: event.mark, level };
  const ack = kind === 'simple' ? before.simpleAck : before.epicsAck;
  if (ack === null || ack.says.answers.claim !== 'position') return call;
  return answerCall(call, ack, event.mark, isKnownFromStart);
}

/** Whether nothing of this kind can have happened unseen since the last record of it that we know. */
function isPastKnown({ before, event, kind }: ActivationStep): boolean {
  if (before.undecodable !== null && before.undecodable[kind] !== undefined) return false;
  return event.isHistoryWhole || recordOfSlot(before, kind) !== null;
}

/** The newest alarming record of the kind, where the kind is active now. */
export function newestAlarming(state: AlarmState, kind: CallKind): AlarmEvent['mark'] | null {
  return levelOfKind(state, kind) === 'NORMAL' ? null : recordOfSlot(state, kind);
}
