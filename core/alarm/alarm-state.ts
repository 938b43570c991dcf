import type { AlarmName } from '../lib/alarm-name.ts';
import { assertNever } from '../lib/invariant.ts';
import type { Registration } from '../registration/registration.ts';
import type { ShelfCause } from '../shelving/shelf-cause.ts';
import type { CallKind } from './call-kind.ts';
import type { AnswersClaim, ShelfOrder, Slot } from './events.ts';
import { type AckLevel, type Level, levelOfSeverity, type Severity } from './level.ts';
import type { Occurrence, SnapshotReach } from './occurrence.ts';
import type { RecordMark } from './record-mark.ts';

/** The newest record of one slot, and what it says. */
export interface Held<T> {
  readonly record: RecordMark;
  readonly says: T;
}

export type HeldRegistration = Held<Registration>;

/** The shelf, and why the shelf service wrote it, where it did: cut to its limit, or written once more. */
export interface HeldShelf extends Held<ShelfOrder> {
  readonly because?: ShelfCause;
}

/** A slot whose newest record cannot be decoded. */
export interface UndecodableSlot {
  readonly record: RecordMark;
  readonly reason: string;
}

/** The keeper's word on an alarm that was taken over last: activations up to `upTo` change no occurrence. */
export interface HeldSnapshot extends SnapshotReach {
  readonly record: RecordMark;
  /** What the keeper wrote, whatever has been folded upon it since; null = no open occurrence. */
  readonly kept: Occurrence | null;
  /** The topic's newest record is an older word, written later by a slower keeper: it must be written over. */
  readonly isOverwritten: boolean;
}

/** What the log says of one alarm: the newest record of each slot (null = none), and the occurrence folded from all of them. */
export interface AlarmState {
  readonly name: AlarmName;
  readonly registration: HeldRegistration | null;
  readonly simple: Held<{ readonly isActive: boolean }> | null;
  readonly epics: Held<{ readonly severity: Severity; readonly status: string }> | null;
  readonly simpleAck: Held<AcknowledgementSaid> | null;
  readonly epicsAck: Held<AcknowledgementSaid> | null;
  readonly shelf: HeldShelf | null;
  /**
   * The newest record of the shelf's key does not count: the shelf service wrote it about an older one, and another came
   * between. What counts has to be written once more, since compaction keeps the newest. Null nearly always.
   */
  readonly shelfOvertaken: RecordMark | null;
  /** The occurrence that is open, or that has returned unanswered. */
  readonly occurrence: Occurrence | null;
  readonly snapshot: HeldSnapshot | null;
  /** Slots whose newest record cannot be decoded; null when there is none, which is nearly always. */
  readonly undecodable: Readonly<Partial<Record<Slot, UndecodableSlot>>> | null;
  /**
   * The tombstones of slots that hold nothing, so that no older record takes their place: one that is read after them
   * from another partition, or that comes twice. Null when there is none.
   */
  readonly deleted: Readonly<Partial<Record<Slot, RecordMark>>> | null;
}

/** The newest acknowledgement of a kind. NO_ACK takes back. A simple one counts as MAJOR_ACK. */
export interface AcknowledgementSaid {
  readonly level: AckLevel;
  readonly answers: AnswersClaim;
}

/** An alarm of which nothing is known yet, or nothing but its registration. */
export function unknownAlarm(
  name: AlarmName,
  registration: HeldRegistration | null = null,
): AlarmState {
  return {
    name,
    registration,
    simple: null,
    epics: null,
    simpleAck: null,
    epicsAck: null,
    shelf: null,
    shelfOvertaken: null,
    occurrence: null,
    snapshot: null,
    undecodable: null,
    deleted: null,
  };
}

/** The newest decodable record of a slot; null where it holds none. By name and not by index, which is slow a million times. */
export function recordOfSlot(state: AlarmState, slot: Slot): RecordMark | null {
  return heldIn(state, slot)?.record ?? null;
}

function heldIn(state: AlarmState, slot: Slot): { readonly record: RecordMark } | null {
  switch (slot) {
    case 'epics':
      return state.epics;
    case 'epicsAck':
      return state.epicsAck;
    case 'simple':
      return state.simple;
    case 'simpleAck':
      return state.simpleAck;
    case 'registration':
      return state.registration;
    case 'shelf':
      return state.shelf;
    case 'snapshot':
      return state.snapshot;
    default:
      return assertNever(slot);
  }
}

/** The present level of one kind; NORMAL where it is clear or has never been written. */
export function levelOfKind(state: AlarmState, kind: CallKind): Level {
  if (kind === 'simple') return state.simple?.says.isActive === true ? 'ALARM' : 'NORMAL';
  return state.epics === null ? 'NORMAL' : levelOfSeverity(state.epics.says.severity);
}

/** Active: a live simple alarm or an EPICS severity above NO_ALARM; either is enough. */
export function isActive(state: AlarmState): boolean {
  return levelOfKind(state, 'simple') !== 'NORMAL' || levelOfKind(state, 'epics') !== 'NORMAL';
}

/** An alarm that nobody has seen yet. */
export type AlarmDraft = { -readonly [K in keyof AlarmState]: AlarmState[K] };

/** A copy to be changed. Written out field by field: a spread costs ten times as much, a million times. */
export function draftOf(state: AlarmState): AlarmDraft {
  return {
    name: state.name,
    registration: state.registration,
    simple: state.simple,
    epics: state.epics,
    simpleAck: state.simpleAck,
    epicsAck: state.epicsAck,
    shelf: state.shelf,
    shelfOvertaken: state.shelfOvertaken,
    occurrence: state.occurrence,
    snapshot: state.snapshot,
    undecodable: state.undecodable,
    deleted: state.deleted,
  };
}
