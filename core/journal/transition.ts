import type { CallKind } from '../alarm/call-kind.ts';
import type { Level } from '../alarm/level.ts';
import type { RecordMark } from '../alarm/record-mark.ts';
import type { ActualState } from '../effective-state/alarm-row.ts';
import type { AlarmName } from '../lib/alarm-name.ts';
import type { EpochMs } from '../lib/units.ts';

/** What can happen to an alarm, in the order in which it happens where one record does several of them. */
export const TRANSITION_KINDS = [
  'shelfEnded', // by time, by its limit, or because what replaced it cannot be read
  'unshelved', // by somebody, before its end
  'shelved', // anew, another shelf in place of the one before, or a time that a registration has changed
  'shelfNotCounted', // a shelf was written that hides nothing: over when written, or none is allowed
  'opened', // an occurrence begins; one that waited as returned is over with it
  'raised', // calls anew, and stands higher than ever in this occurrence
  'calledAgain', // calls anew without standing higher: the other kind, or what came before is not known
  'levelChanged', // one kind stands at another level, and nothing calls
  'acknowledgementTakenBack',
  'acknowledged', // one kind's call is answered
  'acknowledgementNotCounted', // somebody acknowledged, and nothing came of it
  'returned', // no longer active
  'closed', // the occurrence is over: nothing waits for an operator
  'reassessed', // its registration says otherwise whether it latches, and so it stands otherwise
] as const;
export type TransitionKind = (typeof TRANSITION_KINDS)[number];

/** Why an acknowledgement came to nothing. */
export const NOT_COUNTED_REASONS = [
  'nothingToAcknowledge',
  'alreadyAcknowledged',
  'headerUnreadable', // the header that names the record it answers
  'levelTooLow', // MINOR_ACK to what stands higher
  'mayHaveStoodHigher', // MINOR_ACK where only the remains of the log are known
  'answersAnotherRecord', // came late, or names a record that did not call
] as const;
export type NotCountedReason = (typeof NOT_COUNTED_REASONS)[number];

/** What every transition says of how the alarm stands before and after. */
export interface Standing {
  readonly stateBefore: ActualState;
  readonly stateAfter: ActualState;
  /** How bad it is now, as its source says; NORMAL where nothing is active. */
  readonly levelBefore: Level;
  readonly levelAfter: Level;
  /** The highest level in the occurrence; NORMAL where there is none. */
  readonly highestLevel: Level;
  /** When the occurrence began that it belongs to; null where there is none. */
  readonly startedAt: EpochMs | null;
  /** False where the occurrence was met in the remains of a compacted log: it may have begun earlier. */
  readonly isBeginningKnown: boolean;
  /** The condition that the EPICS record names, such as HIHI; empty where it names none. */
  readonly status: string;
}

/** One change of one alarm, as the journal keeps it (decision 15): what, when, by whom, from where. */
export interface Transition extends Standing {
  readonly name: AlarmName;
  readonly kind: TransitionKind;
  /** When it happened: when its record was written, or when a shelf's time was over. */
  readonly at: EpochMs;
  /** The record that it is a consequence of: with `kind` its identity. Of `shelfEnded` the shelf itself, unless a registration ends it. */
  readonly cause: RecordMark;
  /** The record with which it came to pass; mostly the cause. Null: time alone, or a tombstone that has itself gone. */
  readonly trigger: RecordMark | null;
  /** What it is about: the call that is answered, the shelf that ends, the record that opened what is over. */
  readonly about: RecordMark | null;
  /** Of calls and acknowledgements. */
  readonly callKind: CallKind | null;
  /** Of shelves: how long it hides the alarm (null = until unshelved) and why. */
  readonly shelf: { readonly untilAt: EpochMs | null; readonly reason: string } | null;
  /** Of `acknowledgementNotCounted`. */
  readonly refusal: NotCountedReason | null;
}

/**
 * The same for the same change, whoever writes it and how often: readers drop what they have had. The moment of writing
 * is part of it because a topic that is made anew counts its offsets from 0 again.
 */
export function identityOf({ kind, cause }: Pick<Transition, 'kind' | 'cause'>): string {
  const { topic, partition, offset, writtenAt } = cause;
  return `${topic}/${partition}/${offset}@${writtenAt}/${kind}`;
}
