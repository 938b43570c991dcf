import type { EpochMs } from '../lib/units.ts';
import type { RecordPosition } from '../ports/alarm-log.ts';
import type { CallKind } from './call-kind.ts';
import type { AckLevel, Level } from './level.ts';
import type { RecordMark } from './record-mark.ts';

/** The record with which one kind called for the operator in this occurrence, and whether it has been answered. */
export interface Call {
  /** The record with which the kind joined, or the last that took it above its highest level in the occurrence. */
  readonly record: RecordMark;
  /** The kind's highest level in the occurrence, which is the level of its calling record. */
  readonly level: Level;
  /** The acknowledgement that answers the calling record. */
  readonly answer?: Answer;
}

/** An acknowledgement that answers a calling record. */
export interface Answer {
  readonly record: RecordMark;
  readonly level: AckLevel;
}

/**
 * One stretch of an alarm's life: from the alarming record after normal (or after a return) until it is no longer active.
 * One that has returned unanswered is kept: whether it still matters depends on the registration (latching), which may come later.
 */
export interface Occurrence {
  readonly openedBy: RecordMark;
  readonly startedAt: EpochMs;
  readonly highestLevel: Level;
  readonly calls: Readonly<Partial<Record<CallKind, Call>>>;
  /** When it was last seen to be no longer active; absent while active. */
  readonly returnedAt?: EpochMs;
  /**
   * Whether it is known from its first record. False when it was met in the remains of a compacted log without a snapshot:
   * it may have begun earlier and stood higher, so an acknowledgement below MAJOR_ACK does not count for it.
   */
  readonly isKnownFromStart: boolean;
}

/** Up to which record the keeper's word holds. */
export interface SnapshotReach {
  readonly upTo: RecordPosition;
  /** When the record at `upTo` was written. */
  readonly upToWrittenAt: EpochMs;
}

/** What the keeper writes down of an occurrence (decision 15), and the position up to which that is true. */
export interface OccurrenceSnapshot extends SnapshotReach {
  readonly occurrence: Occurrence;
}
