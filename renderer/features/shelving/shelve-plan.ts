import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import { whyNotShelvable } from '../../stores/offers.ts';
import { alarmsText, count, durationText, shortTimeText } from '../../ui/time-text.ts';

/** The limits that are known so far, in seconds by name: 0 = may not be shelved, null = no limit, absent = not read. */
export type KnownLimits = ReadonlyMap<string, number | null>;

/** What the operator typed in the dialog. */
export interface ShelveDraft {
  readonly end: ShelveEnd;
  readonly reason: string;
  readonly note: string;
}

/** When the shelf is to end. */
export type ShelveEnd =
  | { readonly end: 'after'; readonly durationMs: number }
  | { readonly end: 'at'; readonly typed: string }
  | { readonly end: 'open' };

/** What will happen, and what cannot. */
export interface ShelvePlan {
  /** Sent: whatever a registration forbids outright is left out. */
  readonly rows: readonly AlarmRow[];
  readonly untilAt: number | null;
  /** What will happen, in one sentence; then what will not. */
  readonly sentences: readonly string[];
  /** Why it cannot be sent yet; null = it can. */
  readonly reasonOff: string | null;
}

/** The lengths of time that are one press away, in milliseconds. */
export const PRESETS_MS: readonly number[] = [900_000, 3_600_000, 28_800_000];

const PROPOSED_MS = 3_600_000;

/** The reasons that are one choice away; the last asks for a note. */
export const REASONS: readonly string[] = [
  'Maintenance',
  'Known fault, repair is under way',
  'Chattering or fleeting',
  'Stale alarm',
  'Test',
  'Other',
];

/** Weighs what was typed against what is known of the alarms; `nowAt` is the log's time. */
export function planShelving(
  asked: readonly AlarmRow[],
  limits: KnownLimits,
  draft: ShelveDraft,
  nowAt: number,
): ShelvePlan {
  const rows = asked.filter((row) => row.canShelve);
  const forbidden = asked.filter((row) => !row.canShelve);
  const untilAt = endOf(draft.end, nowAt);
  const over = rows.filter((row) => isOver(limits.get(row.name), draft.end, untilAt, nowAt));
  const sentences = [
    ...(untilAt === undefined || rows.length === 0
      ? []
      : [mainSentence(rows.length - over.length, untilAt, nowAt)]),
    ...(over.length === 0 ? [] : [overSentence(over, limits)]),
    ...(forbidden.length === 0 ? [] : [forbiddenSentence(forbidden)]),
    ...againSentences(rows, nowAt),
  ];
  return {
    rows,
    untilAt: untilAt ?? null,
    sentences,
    reasonOff: whyOff(rows, untilAt, draft, nowAt),
  };
}

/** The text that is written into the log. */
export function reasonText(draft: ShelveDraft): string {
  const note = draft.note.trim();
  if (draft.reason === 'Other') return note;
  return note === '' ? draft.reason : `${draft.reason}: ${note}`;
}

/** What is proposed before the operator has chosen: an hour, or the longest preset that some registration allows, or its limit. */
export function proposedEnd(rows: readonly AlarmRow[], limits: KnownLimits): ShelveEnd {
  const wished = PRESETS_MS.filter((durationMs) => durationMs <= PROPOSED_MS);
  const longest = longestLimitMs(rows, limits) ?? PROPOSED_MS;
  const allowed = wished.filter((durationMs) => durationMs <= longest);
  return { end: 'after', durationMs: allowed.at(-1) ?? longest };
}

/** Why a preset is of no use for any of the alarms; null = it is. */
export function presetOff(
  rows: readonly AlarmRow[],
  limits: KnownLimits,
  durationMs: number,
): string | null {
  const longest = longestLimitMs(rows, limits);
  if (longest === null || durationMs <= longest) return null;
  return `At most ${durationText(longest)} is allowed here.`;
}

/** Whether "until unshelved" may be offered: no registration limits the time. */
export function isOpenEndAllowed(rows: readonly AlarmRow[], limits: KnownLimits): boolean {
  return rows.length > 0 && rows.every((row) => limits.get(row.name) === null);
}

