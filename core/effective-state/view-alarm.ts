import { type AlarmState, levelOfKind } from '../alarm/alarm-state.ts';
import { CALL_KINDS, type CallKind } from '../alarm/events.ts';
import { type Level, worseLevel } from '../alarm/level.ts';
import type { Answer, Occurrence } from '../alarm/occurrence.ts';
import type { EpochMs } from '../lib/units.ts';
import type { RecordPosition } from '../ports/alarm-log.ts';
import { shelfInForce } from '../shelving/shelf-in-force.ts';
import { actualState, isLatching } from './actual-state.ts';
import type { ActualState, AlarmRow } from './alarm-row.ts';
import { effectiveState } from './precedence.ts';

const NO_CALLS: AlarmRow['calls'] = {};

/** One alarm as a list shows it at this moment (`now`: the broker's time as far as known). */
export function viewAlarm(state: AlarmState, now: EpochMs): AlarmRow {
  const registration = state.registration?.says ?? null;
  const shelf = shelfInForce(state.shelf, registration, now);
  const actual = actualState(state);
  const covers = {
    isOutOfService: false,
    isSuppressedByDesign: false,
    isShelved: shelf !== null,
    isOnDelayed: false,
    isUndecodable: isActivationUndecodable(state),
  };
  const occurrence = actual === 'normal' ? null : state.occurrence;
  const answer = actual === 'acknowledged' && occurrence !== null ? newestAnswer(occurrence) : null;
  return {
    name: state.name,
    actual,
    effective: effectiveState(actual, covers),
    level: shownLevel(state, actual, occurrence),
    status: shownStatus(state),
    location: registration?.location ?? '',
    category: registration?.category ?? '',
    isRegistered: registration !== null,
    isLatching: isLatching(state),
    canShelve: registration === null || registration.maxShelvedSeconds !== 0,
    hasUndecodable: state.undecodable !== null,
    sinceAt: occurrence?.startedAt ?? null,
    isSinceExact: occurrence?.isKnownFromStart ?? true,
    acknowledgedBy: answer === null ? null : (answer.record.audit.user ?? ''),
    acknowledgedAt: answer?.record.writtenAt ?? null,
    shelvedUntilAt: shelf?.untilAt ?? null,
    shelvedBy: shelf === null ? null : (state.shelf?.record.audit.user ?? ''),
    shelfReason: shelf === null ? null : (state.shelf?.says.reason ?? ''),
    calls: occurrence === null ? NO_CALLS : callPositions(occurrence),
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

function isActivationUndecodable(state: AlarmState): boolean {
  return (
    state.undecodable !== null &&
    (state.undecodable.simple !== undefined || state.undecodable.epics !== undefined)
  );
}

function shownLevel(state: AlarmState, actual: ActualState, occurrence: Occurrence | null): Level {
  if (actual === 'returnedToNormalUnacknowledged') return occurrence?.highestLevel ?? 'NORMAL';
  return worseLevel(levelOfKind(state, 'simple'), levelOfKind(state, 'epics'));
}

function shownStatus(state: AlarmState): string {
  return levelOfKind(state, 'epics') === 'NORMAL' ? '' : (state.epics?.says.status ?? '');
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
    if (call !== undefined) positions[kind] = call.record.position;
  }
  return positions;
}
