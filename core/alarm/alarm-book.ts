import type { AlarmRow, EffectiveState } from '../effective-state/alarm-row.ts';
import type { AlarmCounts } from '../effective-state/counts.ts';
import { isListed, viewAlarm } from '../effective-state/view-alarm.ts';
import type { AlarmName } from '../lib/alarm-name.ts';
import { createDeadlineHeap } from '../lib/deadline-heap.ts';
import type { EpochMs } from '../lib/units.ts';
import type { LogSweep } from '../ports/alarm-log.ts';
import { createShelfWatch } from '../shelving/shelf-watch.ts';
import { isFoldedUpTo } from './adopt-snapshot.ts';
import { type AlarmState, unknownAlarm } from './alarm-state.ts';
import type { AlarmEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { forgetSlots, type SlotsOfTopic, sweepEvent, sweepSlots } from './forget.ts';
import { isSameOccurrence } from './same-occurrence.ts';
import { withoutVanishedAnswers } from './vanished-answers.ts';

/** What has changed since it was last asked: rows as they are now, and names that no list shows any more. */
export interface BookChanges {
  readonly rows: readonly AlarmRow[];
  readonly removed: readonly AlarmName[];
}

/** All alarms, folded. The one place that holds them; every event goes through `evolve`. */
export interface AlarmBook {
  apply(event: AlarmEvent): void;
  /** Forgets what was read of these slots, of every alarm. */
  forget(slots: SlotsOfTopic): void;
  /** Every activation up to the head has been applied: answers whose acknowledgement is not in the log any more do not count. */
  settleAnswers(): void;
  /** Clears what a second look did not find any more. */
  sweep(slots: SlotsOfTopic, sweep: LogSweep): void;
  state(name: AlarmName): AlarmState | undefined;
  states(): IterableIterator<AlarmState>;
  readonly size: number;
  /** How many alarms have changed and have not been taken. */
  readonly changedCount: number;
  /**
   * The rows of at most `limit` changed alarms at this moment, shelves that have ended by then among them.
   * What is left over stays changed.
   */
  takeChanges(now: EpochMs, limit?: number): BookChanges;
  /** When a row next changes by time alone, or null. */
  nextDeadline(): EpochMs | null;
  /** The alarms for whose shelf the shelf service has something to write at this moment, each with since when. */
  dueShelves(now: EpochMs): ReadonlyMap<AlarmName, EpochMs>;
  /** When the next shelf that is not due yet will be, or null. */
  nextShelfDue(): EpochMs | null;
  /** Of the rows as they were taken. registered + notRegistered = the sum of the states. */
  counts(): AlarmCounts;
  /** Snapshots of the keeper that differed from what was folded here from the start. */
  readonly disagreements: number;
}

interface Entry {
  state: AlarmState;
  isChanged: boolean;
  /** The row as it was last taken and counted; null when no list shows it. */
  row: AlarmRow | null;
}

type Tally = Record<EffectiveState, number> & { registered: number; notRegistered: number };

/** Who watches each event as it is folded: the alarm before and after it, equal where it changed nothing. */
export interface FoldWatcher {
  onEvolved(before: AlarmState, after: AlarmState, event: AlarmEvent): void;
  /** A second look at the log has cleared a slot, as if by this event; its mark is that of the record that is gone. */
  onSwept(before: AlarmState, after: AlarmState, event: AlarmEvent): void;
}

/** An empty book. */
export function createAlarmBook(watcher?: FoldWatcher): AlarmBook {
  return new FoldedBook(watcher);
}

class FoldedBook implements AlarmBook {
  readonly #entries = new Map<AlarmName, Entry>();
  readonly #deadlines = createDeadlineHeap<AlarmName>();
  readonly #shelves = createShelfWatch();
  readonly #tally = emptyTally();
  #changed: Entry[] = [];
  /** How many of the changed have been taken. */
  #taken = 0;
  #disagreements = 0;
  /** Only what a snapshot tells of can have vanished from the log. */
  #hasSnapshots = false;
  readonly #watcher: FoldWatcher | undefined;

  constructor(watcher: FoldWatcher | undefined) {
    this.#watcher = watcher;
  }

  get size(): number {
    return this.#entries.size;
  }

  get changedCount(): number {
    return this.#changed.length - this.#taken;
  }

  get disagreements(): number {
    return this.#disagreements;
  }

  apply(event: AlarmEvent): void {
    let entry = this.#entries.get(event.name);
    if (entry === undefined) {
      entry = { state: unknownAlarm(event.name), isChanged: false, row: null };
      this.#entries.set(event.name, entry);
    }
    const next = evolve(entry.state, event);
    if (event.fact.fact === 'occurrenceKept') {
      this.#hasSnapshots = true;
      if (disagrees(entry.state, next)) this.#disagreements += 1;
    }
    const before = entry.state;
    this.#set(entry, next);
    this.#watcher?.onEvolved(before, next, event);
  }

  forget(slots: SlotsOfTopic): void {
    for (const entry of this.#entries.values()) this.#set(entry, forgetSlots(entry.state, slots));
  }

  settleAnswers(): void {
    if (!this.#hasSnapshots) return;
    for (const entry of this.#entries.values())
      this.#set(entry, withoutVanishedAnswers(entry.state));
  }

  sweep(slots: SlotsOfTopic, sweep: LogSweep): void {
    for (const entry of this.#entries.values()) {
      if (this.#watcher !== undefined) this.#sweepWatched(entry, slots, sweep);
      this.#set(entry, sweepSlots(entry.state, slots, sweep));
    }
  }

  state(name: AlarmName): AlarmState | undefined {
    return this.#entries.get(name)?.state;
  }

  *states(): IterableIterator<AlarmState> {
    for (const entry of this.#entries.values()) yield entry.state;
  }

  takeChanges(now: EpochMs, limit = Number.POSITIVE_INFINITY): BookChanges {
    for (const name of this.#deadlines.takeDue(now)) {
      const entry = this.#entries.get(name);
      if (entry !== undefined) this.#mark(entry);
    }
    const rows: AlarmRow[] = [];
    const removed: AlarmName[] = [];
    for (const entry of this.#takeChanged(limit)) {
      const wasListed = entry.row !== null;
      const row = this.#refresh(entry, now);
      if (row !== null) rows.push(row);
      else if (wasListed) removed.push(entry.state.name);
    }
    return { rows, removed };
  }

  nextDeadline(): EpochMs | null {
    return this.#deadlines.next();
  }

  dueShelves(now: EpochMs): ReadonlyMap<AlarmName, EpochMs> {
    return this.#shelves.due(now);
  }

  nextShelfDue(): EpochMs | null {
    return this.#shelves.nextDue();
  }

  counts(): AlarmCounts {
    return countsOf(this.#tally);
  }

  #set(entry: Entry, state: AlarmState): void {
    if (entry.state === state) return;
    this.#shelves.note(entry.state, state);
    entry.state = state;
    this.#mark(entry);
  }

  #sweepWatched(entry: Entry, slots: SlotsOfTopic, sweep: LogSweep): void {
    for (const slot of slots) {
      const before = entry.state;
      const event = sweepEvent(before, slot, sweep);
      if (event === null) continue;
      this.#set(entry, sweepSlots(before, [slot], sweep));
      this.#watcher?.onSwept(before, entry.state, event);
    }
  }

  #mark(entry: Entry): void {
    if (entry.isChanged) return;
    entry.isChanged = true;
    this.#changed.push(entry);
  }

  /** In the order in which they changed; what was taken is let go in one piece, since moving the rest up costs more. */
  #takeChanged(limit: number): Entry[] {
    const from = this.#taken;
    const to = Math.min(this.#changed.length, from + limit);
    const entries = this.#changed.slice(from, to);
    this.#taken = to;
    if (to === this.#changed.length) {
      this.#changed = [];
      this.#taken = 0;
    }
    return entries;
  }

  #refresh(entry: Entry, now: EpochMs): AlarmRow | null {
    entry.isChanged = false;
    const row = viewAlarm(entry.state, now);
    const listed = isListed(entry.state, row) ? row : null;
    count(this.#tally, entry.row, -1);
    count(this.#tally, listed, 1);
    entry.row = listed;
    this.#deadlines.set(entry.state.name, row.shelvedUntilAt);
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

function count(tally: Tally, row: AlarmRow | null, by: 1 | -1): void {
  if (row === null) return;
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

/** Whether the snapshot that was just taken over says otherwise than what was folded here from the start. */
function disagrees(before: AlarmState, after: AlarmState): boolean {
  if (before.occurrence === after.occurrence) return false;
  if (before.occurrence === null || !before.occurrence.isKnownFromStart) return false;
  if (after.snapshot === null || !isFoldedUpTo(before, after.snapshot)) return false;
  return after.occurrence === null || !isSameOccurrence(before.occurrence, after.occurrence);
}
