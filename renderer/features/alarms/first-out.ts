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
  let first = 0;
  for (let next = lastWithinGap(newestFirst, first); next > first; ) {
    first = next;
    next = lastWithinGap(newestFirst, first);
  }
  const row = first === 0 ? undefined : newestFirst.rowAt(first);
  return row === undefined ? null : { row, burst: first + 1 };
}

/** The last that came within one gap before the one at `from`, by halving: in a flood the burst is the whole list. */
function lastWithinGap(newestFirst: NewestFirst, from: number): number {
  const later = newestFirst.rowAt(from);
  let low = from;
  let high = newestFirst.count() - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (follows(newestFirst.rowAt(middle), later)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function follows(earlier: AlarmRow | undefined, later: AlarmRow | undefined): boolean {
  const [from, to] = [earlier?.sinceAt ?? null, later?.sinceAt ?? null];
  return from !== null && to !== null && to - from <= BURST_GAP_MS;
}
