import { worseLevel } from '../../../core/alarm/level.ts';
import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import { LEVEL_PRESENTATION } from '../../ui/presentation.ts';
import { count } from '../../ui/time-text.ts';

/** What a screen reader says of alarms that have just come, and whether it interrupts. */
export interface Announcement {
  readonly text: string;
  readonly isUrgent: boolean;
}

/** One alarm by name; several in one sentence with the worst level and the first that came. Null for none. */
export function announcementOf(rows: readonly AlarmRow[]): Announcement | null {
  const first = rows[0];
  if (first === undefined) return null;
  const worst = rows.reduce((level, row) => worseLevel(level, row.level), first.level);
  const { word, isUrgent } = LEVEL_PRESENTATION[worst];
  const place = [first.location, first.category].filter((text) => text !== '').join(', ');
  const one = `${word} ${first.name} unacknowledged${place === '' ? '' : `, ${place}`}.`;
  const many = `${count(rows.length)} new alarms, worst ${word}, first ${first.name}.`;
  return { text: rows.length === 1 ? one : many, isUrgent };
}
