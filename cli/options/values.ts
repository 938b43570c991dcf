import { failure, ok, type Result } from '../../core/lib/result.ts';
import {
  type DurationMs,
  durationMs,
  type EpochMs,
  epochMs,
  LATEST_AT,
} from '../../core/lib/units.ts';
import type { OptionSpec, ParsedArguments } from '../command/command.ts';
import { shown } from '../command/parse-arguments.ts';

/** The value of an option read by `read`; undefined where the option is absent; refused naming the option. */
export function optionValue<T>(
  given: ParsedArguments,
  option: OptionSpec,
  read: (text: string) => Result<T, string>,
): Result<T | undefined, string> {
  const text = given.text(option);
  if (text === undefined) return ok(undefined);
  const value = read(text);
  return value.ok ? value : failure(`--${option.name} cannot be ${shown(text)}: ${value.error}`);
}

/** A whole number of the decimal system that a JavaScript number holds exactly. */
export function readInteger(text: string): Result<number, string> {
  const number = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? ok(number) : failure('it is not a whole number.');
}

/** Seconds above 0. */
export function readSeconds(text: string): Result<DurationMs, string> {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return seconds > 0 && seconds < 1e9
    ? ok(durationMs(seconds * 1_000))
    : failure('it is not a number of seconds above 0.');
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  min: 60_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A length of time as `15min`, `2h30min`, `90s`, `1d`; above 0. A bare number has no unit and is refused. */
export function readDuration(text: string): Result<DurationMs, string> {
  const isWhole = /^(\s*\d+(\.\d+)?\s*[a-z]+)+\s*$/.test(text);
  let sum = 0;
  for (const [, number, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    sum += Number(number) * (UNITS[unit] ?? Number.NaN);
  }
  return isWhole && sum > 0 && Number.isFinite(sum)
    ? ok(durationMs(Math.round(sum)))
    : failure('write it with units, as 90s, 15min, 2h or 1d.');
}

const MOMENT =
  /^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?)?\s*([Zz]|[+-]\d{2}(:?\d{2})?)?$/;

/** A moment with its zone: `2026-11-24T14:00:00Z`, `2026-11-24 14:00 +01:00`. Without a zone it would mean another moment elsewhere. */
export function readMoment(text: string): Result<EpochMs, string> {
  const match = MOMENT.exec(text.trim());
  if (match === null) return failure('write it as 2026-11-24T14:00:00Z.');
  const [, time, , , zone] = match;
  if (zone === undefined) {
    return failure('its time zone is missing; add Z, or the offset as +01:00.');
  }
  if (time === undefined) return failure('the time of day is missing.');
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : fullOffset(zone);
  const date = text.trim().slice(0, 10);
  const at = Date.parse(`${date}T${time.slice(1).replace(',', '.')}${offset}`);
  const isOfCalendar =
    !Number.isNaN(at) && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
  return isOfCalendar ? ok(epochMs(at)) : failure('there is no such moment.');
}

/** A moment, or a length of time before now. */
export function readPast(now: EpochMs): (text: string) => Result<EpochMs, string> {
  return (text) => {
    const duration = readDuration(text);
    if (duration.ok) return sinceEpoch(now - duration.value);
    if (!/^\d{4}-/.test(text.trim())) {
      return failure(
        'write it as 2026-11-24T14:00:00Z, or as a length of time with its unit, as 2h.',
      );
    }
    const moment = readMoment(text);
    return moment.ok ? sinceEpoch(moment.value) : moment;
  };
}

/** Before 1970 there is no record, and Kafka takes some of its numbers for other questions. */
function sinceEpoch(at: number): Result<EpochMs, string> {
  return at < 0 ? failure('it lies before 1970; choose a later time.') : ok(epochMs(at));
}

function fullOffset(zone: string): string {
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/** When something ends, from a number of milliseconds. Refused: a moment that no calendar has, which would be cut to another. */
export function endAt(ms: number): Result<EpochMs, string> {
  return ms <= LATEST_AT
    ? ok(epochMs(ms))
    : failure('The end lies beyond every calendar. Choose an earlier one, or none.');
}
