import type { LogSweep } from '../ports/alarm-log.ts';
import { closeSnapshot } from './adopt-snapshot.ts';
import type { AlarmState } from './alarm-state.ts';
import type { AlarmEvent, AlarmFact, Slot } from './events.ts';
import { evolve, withoutDeletion, withoutUndecodable } from './evolve.ts';
import type { RecordMark } from './record-mark.ts';

/** Slots that belong to one topic. */
export type SlotsOfTopic = readonly Slot[];

/** The alarm without what it holds of these slots: their topic was made anew or has lost its history, and is read again. */
export function forgetSlots(state: AlarmState, slots: SlotsOfTopic): AlarmState {
  let next = state;
  for (const slot of slots) next = forgetSlot(next, slot);
  return next;
}

/**
 * The alarm after a second look at the log: a record that it holds and that no longer stands there was deleted by a tombstone
 * that is gone too, so its slot is cleared as that tombstone would have (decision record on vanished tombstones).
 */
export function sweepSlots(state: AlarmState, slots: SlotsOfTopic, sweep: LogSweep): AlarmState {
  let next = state;
  for (const slot of slots) {
    const record = goneFrom(next, slot, sweep);
    if (record !== null) next = clearSlot(next, slot, record);
  }
  return next;
}

/** What clearing a slot comes to, as the record that is gone would have said it; null where it still stands. */
export function sweepEvent(state: AlarmState, slot: Slot, sweep: LogSweep): AlarmEvent | null {
  const record = goneFrom(state, slot, sweep);
  return record === null ? null : clearingEvent(state, slot, record);
}

function goneFrom(state: AlarmState, slot: Slot, sweep: LogSweep): RecordMark | null {
  const record = state.undecodable?.[slot]?.record ?? recordOf(state, slot);
  return record === null || !isGone(record, sweep) ? null : record;
}

function clearingEvent({ name }: AlarmState, slot: Slot, mark: RecordMark): AlarmEvent {
  return { name, fact: CLEARING[slot], mark, isHistoryWhole: true };
}

function isGone(record: RecordMark, sweep: LogSweep): boolean {
  return (
    record.partition === sweep.partition &&
    record.topic === sweep.topic &&
    record.offset < sweep.below &&
    !sweep.survives(record.offset)
  );
}

function recordOf(state: AlarmState, slot: Slot): RecordMark | null {
  return state[slot]?.record ?? null;
}

function clearSlot(state: AlarmState, slot: Slot, record: RecordMark): AlarmState {
  const rest = forgetSlot(state, slot, false);
  // What the slot held is forgotten first, so that clearing is not taken for a repetition of an old record.
  const event = clearingEvent(state, slot, record);
  if (slot === 'snapshot')
    return { ...closeSnapshot(state, null, record), undecodable: rest.undecodable };
  return evolve(rest, event);
}

const CLEARING: Readonly<Record<Slot, AlarmFact>> = {
  registration: { fact: 'unregistered' },
  simple: { fact: 'simpleChanged', isActive: false },
  epics: { fact: 'epicsChanged', severity: 'NO_ALARM', status: 'NO_ALARM' },
  simpleAck: { fact: 'simpleAcknowledged', isAcknowledged: false },
  epicsAck: { fact: 'epicsAcknowledged', level: 'NO_ACK' },
  shelf: { fact: 'unshelved' },
  snapshot: { fact: 'occurrenceClosed', upTo: null },
};

function forgetSlot(state: AlarmState, slot: Slot, withOccurrence = true): AlarmState {
  const without = withoutDeletion(withoutUndecodable(state, slot), slot);
  const shelfOvertaken = slot === 'shelf' ? null : state.shelfOvertaken;
  const emptied = { ...without, [slot]: null, shelfOvertaken };
  if (!withOccurrence) return emptied;
  // As a console that starts now would: the keeper's word first, then what is read again of the activations.
  if (isActivation(slot)) return { ...emptied, occurrence: emptied.snapshot?.kept ?? null };
  const restsOnSnapshot = ACTIVATION_SLOTS.every((name) => state[name] === null);
  return slot === 'snapshot' && restsOnSnapshot ? { ...emptied, occurrence: null } : emptied;
}

const ACTIVATION_SLOTS = ['simple', 'epics', 'simpleAck', 'epicsAck'] as const;

function isActivation(slot: Slot): boolean {
  return ACTIVATION_SLOTS.some((name) => name === slot);
}
