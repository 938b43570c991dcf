import type { AlarmState } from '../alarm/alarm-state.ts';
import type { CallKind } from '../alarm/call-kind.ts';
import type { AlarmEvent } from '../alarm/events.ts';
import type { RecordMark } from '../alarm/record-mark.ts';
import { standingOf } from './standing.ts';
import type { Transition, TransitionKind } from './transition.ts';

/** One record, and the alarm before and after it. */
export interface Step {
  readonly before: AlarmState;
  readonly after: AlarmState;
  readonly event: AlarmEvent;
}

/** A transition of the occurrence that a step's own record is the cause of. */
export function causedByRecord(
  { before, after, event }: Step,
  kind: TransitionKind,
  callKind: CallKind | null,
  about: RecordMark | null,
): Transition {
  const { name, mark } = event;
  return {
    name,
    kind,
    at: mark.writtenAt,
    cause: mark,
    trigger: mark,
    about,
    callKind,
    ...standingOf(before, after),
    shelf: null,
    refusal: null,
  };
}
