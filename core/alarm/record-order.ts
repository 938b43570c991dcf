import type { RecordPosition } from '../ports/alarm-log.ts';
import type { RecordMark } from './record-mark.ts';

/** Whether two records stand in the same ordered stretch of the log, so that their offsets can be compared. */
export function isSameStream(a: RecordPosition, b: RecordPosition): boolean {
  return a.partition === b.partition && a.topic === b.topic;
}

/** Whether it is the very same record. */
export function isSamePosition(a: RecordPosition, b: RecordPosition): boolean {
  return a.offset === b.offset && isSameStream(a, b);
}

/**
 * Whether `a` comes after `b`: by offset within a partition, by time of writing across partitions
 * (all that can be said where a topic has more than one).
 */
export function isAfter(a: RecordMark, b: RecordMark): boolean {
  return isSameStream(a, b) ? a.offset > b.offset : a.writtenAt >= b.writtenAt;
}

/**
 * Whether `a` takes the place of `b` in a slot. Of records written in the same millisecond in two partitions the higher
 * partition's does, so that every reader ends at the same one, whichever it reads first.
 */
export function replaces(a: RecordMark, b: RecordMark): boolean {
  const isTied = a.writtenAt === b.writtenAt && !isSameStream(a, b);
  return isTied ? a.partition > b.partition : isAfter(a, b);
}
