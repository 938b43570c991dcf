import type { EpochMs } from '../../core/lib/units.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

let lastSecond = Number.NaN;
let lastText = '';

/**
 * A moment as C's `ctime` writes it, in the computer's time zone: `Tue Nov  3 14:19:15 2026`. Records of one second stand
 * together in a log, so the last answer is kept.
 */
export function ctime(at: EpochMs): string {
  const second = Math.floor(at / 1_000);
  if (second === lastSecond) return lastText;
  lastSecond = second;
  const date = new Date(at);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
  const day = String(date.getDate()).padStart(2);
  lastText = `${DAYS[date.getDay()]} ${MONTHS[date.getMonth()]} ${day} ${time} ${date.getFullYear()}`;
  return lastText;
}

/** A moment for people in sentences, with its zone: `2026-11-03 14:19:15 +01:00`. */
export function zonedTime(at: EpochMs): string {
  const offset = -new Date(at).getTimezoneOffset();
  const local = new Date(at + offset * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset);
  return `${local} ${sign}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
