import type { EpochMs } from '../../core/lib/units.ts';

const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const DATE_AND_TIME = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** A moment as the operator reads it, in the time zone of the computer: the time of day, with the date where it is not today. */
export function formatTime(at: EpochMs, now: EpochMs): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return (isToday ? TIME : DATE_AND_TIME).format(at);
}
