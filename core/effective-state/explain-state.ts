import { type AlarmState, type Held, type HeldShelf, levelOfKind } from '../alarm/alarm-state.ts';
import { CALL_KINDS, type CallKind } from '../alarm/call-kind.ts';
import { SLOTS, type Slot } from '../alarm/events.ts';
import { levelRank } from '../alarm/level.ts';
import type { Call, Occurrence } from '../alarm/occurrence.ts';
import { isAfter } from '../alarm/record-order.ts';
import { assertNever } from '../lib/invariant.ts';
import type { EpochMs } from '../lib/units.ts';
import { formatSeconds } from '../refusals.ts';
import { shelfTerm } from '../shelving/shelf-in-force.ts';
import { isRegistrationUnreadable } from './actual-state.ts';
import type { AlarmRow } from './alarm-row.ts';

/** Gives a moment as the operator reads it. */
type FormatTime = (at: EpochMs) => string;

/**
 * Why the alarm is shown as it is, in whole sentences, what matters first: its own state, what covers it and until when,
 * which acknowledgements did not count and why, and what cannot be known. `row` is the view of `state` at `now`
 * (the broker's time as far as known). Never empty.
 */
export function explainState(
  state: AlarmState,
  row: AlarmRow,
  now: EpochMs,
  formatTime: FormatTime,
): readonly string[] {
  return [
    ownState(row, formatTime),
    ...higherBefore(state, row),
    ...latching(state, row),
    ...acknowledgements(state, row, formatTime),
    ...shelf(state, row, now, formatTime),
    ...undecodable(state, row),
    ...beginning(row),
    ...registration(state),
  ];
}

function ownState(row: AlarmRow, formatTime: FormatTime): string {
  const level = row.status === '' ? row.level : `${row.level} (${row.status})`;
  const since = row.sinceAt === null ? '' : ` since ${formatTime(row.sinceAt)}`;
  switch (row.actual) {
    case 'normal':
      return 'Normal.';
    case 'unacknowledged':
      return `${level}, unacknowledged${since}.`;
    case 'acknowledged':
      return `${level}${since}, acknowledged${acknowledgedWhen(row, formatTime)}.`;
    case 'returnedToNormalUnacknowledged':
      return `Returned to normal, unacknowledged: it was ${level}${since}.`;
    default:
      return assertNever(row.actual);
  }
}

function acknowledgedWhen(row: AlarmRow, formatTime: FormatTime): string {
  const at = row.acknowledgedAt === null ? '' : ` at ${formatTime(row.acknowledgedAt)}`;
  return `${at}${by(row.acknowledgedBy)}`;
}

/** The occurrence remembers its highest level; the row shows the present one. */
function higherBefore({ occurrence }: AlarmState, row: AlarmRow): string[] {
  if (occurrence === null || row.actual === 'normal') return [];
  if (levelRank(occurrence.highestLevel) <= levelRank(row.level)) return [];
  return [`It has stood at ${occurrence.highestLevel} in this occurrence.`];
}

function latching(state: AlarmState, row: AlarmRow): string[] {
  if (isRegistrationUnreadable(state))
    return ['It may latch, as its registration cannot be decoded: stays until acknowledged.'];
  return row.isLatching ? ['Latching: stays until acknowledged.'] : [];
}

function acknowledgements(state: AlarmState, row: AlarmRow, formatTime: FormatTime): string[] {
  const { occurrence } = state;
  if (occurrence === null || row.actual === 'normal') return [];
  return CALL_KINDS.flatMap((kind) => {
    const call = occurrence.calls[kind];
    if (call === undefined) return [];
    const why = call.answer === undefined ? whyUnanswered(state, occurrence, kind) : null;
    const ack = kind === 'simple' ? state.simpleAck : state.epicsAck;
    if (why === null || ack === null) return unansweredOfTwo(state, occurrence, kind);
    const who = `${by(ack.record.audit.user)} at ${formatTime(ack.record.writtenAt)}`;
    return ack.says.level === 'NO_ACK'
      ? [`The acknowledgement was taken back${who}.`]
      : [`The acknowledgement${who} ${why}.`];
  });
}

/** Where one kind is answered and the other is not, the operator must be told which one still waits. */
function unansweredOfTwo(state: AlarmState, occurrence: Occurrence, kind: CallKind): string[] {
  const other = occurrence.calls[kind === 'simple' ? 'epics' : 'simple'];
  const waits =
    occurrence.calls[kind]?.answer === undefined && levelOfKind(state, kind) !== 'NORMAL';
  if (!waits || other?.answer === undefined) return [];
  return [`Its ${SLOT_NAMES[kind]} is not acknowledged yet.`];
}

