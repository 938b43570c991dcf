import type { AlarmState } from './alarm-state.ts';
import { takeBackAnswer, withCall } from './answering.ts';
import { ACK_SLOTS, CALL_KINDS } from './call-kind.ts';
import { newestOfSlot } from './evolve.ts';
import type { Occurrence } from './occurrence.ts';
import { isAfter } from './record-order.ts';

/**
 * The alarm once every activation has been read, without answers that only a snapshot tells of: the acknowledgement, or one
 * after it, is the newest record of its key and would be in the log, had no tombstone taken it back and then vanished while no
 * keeper ran (docs/decisions/0004-acknowledgement-and-compaction.md).
 */
export function withoutVanishedAnswers(state: AlarmState): AlarmState {
  const { occurrence } = state;
  if (occurrence === null || state.snapshot === null || occurrence.returnedAt !== undefined) {
    return state;
  }
  let next: Occurrence = occurrence;
  for (const kind of CALL_KINDS) {
    const call = next.calls[kind];
    if (call?.answer === undefined) continue;
    const newest = newestOfSlot(state, ACK_SLOTS[kind]);
    if (newest === null || isAfter(call.answer.record, newest)) {
      next = withCall(next, kind, takeBackAnswer(call));
    }
  }
  return next === occurrence ? state : { ...state, occurrence: next };
}
