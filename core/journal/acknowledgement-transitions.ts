import type { AlarmState } from '../alarm/alarm-state.ts';
import { whyNotAnswering } from '../alarm/answering.ts';
import type { CallKind } from '../alarm/call-kind.ts';
import { newestAlarming } from '../alarm/evolve-occurrence.ts';
import type { Call } from '../alarm/occurrence.ts';
import type { RecordMark } from '../alarm/record-mark.ts';
import { openOccurrence } from './standing.ts';
import { causedByRecord, type Step } from './step.ts';
import type { NotCountedReason, Transition } from './transition.ts';

/** What an acknowledgement of one kind changed, or that it came to nothing and why: an audit asks who tried. */
export function acknowledgementTransitions(step: Step, callKind: CallKind): readonly Transition[] {
  const ack = heldAck(step.after, callKind);
  if (ack === null) return [];
  const was = openOccurrence(step.before);
  const call = was?.calls[callKind];
  if (ack.says.level === 'NO_ACK') return takenBack(step, callKind, call);
  if (was === null || call === undefined) {
    return [refused(step, callKind, null, 'nothingToAcknowledge')];
  }
  if (call.answer !== undefined) {
    return [refused(step, callKind, call.record, 'alreadyAcknowledged')];
  }
  if (openOccurrence(step.after) === null) {
    const closed = causedByRecord(step, 'closed', null, was.openedBy);
    return [causedByRecord(step, 'acknowledged', callKind, call.record), closed];
  }
  if (isAnsweredIn(step.after, callKind)) {
    return [causedByRecord(step, 'acknowledged', callKind, call.record)];
  }
  const newest = newestAlarming(step.before, callKind);
  const reason = whyNotAnswering(call, ack, newest, was.isKnownFromStart);
  return [refused(step, callKind, call.record, reason ?? 'answersAnotherRecord')];
}

/** Taking back what was never given changes nothing, and asks for nothing. */
function takenBack(step: Step, callKind: CallKind, call: Call | undefined): readonly Transition[] {
  if (call?.answer === undefined || isAnsweredIn(step.after, callKind)) return [];
  return [causedByRecord(step, 'acknowledgementTakenBack', callKind, call.record)];
}

function heldAck(state: AlarmState, callKind: CallKind): AlarmState['simpleAck'] {
  return callKind === 'simple' ? state.simpleAck : state.epicsAck;
}

function isAnsweredIn({ occurrence }: AlarmState, callKind: CallKind): boolean {
  return occurrence?.calls[callKind]?.answer !== undefined;
}

function refused(
  step: Step,
  callKind: CallKind,
  call: RecordMark | null,
  refusal: NotCountedReason,
): Transition {
  return { ...causedByRecord(step, 'acknowledgementNotCounted', callKind, call), refusal };
}
