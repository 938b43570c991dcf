import { assertNever } from '../lib/invariant.ts';
import { whereOvertaken, withKnowledge } from '../shelving/overtaken-shelf.ts';
import { adoptSnapshot, closeSnapshot, isCoveredBySnapshot } from './adopt-snapshot.ts';
import {
  type AcknowledgementSaid,
  type AlarmDraft,
  type AlarmState,
  draftOf,
  type Held,
  type HeldShelf,
  recordOfSlot,
} from './alarm-state.ts';
import type { CallKind } from './call-kind.ts';
import type { AlarmEvent, AlarmFact, ShelfOrder, Slot } from './events.ts';
import { occurrenceAfterAcknowledgement, occurrenceAfterActivation } from './evolve-occurrence.ts';
import { type AckLevel, type Level, levelOfSeverity } from './level.ts';
import type { RecordMark } from './record-mark.ts';
import { replaces } from './record-order.ts';

/**
 * The alarm after one more record of the log. A record that is not newer than the one its slot holds changes nothing,
 * so records may come twice.
 */
export function evolve(state: AlarmState, event: AlarmEvent): AlarmState {
  const slot = slotOf(event.fact);
  const newest = newestOfSlot(state, slot);
  if (newest !== null && !replaces(event.mark, newest)) return state;
  if (event.fact.fact === 'undecodable')
    return markUndecodable(state, slot, event, event.fact.reason);
  return slot === 'shelf' ? evolveShelf(state, event, newest) : fill(state, slot, event);
}

function evolveShelf(state: AlarmState, event: AlarmEvent, newest: RecordMark | null): AlarmState {
  return whereOvertaken(state, event, newest) ?? fill(state, 'shelf', withKnowledge(event, newest));
}

function fill(state: AlarmState, slot: Slot, event: AlarmEvent): AlarmState {
  const next = applyFact(state, event);
  return rememberDeletion(withoutUndecodable(next, slot), slot, event.mark);
}

/** The key that a fact stands under; an acknowledgement never replaces an alarming record. */
export function slotOf(fact: AlarmFact): Slot {
  switch (fact.fact) {
    case 'epicsChanged':
      return 'epics';
    case 'epicsAcknowledged':
      return 'epicsAck';
    case 'simpleChanged':
      return 'simple';
    case 'simpleAcknowledged':
      return 'simpleAck';
    case 'registered':
    case 'unregistered':
      return 'registration';
    case 'shelved':
    case 'unshelved':
      return 'shelf';
    case 'occurrenceKept':
    case 'occurrenceClosed':
      return 'snapshot';
    case 'undecodable':
      return fact.slot;
    default:
      return assertNever(fact);
  }
}

/** The newest record of a slot that was seen, decodable or not. */
export function newestOfSlot(state: AlarmState, slot: Slot): RecordMark | null {
  const held = recordOfSlot(state, slot);
  // Nearly every alarm has neither, and then nothing is looked up.
  if (state.undecodable === null && state.deleted === null) return held;
  return state.undecodable?.[slot]?.record ?? held ?? state.deleted?.[slot] ?? null;
}

function applyFact(state: AlarmState, event: AlarmEvent): AlarmState {
  const { fact, mark } = event;
  switch (fact.fact) {
    case 'epicsChanged':
      return activateEpics(state, fact, event);
    case 'simpleChanged':
      return activateSimple(state, fact, event);
    case 'epicsAcknowledged':
      return acknowledge(state, 'epics', fact.level, event);
    case 'simpleAcknowledged':
      return acknowledge(state, 'simple', fact.isAcknowledged ? 'MAJOR_ACK' : 'NO_ACK', event);
    case 'registered':
      return { ...state, registration: { record: mark, says: fact.registration } };
    case 'unregistered':
      return { ...state, registration: null };
    case 'shelved':
      return { ...state, shelf: heldShelf(event, fact.shelf), shelfOvertaken: null };
    case 'unshelved':
      return { ...state, shelf: null, shelfOvertaken: null };
    case 'occurrenceKept':
      return adoptSnapshot(state, fact.snapshot.occurrence, fact.snapshot, mark);
    case 'occurrenceClosed':
      return closeSnapshot(state, fact.upTo, mark);
    case 'undecodable':
      return state;
    default:
      return assertNever(fact);
  }
}

