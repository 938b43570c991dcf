import { LATEST_AT } from '../../core/lib/units.ts';

// Written by hand: the first formatter of Intl costs tens of milliseconds of the start of the window.
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** "14:05:11", local time. */
export function clockText(at: number): string {
  return isShowable(at) ? clockOf(new Date(at)) : '–';
}

/** "14:05", and the day where it is not today's: "21 Nov 14:05". */
export function shortTimeText(at: number, nowAt: number): string {
  if (!isShowable(at)) return 'a time that no calendar holds';
  const date = new Date(at);
  const clock = clockOf(date).slice(0, 5);
  return isSameDay(at, nowAt) ? clock : `${twoDigits(date.getDate())} ${monthOf(date)} ${clock}`;
}

/** "14:05:11" of today, else "21 Nov 14:05": one width for the column. */
export function sinceText(at: number, nowAt: number): string {
  if (!isShowable(at)) return '–';
  return isSameDay(at, nowAt) ? clockOf(new Date(at)) : shortTimeText(at, nowAt);
}

/** "14:05:11" of today, else "21 Nov 14:05:11": a record of yesterday must not be read as one of this shift. */
export function dayAndClockText(at: number, nowAt: number): string {
  if (!isShowable(at) || isSameDay(at, nowAt)) return clockText(at);
  const date = new Date(at);
  return `${twoDigits(date.getDate())} ${monthOf(date)} ${clockOf(date)}`;
}

/** "22 Nov 2026, 14:05:11". */
export function fullTimeText(at: number): string {
  if (!isShowable(at)) return '–';
  const date = new Date(at);
  return `${date.getDate()} ${monthOf(date)} ${date.getFullYear()}, ${clockOf(date)}`;
}

/** A length of time, short, for a column: "52 s", "9 m", "1 h 27", "3 d 4 h". */
export function ageText(ms: number): string {
  if (ms < 0) return '0 s';
  if (ms < 100 * SECOND_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} m`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ${twoDigits((ms % HOUR_MS) / MINUTE_MS)}`;
  return `${Math.floor(ms / DAY_MS)} d ${Math.floor((ms % DAY_MS) / HOUR_MS)} h`;
}

/** Time left, to the second below an hour so that the operator sees it move: "7:04", "1 h 27". */
export function timeLeftText(ms: number): string {
  if (ms <= 0) return 'ends now';
  if (ms >= HOUR_MS) return ageText(ms);
  return `${Math.floor(ms / MINUTE_MS)}:${twoDigits((ms % MINUTE_MS) / SECOND_MS)}`;
}

/** A limit or a preset in words: "15 min", "1 h", "8 h", "1 h 30 min", "45 s". */
export function durationText(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  const seconds = Math.floor((ms % MINUTE_MS) / SECOND_MS);
  const parts = [
    hours > 0 ? `${count(hours)} h` : '',
    minutes > 0 ? `${minutes} min` : '',
    seconds > 0 && hours === 0 ? `${seconds} s` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** "UTC+1", "UTC-3:30" for minutes east of Greenwich. */
export function zoneText(minutesEast: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(minutesEast) / 60), Math.abs(minutesEast) % 60];
  const part = minutes === 0 ? '' : `:${twoDigits(minutes)}`;
  return `UTC${minutesEast < 0 ? '-' : '+'}${hours}${part}`;
}

/** "41,200". */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 alarm", "3 alarms", "1,200 alarms". */
export function alarmsText(value: number): string {
  return `${count(value)} ${value === 1 ? 'alarm' : 'alarms'}`;
}

function clockOf(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

function monthOf(date: Date): string {
  return MONTHS[date.getMonth()] ?? '';
}

function isShowable(at: number): boolean {
  return Math.abs(at) <= LATEST_AT;
}

function isSameDay(a: number, b: number): boolean {
  const [one, other] = [new Date(a), new Date(b)];
  return (
    one.getDate() === other.getDate() &&
    one.getMonth() === other.getMonth() &&
    one.getFullYear() === other.getFullYear()
  );
}

function twoDigits(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
