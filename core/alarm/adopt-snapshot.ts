import type { AlarmState, HeldSnapshot } from './alarm-state.ts';
import { answerCall, takeBackAnswer } from './answering.ts';
import { CALL_KINDS, type CallKind, type RecordMark } from './events.ts';
import { newestAlarming } from './evolve-occurrence.ts';
import { levelRank, worseLevel } from './level.ts';
import type { Call, Occurrence, OccurrenceSnapshot } from './occurrence.ts';
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
  if (!isSameStream(record.position, snapshot.upTo)) return 'after';
  if (record.position.offset > snapshot.upTo.offset) return 'after';
  return record.writtenAt > latestOf(snapshot.record, snapshot) ? 'void' : 'covered';
}

/**
 * Takes the keeper's word (decision 15): the snapshot is the state at its position, and what came later is folded on.
 * One that is older than the one taken over already is ignored.
 */
export function adoptSnapshot(
  state: AlarmState,
  kept: OccurrenceSnapshot,
  mark: RecordMark,
): AlarmState {
  const held = state.snapshot;
  if (held !== null && isSameStream(held.upTo, kept.upTo) && isOlder(kept, held)) return state;
  const snapshot: HeldSnapshot = {
    record: mark,
    upTo: kept.upTo,
    upToWrittenAt: kept.upToWrittenAt,
  };
  const newest = newestActivation(state, kept);
  if (newest === null || newest.position.offset <= kept.upTo.offset) {
    const isOfAnotherLog = newest !== null && newest.writtenAt > latestOf(mark, kept);
    return isOfAnotherLog ? state : { ...state, snapshot, occurrence: kept.occurrence };
  }
  return { ...state, snapshot, occurrence: mergeLate(state, kept) };
}

/** The alarm after the keeper has closed its occurrence: only what rested on the keeper's word alone goes with it. */
export function afterSnapshotClosed(state: AlarmState): AlarmState {
  const held = state.snapshot;
  if (held === null) return state;
  const newest = newestActivation(state, held);
  const restsOnSnapshot = newest === null || newest.position.offset <= held.upTo.offset;
  const isOver = state.occurrence?.returnedAt !== undefined;
  return {
    ...state,
    snapshot: null,
    occurrence: restsOnSnapshot && isOver ? null : state.occurrence,
  };
}

/** No record that the snapshot counts was written after this, even where a source's clock runs ahead of the keeper's. */
function latestOf(mark: RecordMark, of: Pick<HeldSnapshot, 'upToWrittenAt'>): number {
  return Math.max(mark.writtenAt, of.upToWrittenAt);
}

function isOlder(kept: OccurrenceSnapshot, held: HeldSnapshot): boolean {
  return kept.upTo.offset < held.upTo.offset && kept.upToWrittenAt <= held.upToWrittenAt;
}

/** The newest record of an activation of this alarm in the stream that the snapshot speaks of. */
function newestActivation(state: AlarmState, of: Pick<HeldSnapshot, 'upTo'>): RecordMark | null {
  let newest: RecordMark | null = null;
  for (const held of [state.simple, state.epics, state.simpleAck, state.epicsAck]) {
    if (held === null || !isSameStream(held.record.position, of.upTo)) continue;
    if (newest === null || held.record.position.offset > newest.position.offset)
      newest = held.record;
  }
  return newest;
}

/**
 * A snapshot that arrives after later records of the alarm were folded. What was folded from the very start holds;
 * what was only met in the remains takes its beginning, its highest level and its answers from the snapshot.
 */
function mergeLate(state: AlarmState, kept: OccurrenceSnapshot): Occurrence | null {
  const own = state.occurrence;
  if (own === null || own.isKnownFromStart) return own;
  const { position } = own.openedBy;
  if (!isSameStream(position, kept.upTo) || position.offset > kept.upTo.offset) return own;
  const calls: Partial<Record<CallKind, Call>> = {};
  for (const kind of CALL_KINDS) {
    const call = mergeCall(own.calls[kind], kept.occurrence.calls[kind]);
    if (call !== undefined) calls[kind] = answerAgain(state, kind, call, kept);
  }
  return {
    ...kept.occurrence,
    calls,
    highestLevel: worseLevel(own.highestLevel, kept.occurrence.highestLevel),
    ...(own.returnedAt === undefined ? {} : { returnedAt: own.returnedAt }),
  };
}

function mergeCall(own: Call | undefined, kept: Call | undefined): Call | undefined {
  if (own === undefined || kept === undefined) return own ?? kept;
  return levelRank(own.level) > levelRank(kept.level) ? own : kept;
}

function answerAgain(
  state: AlarmState,
  kind: CallKind,
  call: Call,
  kept: OccurrenceSnapshot,
): Call {
  const ack = kind === 'simple' ? state.simpleAck : state.epicsAck;
  if (ack === null) return call;
  if (ack.says.level === 'NO_ACK') {
    return isCoveredBySnapshot({ record: ack.record, ...kept }, ack.record) === 'covered'
      ? call
      : takeBackAnswer(call);
  }
  return answerCall(call, ack, newestAlarming(state, kind), kept.occurrence.isKnownFromStart);
}
