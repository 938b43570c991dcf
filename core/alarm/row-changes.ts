import type { AlarmRow, EffectiveState } from '../effective-state/alarm-row.ts';
import type { AlarmCounts } from '../effective-state/counts.ts';
import { isListed, viewAlarm } from '../effective-state/view-alarm.ts';
import type { AlarmName } from '../lib/alarm-name.ts';
import { createDeadlineHeap } from '../lib/deadline-heap.ts';
import type { EpochMs } from '../lib/units.ts';
import type { AlarmStates } from './alarm-states.ts';

/** What has changed since it was last asked: rows as they are now, and names that no list shows any more. */
export interface BookChanges {
  readonly rows: readonly AlarmRow[];
  readonly removed: readonly AlarmName[];
}

type Tally = Record<EffectiveState, number> & { registered: number; notRegistered: number };

/**
 * The rows of a book: which have changed, as which they were last taken, and how many stand in which state. Nothing is noted
 * before rows are first taken: until then all have changed, and a program that shows none pays nothing for them.
 */
export class RowChanges {
  readonly #states: AlarmStates;
  readonly #deadlines = createDeadlineHeap<AlarmName>();
  readonly #tally = emptyTally();
  /** The rows that lists show, as they were last taken and counted. */
  readonly #listed = new Map<AlarmName, AlarmRow>();
  readonly #changed = new Set<AlarmName>();
  /** The alarms that have never been taken, and how many have; null before the first taking. */
  #untaken: IterableIterator<AlarmName> | null = null;
  #firstTaken = 0;

  constructor(states: AlarmStates) {
    this.#states = states;
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0 || this.#firstTaken < this.#states.size;
  }

  note(name: AlarmName): void {
    if (this.#untaken !== null) this.#changed.add(name);
  }

  take(now: EpochMs, limit: number): BookChanges {
    for (const name of this.#deadlines.takeDue(now)) this.#changed.add(name);
    const rows: AlarmRow[] = [];
    const removed: AlarmName[] = [];
    for (const name of this.#takeNames(limit)) {
      const wasListed = this.#listed.has(name);
      const row = this.#refresh(name, now);
      if (row !== null) rows.push(row);
      else if (wasListed) removed.push(name);
    }
    return { rows, removed };
  }

  nextDeadline(): EpochMs | null {
    return this.#deadlines.next();
  }

  counts(): AlarmCounts {
    return countsOf(this.#tally);
  }

  /** Those that were never taken first, then in the order in which they changed. */
  #takeNames(limit: number): AlarmName[] {
    const names = this.#takeUntaken(limit);
    for (const name of this.#changed) {
      if (names.length >= limit) break;
      names.push(name);
      this.#changed.delete(name);
    }
    return names;
  }

  #takeUntaken(limit: number): AlarmName[] {
    this.#untaken ??= this.#states.names();
    const names: AlarmName[] = [];
    while (names.length < limit && this.#firstTaken < this.#states.size) {
      const { value, done } = this.#untaken.next();
      if (done === true) break;
      names.push(value);
      this.#firstTaken += 1;
      this.#changed.delete(value);
    }
    return names;
  }

  #refresh(name: AlarmName, now: EpochMs): AlarmRow | null {
    const state = this.#states.get(name);
    if (state === undefined) return null;
    const row = viewAlarm(state, now);
    const listed = isListed(state, row) ? row : null;
    count(this.#tally, this.#listed.get(name), -1);
    if (listed === null) this.#listed.delete(name);
    else {
      count(this.#tally, listed, 1);
      this.#listed.set(name, listed);
    }
    this.#deadlines.set(name, row.shelvedUntilAt);
    return listed;
  }
}

function emptyTally(): Tally {
  return {
    outOfService: 0,
    suppressedByDesign: 0,
    shelved: 0,
    onDelayed: 0,
    undecodable: 0,
    returnedToNormalUnacknowledged: 0,
    unacknowledged: 0,
    acknowledged: 0,
    normal: 0,
    registered: 0,
    notRegistered: 0,
  };
}

function count(tally: Tally, row: AlarmRow | undefined, by: 1 | -1): void {
  if (row === undefined) return;
  tally[row.effective] += by;
  if (row.isRegistered) tally.registered += by;
  else tally.notRegistered += by;
}

function countsOf(tally: Tally): AlarmCounts {
  return {
    registered: tally.registered,
    notRegistered: tally.notRegistered,
    normal: tally.normal,
    unacknowledged: tally.unacknowledged,
    acknowledged: tally.acknowledged,
    returned: tally.returnedToNormalUnacknowledged,
    shelved: tally.shelved,
    suppressed: tally.suppressedByDesign + tally.onDelayed,
    outOfService: tally.outOfService,
    undecodable: tally.undecodable,
  };
}