const NO_CLAIM = { claim: 'none' } as const;

function heldShelf({ mark, because }: AlarmEvent, says: ShelfOrder): HeldShelf {
  return because === undefined ? { record: mark, says } : { record: mark, says, because };
}

// The fact itself is held: equal facts are one object, and a million records would make a million copies.
function activateEpics(
  state: AlarmState,
  fact: AlarmFact & { readonly fact: 'epicsChanged' },
  event: AlarmEvent,
): AlarmState {
  const next = activated(state, 'epics', levelOfSeverity(fact.severity), event);
  next.epics = { record: event.mark, says: fact };
  return next;
}

function activateSimple(
  state: AlarmState,
  fact: AlarmFact & { readonly fact: 'simpleChanged' },
  event: AlarmEvent,
): AlarmState {
  const next = activated(state, 'simple', fact.isActive ? 'ALARM' : 'NORMAL', event);
  next.simple = { record: event.mark, says: fact };
  return next;
}

/** The alarm with the snapshot that still holds, and the occurrence, after an activation; its slot is not filled yet. */
function activated(
  before: AlarmState,
  kind: CallKind,
  level: Level,
  event: AlarmEvent,
): AlarmDraft {
  const next = draftOf(before);
  const coverage = isCoveredBySnapshot(before.snapshot, event.mark);
  if (coverage === 'covered') return next;
  if (coverage === 'void') {
    next.snapshot = null;
    next.occurrence = null;
  }
  next.occurrence = occurrenceAfterActivation({ before: next, kind, level, event });
  return next;
}

function acknowledge(
  before: AlarmState,
  kind: CallKind,
  level: AckLevel,
  { mark, answers = NO_CLAIM, isHistoryWhole }: AlarmEvent,
): AlarmState {
  const ack: Held<AcknowledgementSaid> = { record: mark, says: { level, answers } };
  const next = draftOf(before);
  if (kind === 'simple') next.simpleAck = ack;
  else next.epicsAck = ack;
  if (isCoveredBySnapshot(before.snapshot, mark) !== 'covered') {
    next.occurrence = occurrenceAfterAcknowledgement({ before, kind, ack, isHistoryWhole });
  }
  return next;
}

function markUndecodable(
  state: AlarmState,
  slot: Slot,
  event: AlarmEvent,
  reason: string,
): AlarmState {
  const undecodable = { ...state.undecodable, [slot]: { record: event.mark, reason } };
  // A shelf that cannot be read hides nothing; a registration that cannot be read is not guessed.
  if (slot === 'shelf') return { ...state, shelf: null, shelfOvertaken: null, undecodable };
  if (slot === 'registration') return { ...state, registration: null, undecodable };
  return { ...state, undecodable };
}

/** A slot that this record has emptied keeps its mark; one that it has filled needs none. */
function rememberDeletion(state: AlarmState, slot: Slot, mark: RecordMark): AlarmState {
  if (recordOfSlot(state, slot) === null)
    return { ...state, deleted: { ...state.deleted, [slot]: mark } };
  return withoutDeletion(state, slot);
}

/** The alarm without the mark of the tombstone of a slot. */
export function withoutDeletion(state: AlarmState, slot: Slot): AlarmState {
  if (state.deleted === null || state.deleted[slot] === undefined) return state;
  const rest = Object.entries(state.deleted).filter(([name]) => name !== slot);
  return { ...state, deleted: rest.length === 0 ? null : Object.fromEntries(rest) };
}

/** The alarm without the note that a slot's newest record cannot be decoded. */
export function withoutUndecodable(state: AlarmState, slot: Slot): AlarmState {
  if (state.undecodable === null || state.undecodable[slot] === undefined) return state;
  const rest = Object.entries(state.undecodable).filter(([name]) => name !== slot);
  return { ...state, undecodable: rest.length === 0 ? null : Object.fromEntries(rest) };
}
