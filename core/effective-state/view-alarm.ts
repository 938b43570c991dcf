import { type AlarmState, levelOfKind } from '../alarm/alarm-state.ts';
import { CALL_KINDS, type CallKind } from '../alarm/call-kind.ts';
import { type Level, levelRank, worseLevel } from '../alarm/level.ts';
import type { Answer, Occurrence } from '../alarm/occurrence.ts';
import { positionOf } from '../alarm/record-mark.ts';
import type { EpochMs } from '../lib/units.ts';
import type { RecordPosition } from '../ports/alarm-log.ts';
import { shelfInForce } from '../shelving/shelf-in-force.ts';
import { actualState, isLatching, isRegistrationUnreadable } from './actual-state.ts';
import type { ActualState, AlarmRow } from './alarm-row.ts';
import { effectiveState } from './precedence.ts';

const NO_OCCURRENCE = { sinceAt: null, isSinceExact: true, calls: {} } as const;
const NOT_ANSWERED = { acknowledgedBy: null, acknowledgedAt: null } as const;
const NOT_SHELVED = { shelvedUntilAt: null, shelvedBy: null, shelfReason: null } as const;

/** One alarm as a list shows it at this moment (`now`: the broker's time as far as known). */
export function viewAlarm(state: AlarmState, now: EpochMs): AlarmRow {
  const actual = actualState(state);
  const shelf = shelfColumns(state, now);
  const effective = effectiveState(actual, {
    isOutOfService: false,
    isSuppressedByDesign: false,
    isShelved: shelf.shelvedBy !== null,
    isOnDelayed: false,
    isUndecodable: isOwnStateUnknown(state, actual),
  });
  const occurrence = actual === 'normal' ? null : state.occurrence;
  return {
    name: state.name,
    actual,
    effective,
    level: shownLevel(state, actual, occurrence),
    status: shownStatus(state),
    ...registrationColumns(state),
    hasUndecodable: state.undecodable !== null,
    ...occurrenceColumns(occurrence),
    ...answerColumns(actual === 'acknowledged' ? occurrence : null),
    ...shelf,
  };
}

/** Whether a list of alarms and definitions has a row for it at all. */
export function isListed(state: AlarmState, row: AlarmRow): boolean {
  return (
    row.isRegistered ||
    row.effective !== 'normal' ||
    row.actual !== 'normal' ||
    state.undecodable !== null
  );
}

type Columns<K extends keyof AlarmRow> = Pick<AlarmRow, K>;

function registrationColumns(
  state: AlarmState,
): Columns<'location' | 'category' | 'isRegistered' | 'isLatching' | 'canShelve'> {
  const registration = state.registration?.says ?? null;
  return {
    location: registration?.location ?? '',
    category: registration?.category ?? '',
    isRegistered: registration !== null,
    isLatching: isLatching(state),
    canShelve:
      registration === null
        ? !isRegistrationUnreadable(state)
        : registration.maxShelvedSeconds !== 0,
  };
}

function occurrenceColumns(
  occurrence: Occurrence | null,
): Columns<'sinceAt' | 'isSinceExact' | 'calls'> {
  if (occurrence === null) return NO_OCCURRENCE;
  return {
    sinceAt: occurrence.startedAt,
    isSinceExact: occurrence.isKnownFromStart,
    calls: callPositions(occurrence),
  };
}

function answerColumns(
  occurrence: Occurrence | null,
): Columns<'acknowledgedBy' | 'acknowledgedAt'> {
  const answer = occurrence === null ? null : newestAnswer(occurrence);
  if (answer === null) return NOT_ANSWERED;
  return {
    acknowledgedBy: answer.record.audit.user ?? '',
    acknowledgedAt: answer.record.writtenAt,
  };
}

function shelfColumns(
  state: AlarmState,
  now: EpochMs,
): Columns<'shelvedUntilAt' | 'shelvedBy' | 'shelfReason'> {
  const { shelf } = state;
  // Without its registration the alarm's limit is not known, and it may be one that may never be hidden.
  if (shelf === null || isRegistrationUnreadable(state)) return NOT_SHELVED;
  const term = shelfInForce(shelf, state.registration?.says ?? null, now);
  if (term === null) return NOT_SHELVED;
  return {
    shelvedUntilAt: term.untilAt,
    shelvedBy: shelf.record.audit.user ?? '',
    shelfReason: shelf.says.reason,
  };
}

/** What the newest records would say of the alarm's own state cannot be decoded. */
function isOwnStateUnknown({ undecodable }: AlarmState, actual: ActualState): boolean {
  if (undecodable === null) return false;
  if (undecodable.simple !== undefined || undecodable.epics !== undefined) return true;
  // The record may have taken the acknowledgement back.
  const isAckUnknown = undecodable.simpleAck !== undefined || undecodable.epicsAck !== undefined;
  return isAckUnknown && actual === 'acknowledged';
}

function shownLevel(state: AlarmState, actual: ActualState, occurrence: Occurrence | null): Level {
  if (actual === 'returnedToNormalUnacknowledged') return occurrence?.highestLevel ?? 'NORMAL';
  return worseLevel(levelOfKind(state, 'simple'), levelOfKind(state, 'epics'));
}

/** Only where the EPICS record is what gives the level. */
function shownStatus(state: AlarmState): string {
  const level = levelOfKind(state, 'epics');
  if (level === 'NORMAL' || levelRank(level) < levelRank(levelOfKind(state, 'simple'))) return '';
  return state.epics?.says.status ?? '';
}

function newestAnswer(occurrence: Occurrence): Answer | null {
  let newest: Answer | null = null;
  for (const kind of CALL_KINDS) {
    const answer = occurrence.calls[kind]?.answer;
    if (answer === undefined) continue;
    if (newest === null || answer.record.writtenAt > newest.record.writtenAt) newest = answer;
  }
  return newest;
}

function callPositions(occurrence: Occurrence): AlarmRow['calls'] {
  const positions: Partial<Record<CallKind, RecordPosition>> = {};
  for (const kind of CALL_KINDS) {
    const call = occurrence.calls[kind];
    if (call !== undefined) positions[kind] = positionOf(call.record);
  }
  return positions;
}