/** Why the newest acknowledgement of the kind does not answer its call; null where it is of an earlier occurrence. */
function whyUnanswered(state: AlarmState, occurrence: Occurrence, kind: CallKind): string | null {
  const ack = kind === 'simple' ? state.simpleAck : state.epicsAck;
  const call = occurrence.calls[kind];
  if (ack === null || call === undefined || !isAfter(ack.record, call.record)) return null;
  const { level, answers } = ack.says;
  if (level === 'NO_ACK') return 'was taken back';
  if (answers.claim === 'unreadable')
    return 'does not count: the header that names the record it answers cannot be read';
  if (level === 'MINOR_ACK' && !isMinorEnough(call, occurrence)) {
    return call.level === 'MINOR'
      ? 'does not count: MINOR_ACK does not answer an alarm that may have stood higher before'
      : `does not count: MINOR_ACK does not answer ${call.level}`;
  }
  return 'came late: it answers another record than the one that called';
}

function isMinorEnough(call: Call, occurrence: Occurrence): boolean {
  return call.level === 'MINOR' && occurrence.isKnownFromStart;
}

function shelf(state: AlarmState, row: AlarmRow, now: EpochMs, formatTime: FormatTime): string[] {
  const held = state.shelf;
  if (held === null) return [];
  const who = by(held.record.audit.user);
  if (isRegistrationUnreadable(state))
    return [`The shelf${who} does not count: its limit is not known.`];
  const limitSeconds = state.registration?.says.maxShelvedSeconds ?? null;
  const term = shelfTerm(held, state.registration?.says ?? null);
  if (term === null) return [`The shelf${who} does not count: the registration allows none.`];
  if (row.shelvedBy === null) return endedShelf(term.untilAt, now, who, formatTime);
  return [
    coveringShelf(term.untilAt, who, held.says.reason.trim(), formatTime),
    ...cutShort(held, term.untilAt, limitSeconds),
    ...byShelfService(held),
  ];
}

function coveringShelf(
  untilAt: EpochMs | null,
  who: string,
  reason: string,
  formatTime: FormatTime,
): string {
  const until =
    untilAt === null ? `${who} until somebody unshelves it` : ` until ${formatTime(untilAt)}${who}`;
  return `Shelved${until}: ${reason === '' ? 'no reason given' : reason}.`;
}

function endedShelf(
  untilAt: EpochMs | null,
  now: EpochMs,
  who: string,
  formatTime: FormatTime,
): string[] {
  if (untilAt === null || untilAt > now) return [];
  return [`The shelf${who} ended at ${formatTime(untilAt)}.`];
}

function cutShort(
  held: Held<{ readonly expiresAt: EpochMs | null }>,
  untilAt: EpochMs | null,
  limitSeconds: number | null,
): string[] {
  if (limitSeconds === null || untilAt === held.says.expiresAt) return [];
  return [
    `It was written for longer, and counts only to its limit of ${formatSeconds(limitSeconds)}.`,
  ];
}

/** What the shelf service made of the shelf that somebody wrote. */
function byShelfService({ because }: HeldShelf): string[] {
  switch (because) {
    case 'over-limit':
      return ['It was written for longer than its limit, and the shelf service has cut it.'];
    case 'no-end':
      return ['It was written without an end, and the shelf service has cut it to its limit.'];
    case 'written-again':
      return ['The shelf service has written it once more, after a record of its own came late.'];
    case 'expired':
    case 'limit-reached':
    case 'not-allowed':
    case 'ended-before-it-began':
    case undefined:
      return [];
    default:
      return assertNever(because);
  }
}

const SLOT_NAMES: Readonly<Record<Slot, string>> = {
  simple: 'simple alarm',
  epics: 'EPICS alarm',
  simpleAck: 'acknowledgement',
  epicsAck: 'EPICS acknowledgement',
  registration: 'registration',
  shelf: 'shelf',
  snapshot: 'kept occurrence',
};

function undecodable(state: AlarmState, row: AlarmRow): string[] {
  const sentences = slotSentences(state);
  return row.effective === 'undecodable'
    ? ['What it says now is not known; shown is what was known before.', ...sentences]
    : sentences;
}

function slotSentences(state: AlarmState): string[] {
  return SLOTS.flatMap((slot) => {
    const found = state.undecodable?.[slot];
    if (found === undefined) return [];
    const reason = found.reason.replace(/\.$/, '');
    return [`Some record of it cannot be decoded: its ${SLOT_NAMES[slot]}: ${reason}.`];
  });
}

function beginning(row: AlarmRow): string[] {
  if (row.sinceAt === null || row.isSinceExact) return [];
  return ['It stood already when the log’s remains begin: it may have begun earlier.'];
}

function registration(state: AlarmState): string[] {
  if (state.registration !== null || isRegistrationUnreadable(state)) return [];
  return ['Not registered: no guidance, no limit.'];
}

function by(user: string | null | undefined): string {
  return user === null || user === undefined || user === '' ? '' : ` by ${user}`;
}
