import type { AlarmName } from '../lib/alarm-name.ts';
import type { EpochMs } from '../lib/units.ts';
import type { RecordPosition } from '../ports/alarm-log.ts';
import type { Registration } from '../registration/registration.ts';
import type { ShelfCause } from '../shelving/shelf-cause.ts';
import type { AckLevel, Severity } from './level.ts';
import type { OccurrenceSnapshot, SnapshotReach } from './occurrence.ts';
import type { RecordMark } from './record-mark.ts';

/**
 * The key of a compacted topic that a record belongs to, of one alarm: each holds at most one newest record.
 * The four activation kinds are the wire's message types, named by the key's `type` and never by the value's branch (decision 3).
 */
export const SLOTS = [
  'registration',
  'simple',
  'epics',
  'simpleAck',
  'epicsAck',
  'shelf',
  'snapshot',
] as const;
export type Slot = (typeof SLOTS)[number];

/** What an acknowledgement says that it answers: a position, nothing (a script), or something unreadable. */
export type AnswersClaim =
  | { readonly claim: 'position'; readonly position: RecordPosition }
  | { readonly claim: 'none' }
  | { readonly claim: 'unreadable' };

/** What one record of the log says. Every generation of the wire ends in these. */
export type AlarmFact =
  | { readonly fact: 'registered'; readonly registration: Registration }
  | { readonly fact: 'unregistered' }
  | { readonly fact: 'simpleChanged'; readonly isActive: boolean }
  | { readonly fact: 'epicsChanged'; readonly severity: Severity; readonly status: string }
  | { readonly fact: 'simpleAcknowledged'; readonly isAcknowledged: boolean }
  | { readonly fact: 'epicsAcknowledged'; readonly level: AckLevel }
  | { readonly fact: 'shelved'; readonly shelf: ShelfOrder }
  | { readonly fact: 'unshelved' }
  | { readonly fact: 'occurrenceKept'; readonly snapshot: OccurrenceSnapshot }
  /** The keeper's tombstone. Its header `up-to` tells up to which record the alarm is known to have no open occurrence. */
  | { readonly fact: 'occurrenceClosed'; readonly upTo: SnapshotReach | null }
  /** The record, or this slot's newest one, cannot be decoded: what it says is not known. */
  | { readonly fact: 'undecodable'; readonly slot: Slot; readonly reason: string };

/** A shelf as somebody ordered it; what of it counts is derived with the alarm's limit and the time. */
export interface ShelfOrder {
  /** When the shelf ends by itself; null = when somebody unshelves. */
  readonly expiresAt: EpochMs | null;
  readonly reason: string;
}

/** One record of the log, decoded: about which alarm, saying what, from where. */
export interface AlarmEvent {
  readonly name: AlarmName;
  readonly fact: AlarmFact;
  readonly mark: RecordMark;
  /** Of acknowledgements only. */
  readonly answers?: AnswersClaim;
  /** Of the shelf service's records only. */
  readonly because?: ShelfCause;
  /**
   * Whether everything of this alarm before this record is known: nothing has been compacted away before it, or it came
   * after the head that the replay began with (the newest record of each slot outlives compaction). False in the remains
   * of a compacted log: what an alarm did before its first record that is left is then not known (decision 15).
   */
  readonly isHistoryWhole: boolean;
}