/** The limits of the selected alarms in one line. */
export function limitsText(asked: readonly AlarmRow[], limits: KnownLimits): string {
  // What may not be shelved at all is said by the plan: its limit of nothing says nothing of the others.
  const rows = asked.filter((row) => row.canShelve);
  const known = rows.flatMap((row) => limits.get(row.name) ?? []);
  const unread = rows.filter((row) => !limits.has(row.name)).length;
  const least = known.length === 0 ? null : Math.min(...known);
  if (rows.length === 1 && least !== null) {
    return `Its registration allows at most ${durationText(least * 1_000)}.`;
  }
  if (rows.length === 1 && unread === 0) return 'Its registration sets no limit.';
  const shortest =
    least === null
      ? 'No registration limits the time.'
      : `The shortest limit of a registration is ${durationText(least * 1_000)}.`;
  if (unread === 0) return shortest;
  return unread === rows.length
    ? 'Each alarm has its own limit; it is checked when this is sent.'
    : `${shortest} The limits of ${count(unread)} more are checked when this is sent.`;
}

function endOf(end: ShelveEnd, nowAt: number): number | null | undefined {
  switch (end.end) {
    case 'open':
      return null;
    case 'after':
      return nowAt + end.durationMs;
    case 'at': {
      const at = new Date(end.typed).getTime();
      return Number.isNaN(at) ? undefined : at;
    }
  }
}

function isOver(
  limit: number | null | undefined,
  end: ShelveEnd,
  untilAt: number | null | undefined,
  nowAt: number,
): boolean {
  if (limit === undefined || limit === null || untilAt === undefined) return false;
  const durationMs = end.end === 'after' ? end.durationMs : (untilAt ?? Infinity) - nowAt;
  return durationMs > limit * 1_000;
}

function mainSentence(counted: number, untilAt: number | null, nowAt: number): string {
  if (counted === 0) return 'Shelves none of them.';
  const them = counted === 1 ? 'it' : 'them';
  if (untilAt === null) {
    return `Shelves ${alarmsText(counted)} until somebody unshelves ${them}. Nothing else brings ${them} back.`;
  }
  const back = counted === 1 ? 'It comes back by itself.' : 'They come back by themselves.';
  return `Shelves ${alarmsText(counted)} until ${shortTimeText(untilAt, nowAt)}. ${back}`;
}

function overSentence(over: readonly AlarmRow[], limits: KnownLimits): string {
  const first = over[0];
  if (first === undefined) return '';
  const limit = `${first.name} may be shelved at most ${durationText((limits.get(first.name) ?? 0) * 1_000)}`;
  return over.length === 1
    ? `${limit}: that is shorter.`
    : `${count(over.length)} alarms have a shorter limit, for one ${limit}.`;
}

function forbiddenSentence(forbidden: readonly AlarmRow[]): string {
  const first = forbidden[0]?.name ?? '';
  const why = forbidden[0] === undefined ? '' : whyNotShelvable(forbidden[0]);
  return forbidden.length === 1
    ? `${first} may not be shelved: ${why}.`
    : `${count(forbidden.length)} alarms may not be shelved, for one ${first}: ${why}.`;
}

/** A new shelf takes the place of the one that stands. */
function againSentences(rows: readonly AlarmRow[], nowAt: number): string[] {
  const again = rows.filter((row) => row.effective === 'shelved');
  const first = again[0];
  if (first === undefined) return [];
  const until =
    first.shelvedUntilAt === null
      ? 'until somebody unshelves it'
      : `until ${shortTimeText(first.shelvedUntilAt, nowAt)}`;
  const by = first.shelvedBy ? ` by ${first.shelvedBy}` : '';
  return again.length === 1
    ? [`${first.name} is shelved already ${until}${by}: this takes its place.`]
    : [
        `${count(again.length)} of them are shelved already: this takes the place of their shelves.`,
      ];
}

function whyOff(
  rows: readonly AlarmRow[],
  untilAt: number | null | undefined,
  draft: ShelveDraft,
  nowAt: number,
): string | null {
  if (rows.length === 0) return 'None of these alarms may be shelved.';
  if (untilAt === undefined) return 'Say until when.';
  if (untilAt !== null && untilAt <= nowAt) return 'The end lies in the past.';
  if (draft.reason === '') return 'Choose a reason.';
  return reasonText(draft) === '' ? 'Write the reason as a note.' : null;
}

function longestLimitMs(rows: readonly AlarmRow[], limits: KnownLimits): number | null {
  const known = rows.map((row) => limits.get(row.name));
  const numbers = known.flatMap((limit) => limit ?? []);
  if (numbers.length < known.length || numbers.length === 0) return null;
  return Math.max(...numbers) * 1_000;
}
