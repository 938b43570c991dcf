import type { AnswersClaim } from '../../core/alarm/events.ts';
import type { SnapshotReach } from '../../core/alarm/occurrence.ts';
import { epochMs } from '../../core/lib/units.ts';
import type { RecordPosition } from '../../core/ports/alarm-log.ts';
import { SHELF_CAUSES, type ShelfCause } from '../../core/shelving/shelf-cause.ts';
import { textOf } from './utf-8.ts';

/** The header with which the keeper's tombstone tells up to which record it holds (decision 15). */
export const UP_TO_HEADER = 'up-to';

/** A header that names a record: how often it is there, and its last value. */
export interface Reference {
  readonly count: number;
  readonly value: Uint8Array | null;
}

/** The record's position as `answers` has it: `topic/partition/offset`. */
export function formatPosition({ topic, partition, offset }: RecordPosition): string {
  return `${topic}/${partition}/${offset}`;
}

/** The reach of the keeper's word as `up-to` has it: `topic/partition/offset/milliseconds`. */
export function formatReach({ upTo, upToWrittenAt }: SnapshotReach): string {
  return `${formatPosition(upTo)}/${upToWrittenAt}`;
}

/** What an acknowledgement says that it answers. Anything but one well-formed `topic/partition/offset` is unreadable (decision 5). */
export function answersClaimOf(answers: Reference): AnswersClaim {
  if (answers.count === 0) {
    return NO_ANSWERS;
  }
  const match = matchOf(answers, POSITION);
  const position = match === null ? null : positionOf(match);
  return position === null ? UNREADABLE : { claim: 'position', position };
}

/** The record that a record of the shelf service takes the place of; null where it names none, or not in one well-formed header. */
export function replacedBy(replaces: Reference): RecordPosition | null {
  const match = matchOf(replaces, POSITION);
  return match === null ? null : positionOf(match);
}

/** Why the shelf service wrote; null where it does not say, or in a word that we do not know. */
export function causeOf({ value }: Reference): ShelfCause | null {
  if (value === null || value.length > MAX_REFERENCE_BYTES) return null;
  const word = textOf(value, 0, value.length);
  return SHELF_CAUSES.find((cause) => cause === word) ?? null;
}

/** The reach that the keeper's tombstone tells; null where it tells none, or not in one well-formed header. */
export function reachOf(upTo: Reference): SnapshotReach | null {
  const match = matchOf(upTo, REACH);
  const position = match === null ? null : positionOf(match);
  return position === null
    ? null
    : { upTo: position, upToWrittenAt: epochMs(Number(match?.[4] ?? 0)) };
}

const NO_ANSWERS: AnswersClaim = Object.freeze({ claim: 'none' });
const UNREADABLE: AnswersClaim = Object.freeze({ claim: 'unreadable' });
/** A topic, partition and offset without signs and leading zeros, each within what Kafka can have. */
const POSITION = /^([A-Za-z0-9._-]{1,249})\/(0|[1-9][0-9]{0,8})\/(0|[1-9][0-9]{0,15})$/;
const REACH =
  /^([A-Za-z0-9._-]{1,249})\/(0|[1-9][0-9]{0,8})\/(0|[1-9][0-9]{0,15})\/(0|-?[1-9][0-9]{0,15})$/;
const MAX_REFERENCE_BYTES = 300;

function matchOf({ count, value }: Reference, pattern: RegExp): RegExpExecArray | null {
  if (count !== 1 || value === null || value.length > MAX_REFERENCE_BYTES) {
    return null;
  }
  return pattern.exec(textOf(value, 0, value.length) ?? '');
}

function positionOf([, topic, partition, offset]: RegExpExecArray): RecordPosition | null {
  const position = { topic: topic ?? '', partition: Number(partition), offset: Number(offset) };
  return Number.isSafeInteger(position.offset) ? position : null;
}
