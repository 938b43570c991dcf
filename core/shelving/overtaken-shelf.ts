import type { AlarmState } from '../alarm/alarm-state.ts';
import type { AlarmEvent, ShelfOrder } from '../alarm/events.ts';
import { positionOf, type RecordMark } from '../alarm/record-mark.ts';
import { isSamePosition, isSameStream } from '../alarm/record-order.ts';
import type { RecordPosition } from '../ports/alarm-log.ts';

/**
 * The alarm after a record of the shelf service that would undo one which its writer had not read, or null where it does not:
 * what counts now knows more, and says otherwise (docs/decisions/0010-shelf-end.md). What counts is left as it is, with the
 * note that it must be written once more. A record of anybody else knows everything up to itself, one of the service
 * what it names: so those who have read everything and those who have the remains of a compacted log come to the same.
 */
export function whereOvertaken(
  state: AlarmState,
  event: AlarmEvent,
  newest: RecordMark | null,
): AlarmState | null {
  const noted = state.shelfOvertaken;
  if (knownBefore(event, newest) === null) return null;
  // Behind one that is noted, one that says what counts settles nothing: who has read the remains alone passes it over.
  if (noted === null && saysSame(event, state.shelf?.says ?? null)) return null;
  if (noted !== null && isSamePosition(noted, event.mark)) return state;
  return { ...state, shelfOvertaken: event.mark };
}

/** The record with what is known of it here: one that only repeats what counts does not make it know less. */
export function withKnowledge(event: AlarmEvent, newest: RecordMark | null): AlarmEvent {
  const replaces = knownBefore(event, newest);
  return replaces === null ? event : { ...event, mark: { ...event.mark, replaces } };
}

/** Up to where what counts knows the key, where that is further than the record of the service does; else null. */
function knownBefore({ mark }: AlarmEvent, newest: RecordMark | null): RecordPosition | null {
  if (newest === null) return null;
  const own = knowledgeOf(mark);
  const known = knowledgeOf(newest);
  return isSameStream(known, own) && known.offset > own.offset ? positionOf(known) : null;
}

/**
 * Up to where a record knows its key: to itself, unless it names an earlier one in its own stretch of the log. One that was
 * copied from another log may name what is still to come here; taken at its word it would make every later one void.
 */
function knowledgeOf(record: RecordMark): RecordPosition {
  const { replaces } = record;
  if (replaces === undefined || !isSameStream(replaces, record)) return record;
  return replaces.offset < record.offset ? replaces : record;
}

function saysSame({ fact }: AlarmEvent, counting: ShelfOrder | null): boolean {
  if (fact.fact !== 'shelved') return fact.fact === 'unshelved' && counting === null;
  return counting?.expiresAt === fact.shelf.expiresAt && counting.reason === fact.shelf.reason;
}
