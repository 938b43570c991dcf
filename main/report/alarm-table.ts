import { levelRank } from '../../core/alarm/level.ts';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { EpochMs } from '../../core/lib/units.ts';

const HEADINGS = ['LEVEL', 'STATE', 'ALARM', 'LOCATION', 'CATEGORY', 'SINCE'] as const;

/** The abnormal alarms as plain text, worst and newest first: what a terminal shows of the window. */
export function alarmTable(rows: readonly AlarmRow[], formatTime: (at: EpochMs) => string): string {
  const abnormal = rows.filter((row) => row.effective !== 'normal').toSorted(worstFirst);
  if (abnormal.length === 0) return `No alarm is active. Watching ${rows.length} alarms.`;
  const cells = abnormal.map((row) => [
    row.level,
    row.effective,
    row.name,
    row.location,
    row.category,
    row.sinceAt === null ? '' : formatTime(row.sinceAt),
  ]);
  const lines = [[...HEADINGS], ...cells];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...text, '', `${abnormal.length} of ${rows.length} alarms are not normal.`].join('\n');
}

function worstFirst(a: AlarmRow, b: AlarmRow): number {
  return (
    levelRank(b.level) - levelRank(a.level) ||
    (b.sinceAt ?? 0) - (a.sinceAt ?? 0) ||
    (a.name < b.name ? -1 : 1)
  );
}
