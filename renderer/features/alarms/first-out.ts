import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';

/** What the strip needs of a list: newest first. */
export interface NewestFirst {
  count(): number;
  rowAt(index: number): AlarmRow | undefined;
}

/** The alarm that came first in the newest burst, and how many came with it. */
export interface FirstOut {
  readonly row: AlarmRow;
  readonly burst: number;
}

/** Alarms that follow each other within this many milliseconds belong to one burst. */
export const BURST_GAP_MS = 60_000;

/**
 * The first alarm of the newest burst: what most likely caused the rest. Null where the newest alarm came alone.
 * `newestFirst` holds the unacknowledged alarms by their start.
 */
export function firstOut(newestFirst: NewestFirst): FirstOut | null {
  const count = newestFirst.count();
  let first = newestFirst.rowAt(0);
  let burst = 1;
  for (let at = 1; at < count; at += 1) {
    const row = newestFirst.rowAt(at);
    if (row === undefined || !follows(row, first)) break;
    first = row;
    burst += 1;
  }
  return first === undefined || burst < 2 ? null : { row: first, burst };
}

function follows(earlier: AlarmRow, later: AlarmRow | undefined): boolean {
  if (later === undefined || later.sinceAt === null || earlier.sinceAt === null) return false;
  return later.sinceAt - earlier.sinceAt <= BURST_GAP_MS;
}
