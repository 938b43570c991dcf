import type { AlarmState, HeldSnapshot } from './alarm-state.ts';
import { answerCall, takeBackAnswer } from './answering.ts';
import { CALL_KINDS, type CallKind } from './call-kind.ts';
import { newestAlarming } from './evolve-occurrence.ts';
import { levelRank, worseLevel } from './level.ts';
import type { Call, Occurrence, SnapshotReach } from './occurrence.ts';
import type { RecordMark } from './record-mark.ts';
import { isSameStream } from './record-order.ts';

/** What a snapshot means for one activation record. */
export type Coverage =
  | 'covered' // the snapshot already says what the record did
  | 'after'
  | 'void'; // the topic has been made anew since: the snapshot speaks of another log

/**
 * Whether the snapshot that was taken over already counts this record.
 * A record at or below the snapshot's position that was written after the snapshot belongs to a topic that was made anew.
 */
export function isCoveredBySnapshot(snapshot: HeldSnapshot | null, record: RecordMark): Coverage {
  if (snapshot === null) return 'after';
  if (!isSameStream(record, snapshot.upTo)) return 'after';
  if (record.offset > snapshot.upTo.offset) return 'after';
  return record.writtenAt > latestOf(snapshot) ? 'void' : 'covered';
}

/**
 * Takes the keeper's word (decision 15): the snapshot is the state at its position, and what came later is folded on.
 * One that is older than the one taken over already is ignored. `kept` null: there was no open occurrence.
 */
export function adoptSnapshot(
  state: AlarmState,
  kept: Occurrence | null,
  { upTo, upToWrittenAt }: SnapshotReach,
  record: RecordMark,
): AlarmState {
  const held = state.snapshot;
  const snapshot: HeldSnapshot = { record, upTo, upToWrittenAt, kept, isOverwritten: false };
  if (held !== null && isOlder(snapshot, held)) {
    return { ...state, snapshot: { ...held, isOverwritten: true } };
  }
  const newest = newestActivation(state, snapshot);
  if (newest === null || newest.offset <= upTo.offset) {
    const isOfAnotherLog = newest !== null && newest.writtenAt > latestOf(snapshot);
    return isOfAnotherLog ? state : { ...state, snapshot, occurrence: kept };
  }
  return { ...state, snapshot, occurrence: mergeLate(state, snapshot) };
}

/** The alarm after the keeper has closed its occurrence; a closing that does not tell its reach ends only what has returned. */
export function closeSnapshot(
  state: AlarmState,
  reach: SnapshotReach | null,
  record: RecordMark,
): AlarmState {
  if (reach !== null) return adoptSnapshot(state, null, reach, record);
  const held = state.snapshot;
  if (held === null) return state;
  const newest = newestActivation(state, held);
  const restsOnSnapshot = newest === null || newest.offset <= held.upTo.offset;
  const isOver = state.occurrence?.returnedAt !== undefined;
  return {
    ...state,
    snapshot: null,
    occurrence: restsOnSnapshot && isOver ? null : state.occurrence,
  };
}

/**
 * Whether this alarm's own records have been folded as far as the snapshot reaches: only then can the two be compared.
 * During a replay the snapshots come first, each new one of them before the records that it counts.
 */
export function isFoldedUpTo(state: AlarmState, snapshot: HeldSnapshot): boolean {
  const newest = newestActivation(state, snapshot);
  return newest !== null && newest.offset >= snapshot.upTo.offset;
}

/** No record that the snapshot counts was written after this, even where a source's clock runs ahead of the keeper's. */
function latestOf({ record, upToWrittenAt }: HeldSnapshot): number {
  return Math.max(record.writtenAt, upToWrittenAt);
}

function isOlder(a: HeldSnapshot, b: HeldSnapshot): boolean {
  return (
    isSameStream(a.upTo, b.upTo) &&
    a.upTo.offset < b.upTo.offset &&
    a.upToWrittenAt <= b.upToWrittenAt
  );
}

/** The newest record of an activation of this alarm in the stream that the snapshot speaks of. */
function newestActivation(state: AlarmState, of: HeldSnapshot): RecordMark | null {
  let newest: RecordMark | null = null;
  for (const held of [state.simple, state.epics, state.simpleAck, state.epicsAck]) {
    if (held === null || !isSameStream(held.record, of.upTo)) continue;
    if (newest === null || held.record.offset > newest.offset) {
      newest = held.record;
    }
  }
  return newest;
}

/**
 * A snapshot that arrives after later records of the alarm were folded. What was folded from the very start holds;
 * what was only met in the remains takes its beginning, its highest level and its answers from the snapshot.
 */
function mergeLate(state: AlarmState, snapshot: HeldSnapshot): Occurrence | null {
  const own = state.occurrence;
  const { kept } = snapshot;
  if (own === null || kept === null || own.isKnownFromStart) return own;
  const { openedBy } = own;
  if (!isSameStream(openedBy, snapshot.upTo) || openedBy.offset > snapshot.upTo.offset) return own;
  const calls: Partial<Record<CallKind, Call>> = {};
  for (const kind of CALL_KINDS) {
    const call = mergeCall(own.calls[kind], kept.calls[kind], snapshot);
    if (call !== undefined) calls[kind] = answerAgain(state, kind, call, snapshot);
  }
  return {
    ...kept,
    calls,
    highestLevel: worseLevel(own.highestLevel, kept.highestLevel),
    isKnownFromStart:
      kept.isKnownFromStart && !CALL_KINDS.some((kind) => hasCalledAnew(own, snapshot, kind)),
    ...(own.returnedAt === undefined ? {} : { returnedAt: own.returnedAt }),
  };
}

function mergeCall(
  own: Call | undefined,
  kept: Call | undefined,
  snapshot: HeldSnapshot,
): Call | undefined {
  if (own === undefined || kept === undefined) return own ?? kept;
  const isLater = own.record.offset > snapshot.upTo.offset;
  return isLater || levelRank(own.level) > levelRank(kept.level) ? own : kept;
}

/** Whether a kind has called after the snapshot: whether anything was missed in between is not known. */
function hasCalledAnew(own: Occurrence, { upTo }: HeldSnapshot, kind: CallKind): boolean {
  const call = own.calls[kind];
  return call !== undefined && call.record.offset > upTo.offset;
}

function answerAgain(state: AlarmState, kind: CallKind, call: Call, snapshot: HeldSnapshot): Call {
  const ack = kind === 'simple' ? state.simpleAck : state.epicsAck;
  if (ack === null || isCoveredBySnapshot(snapshot, ack.record) === 'covered') return call;
  if (ack.says.level === 'NO_ACK') return takeBackAnswer(call);
  return answerCall(
    call,
    ack,
    newestAlarming(state, kind),
    snapshot.kept?.isKnownFromStart === true,
  );
}
