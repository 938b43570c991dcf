import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import type { CommandCall, OptionSpec } from '../command/command.ts';
import { optionValue, readPast } from './values.ts';

export const MONITOR: OptionSpec = {
  name: 'monitor',
  summary: 'Go on: print each record as it comes, tombstones too, until interrupted.',
};

export const FOLLOW: OptionSpec = { name: 'follow', summary: 'The same as --monitor.' };

export const ALL: OptionSpec = {
  name: 'all',
  summary:
    'Every record that is left in the topic, older ones and tombstones too, as the seeds’ scripts print it. Without: the newest record of each key.',
};

export const JSON_LINES: OptionSpec = {
  name: 'json',
  summary: 'One JSON object a line (docs/cli.md).',
};

export const SINCE: OptionSpec = {
  name: 'since',
  value: 'TIME',
  summary:
    'Only records written at or after this: a moment with its zone (2026-11-24T14:00:00Z), or a length of time before now (2h).',
};

export const UNTIL: OptionSpec = {
  name: 'until',
  value: 'TIME',
  summary: 'Only records written before this; as --since.',
};

export const NO_META: OptionSpec = {
  name: 'nometa',
  summary: 'Without time and audit headers.',
};

/** What every list takes. */
export const READING_OPTIONS: readonly OptionSpec[] = [
  MONITOR,
  FOLLOW,
  ALL,
  SINCE,
  UNTIL,
  NO_META,
  JSON_LINES,
];

/** The times between which records are wanted. */
export interface TimeSpan {
  /** Null: from the beginning. */
  readonly sinceAt: EpochMs | null;
  /** Null: without end. */
  readonly untilAt: EpochMs | null;
}

/** The span that was asked for; all times where none was. Refused: no zone, no such moment, an end before its beginning. */
export function timeSpanOf({ given, clock }: CommandCall): Result<TimeSpan, string> {
  const read = readPast(clock.now());
  const since = optionValue(given, SINCE, read);
  if (!since.ok) return since;
  const until = optionValue(given, UNTIL, read);
  if (!until.ok) return until;
  const span = { sinceAt: since.value ?? null, untilAt: until.value ?? null };
  const isEmpty = span.sinceAt !== null && span.untilAt !== null && span.untilAt <= span.sinceAt;
  return isEmpty ? failure('--until is not after --since.') : ok(span);
}

/** Whether a moment lies within the span. */
export function isWithin({ sinceAt, untilAt }: TimeSpan, at: EpochMs): boolean {
  return (sinceAt === null || at >= sinceAt) && (untilAt === null || at < untilAt);
}
