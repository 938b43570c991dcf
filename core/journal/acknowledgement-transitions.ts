import type { AlarmState } from '../alarm/alarm-state.ts';
import { whyNotAnswering } from '../alarm/answering.ts';
import type { CallKind } from '../alarm/events.ts';
import { newestAlarming } from '../alarm/evolve-occurrence.ts';
import type { RecordMark } from '../alarm/record-mark.ts';
import { openOccurrence } from './standing.ts';
import { causedByRecord, type Step } from './step.ts';
import type { NotCountedReason, Transition } from './transition.ts';

/** What an acknowledgement of one kind changed, or that it came to nothing and why: an audit asks who tried. */
export function acknowledgementTransitions(step: Step, callKind: CallKind): readonly Transition[] {
  const { before, after } = step;
  const ack = heldAck(after, callKind);
  const was = openOccurrence(before);
  const call = was?.calls[callKind];
  if (ack === null) return [];
  if (ack.says.level === 'NO_ACK') {
    // Taking back what was never given changes nothing, and asks for nothing.
    const isTakenBack = call?.answer !== undefined && !isAnsweredIn(after, callKind);
    return isTakenBack
      ? [causedByRecord(step, 'acknowledgementTakenBack', callKind, call.record)]
      : [];
  }
  if (was === null || call === undefined) {
    return [refused(step, callKind, null, 'nothingToAcknowledge')];
  }
  const isOver = openOccurrence(after) === null;
  if (call.answer === undefined && (isOver || isAnsweredIn(after, callKind))) {
    const acknowledged = causedByRecord(step, 'acknowledged', callKind, call.record);
    return isOver
      ? [acknowledged, causedByRecord(step, 'closed', null, was.openedBy)]
      : [acknowledged];
  }
  if (call.answer !== undefined) {
    return [refused(step, callKind, call.record, 'alreadyAcknowledged')];
  }
  const newest = newestAlarming(before, callKind);
  const reason = whyNotAnswering(call, ack, newest, was.isKnownFromStart);
  return [refused(step, callKind, call.record, reason ?? 'answersAnotherRecord')];
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
