import { CALL_KINDS } from './call-kind.ts';
import type { Call, Occurrence } from './occurrence.ts';
import type { RecordMark } from './record-mark.ts';
import { isSamePosition } from './record-order.ts';

/** Whether two folds say the same of an occurrence: its start, its highest level, its calls and their answers, its return. */
export function isSameOccurrence(a: Occurrence, b: Occurrence): boolean {
  return (
    a.startedAt === b.startedAt &&
    a.highestLevel === b.highestLevel &&
    a.returnedAt === b.returnedAt &&
    a.isKnownFromStart === b.isKnownFromStart &&
    isSameRecord(a.openedBy, b.openedBy) &&
    CALL_KINDS.every((kind) => isSameCall(a.calls[kind], b.calls[kind]))
  );
}

function isSameCall(a: Call | undefined, b: Call | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.level !== b.level || !isSameRecord(a.record, b.record)) return false;
  if (a.answer === undefined || b.answer === undefined) return a.answer === b.answer;
  return a.answer.level === b.answer.level && isSameRecord(a.answer.record, b.answer.record);
}

function isSameRecord(a: RecordMark, b: RecordMark): boolean {
  return isSamePosition(a, b);
}
