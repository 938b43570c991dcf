import type { AlarmState, HeldSnapshot } from '../alarm/alarm-state.ts';
import type { Occurrence, SnapshotReach } from '../alarm/occurrence.ts';
import type { AlarmOrder } from '../alarm/orders.ts';
import { positionOf, type RecordMark } from '../alarm/record-mark.ts';
import { isAfter } from '../alarm/record-order.ts';
import { actualState } from '../effective-state/actual-state.ts';
import type { DurationMs, EpochMs } from '../lib/units.ts';

/**
 * What the keeper must write of an alarm now, or null where the topic says it already (decision 15): a snapshot of its open
 * occurrence, or its end. Never replaces a snapshot of the same or a later position, so that any number of keepers agree.
 * A record that changes nothing, a source that repeats itself, still moves the position: once compaction has taken the record
 * before it, only the snapshot tells that nothing happened in between.
 */
export function decideKeep(state: AlarmState): AlarmOrder | null {
  const { occurrence } = state;
  return occurrence === null || actualState(state) === 'normal'
    ? closeKept(state)
    : keepOpen(state, occurrence);
}

/** Whether a keeper should long have written this alarm's occurrence down, and has not: none runs. */
export function isUnkept(state: AlarmState, now: EpochMs, graceMs: DurationMs): boolean {
  if (actualState(state) === 'normal' || state.occurrence === null) return false;
  const { openedBy } = state.occurrence;
  if (now - openedBy.writtenAt < graceMs) return false;
  const held = state.snapshot;
  return held === null || isAfter(openedBy, reachOf(held));
}

function closeKept(state: AlarmState): AlarmOrder | null {
  const { name, snapshot: held } = state;
  if (held === null || (held.kept === null && !held.isOverwritten)) return null;
  const newest = newestActivation(state);
  const upTo = reachTo(newest ?? reachOf(held));
  return { name, fact: { fact: 'occurrenceClosed', upTo } };
}

function keepOpen(state: AlarmState, occurrence: Occurrence): AlarmOrder | null {
  const { name, snapshot: held } = state;
  const newest = newestActivation(state);
  if (newest === null) return null;
  if (held !== null && !held.isOverwritten && !isAfter(newest, reachOf(held))) return null;
  return { name, fact: { fact: 'occurrenceKept', snapshot: { occurrence, ...reachTo(newest) } } };
}

function reachTo(record: RecordMark): SnapshotReach {
  return { upTo: positionOf(record), upToWrittenAt: record.writtenAt };
}

function reachOf(held: HeldSnapshot): RecordMark {
  return { ...held.record, ...held.upTo, writtenAt: held.upToWrittenAt };
}

function newestActivation(state: AlarmState): RecordMark | null {
  let newest: RecordMark | null = null;
  for (const held of [state.simple, state.epics, state.simpleAck, state.epicsAck]) {
    if (held !== null && (newest === null || isAfter(held.record, newest))) newest = held.record;
  }
  return newest;
}
