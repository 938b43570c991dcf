import type { AlarmState } from '../../core/alarm/alarm-state.ts';
import type { RecordMark } from '../../core/alarm/events.ts';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import { assertNever } from '../../core/lib/invariant.ts';
import type { EpochMs } from '../../core/lib/units.ts';

/** Why an alarm is shown as it is, in whole sentences: what covers it first, then its own state, then what is uncertain. */
export function explainState(
  state: AlarmState,
  row: AlarmRow,
  formatTime: (at: EpochMs) => string,
): string[] {
  return [
    ...coverSentences(state, row, formatTime),
    ...ownSentences(state, row, formatTime),
    ...doubtSentences(state, row),
  ];
}

function coverSentences(
  state: AlarmState,
  row: AlarmRow,
  formatTime: (at: EpochMs) => string,
): string[] {
  if (row.effective !== 'shelved') return [];
  const until =
    row.shelvedUntilAt === null
      ? 'until somebody unshelves it'
      : `until ${formatTime(row.shelvedUntilAt)}`;
  const sentences = [`It is shelved ${until}${byWhom(row.shelvedBy)}: ${row.shelfReason ?? ''}.`];
  const ordered = state.shelf?.says.expiresAt ?? null;
  if (row.shelvedUntilAt !== null && ordered !== row.shelvedUntilAt) {
    sentences.push(
      'The shelf was ordered for longer than its registration allows; only the limit counts.',
    );
  }
  return sentences;
}

function ownSentences(
  state: AlarmState,
  row: AlarmRow,
  formatTime: (at: EpochMs) => string,
): string[] {
  const since = row.sinceAt === null ? '' : sinceText(row, row.sinceAt, formatTime);
  switch (row.actual) {
    case 'normal':
      return ['It is normal: no source says that it alarms.'];
    case 'unacknowledged':
      return [
        `It is active at level ${row.level}${since} and nobody has acknowledged that.`,
        ...calledSentences(state, formatTime),
      ];
    case 'acknowledged':
      return [`It is active at level ${row.level}${since}; ${acknowledgedText(row, formatTime)}.`];
    case 'returnedToNormalUnacknowledged':
      return [
        `It has returned to normal${returnedText(state, formatTime)}, but it latches and was not acknowledged; its highest level was ${row.level}.`,
      ];
    default:
      return assertNever(row.actual);
  }
}

function doubtSentences(state: AlarmState, row: AlarmRow): string[] {
  const sentences: string[] = [];
  if (!row.isRegistered) sentences.push('It is not registered: nothing says what it is for.');
  if (!row.isSinceExact) {
    sentences.push(
      'The log has forgotten when it began: it may have stood for longer, and higher.',
    );
  }
  for (const [slot, undecodable] of Object.entries(state.undecodable ?? {})) {
    sentences.push(`Its newest ${slot} record cannot be decoded: ${undecodable.reason}.`);
  }
  return sentences;
}

function calledSentences(state: AlarmState, formatTime: (at: EpochMs) => string): string[] {
  const calls = Object.values(state.occurrence?.calls ?? {});
  return calls
    .filter((call) => call.answer === undefined)
    .map(
      (call) =>
        `The record that calls for an answer was written at ${formatTime(call.record.writtenAt)}${byWhom(writerOf(call.record))}.`,
    );
}

function acknowledgedText(row: AlarmRow, formatTime: (at: EpochMs) => string): string {
  const at = row.acknowledgedAt === null ? '' : ` at ${formatTime(row.acknowledgedAt)}`;
  return `it was acknowledged${at}${byWhom(row.acknowledgedBy)}`;
}

function returnedText(state: AlarmState, formatTime: (at: EpochMs) => string): string {
  const at = state.occurrence?.returnedAt;
  return at === undefined ? '' : ` at ${formatTime(at)}`;
}

function sinceText(row: AlarmRow, at: EpochMs, formatTime: (at: EpochMs) => string): string {
  return row.isSinceExact ? ` since ${formatTime(at)}` : ` since ${formatTime(at)} at the latest`;
}

function writerOf(record: RecordMark): string | null {
  return record.audit.producer ?? record.audit.user ?? null;
}

function byWhom(who: string | null): string {
  return who === null || who === '' ? '' : ` by ${who}`;
}
