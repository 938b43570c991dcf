import type { EpochMs } from '../../core/lib/units.ts';

/**
 * A moment as the operator reads it, in the time zone of the computer: the time of day, with the date where it is not
 * today. Written by hand: the first formatters of Intl cost a start of the console 14 ms.
 */
export function formatTime(at: EpochMs, now: EpochMs): string {
  const moment = new Date(at);
  const clock = joined([moment.getHours(), moment.getMinutes(), moment.getSeconds()], ':');
  if (moment.toDateString() === new Date(now).toDateString()) return clock;
  return `${joined([moment.getFullYear(), moment.getMonth() + 1, moment.getDate()], '-')} ${clock}`;
}

function joined(parts: readonly number[], separator: string): string {
  return parts.map((part) => String(part).padStart(2, '0')).join(separator);
}
