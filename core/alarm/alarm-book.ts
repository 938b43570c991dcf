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
import { createChangedNames } from './changed-names.ts';
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
  readonly #states = new Map<AlarmName, AlarmState>();
  readonly #shelves = createShelfWatch();
  readonly #changes = createChangedNames(this.#states);
  /** Rows as they were last taken and counted, of alarms that a list shows. */
  readonly #rows = new Map<AlarmName, AlarmRow>();
  readonly #deadlines = createDeadlineHeap<AlarmName>();
  readonly #tally = emptyTally();
  #disagreements = 0;
  readonly #watcher: FoldWatcher | undefined;

  constructor(watcher: FoldWatcher | undefined) {
    this.#watcher = watcher;
  }

  get size(): number {
    return this.#states.size;
  }

  get changedCount(): number {
    return this.#changes.count;
  }

  get disagreements(): number {
    return this.#disagreements;
  }

  apply(event: AlarmEvent): void {
    const before = this.#states.get(event.name) ?? unknownAlarm(event.name);
    const next = evolve(before, event);
    if (event.fact.fact === 'occurrenceKept' && disagrees(before, next)) {
      this.#disagreements += 1;
    }
    this.#set(before, next);
    this.#watcher?.onEvolved(before, next, event);
  }

  forget(slots: SlotsOfTopic): void {
    for (const state of this.#states.values()) this.#set(state, forgetSlots(state, slots));
  }

  settleAnswers(): void {
    for (const state of this.#states.values()) this.#set(state, withoutVanishedAnswers(state));
  }

  sweep(slots: SlotsOfTopic, sweep: LogSweep): void {
    for (const state of this.#states.values()) {
      const left =
        this.#watcher === undefined
          ? state
          : this.#sweepWatched(this.#watcher, state, slots, sweep);
      this.#set(left, sweepSlots(left, slots, sweep));
    }
  }

  state(name: AlarmName): AlarmState | undefined {
    return this.#states.get(name);
  }

  states(): IterableIterator<AlarmState> {
    return this.#states.values();
  }

  takeChanges(now: EpochMs, limit = Number.POSITIVE_INFINITY): BookChanges {
    for (const name of this.#deadlines.takeDue(now)) this.#changes.add(name);
    const rows: AlarmRow[] = [];
    const removed: AlarmName[] = [];
    for (const name of this.#changes.take(limit)) {
      const state = this.#states.get(name);
      if (state === undefined) continue;
      const wasListed = this.#rows.has(name);
      const row = this.#refresh(state, now);
      if (row !== null) rows.push(row);
      else if (wasListed) removed.push(name);
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

  #set(before: AlarmState, state: AlarmState): void {
    if (before === state) return;
    this.#shelves.note(before, state);
    this.#states.set(state.name, state);
    this.#changes.add(state.name);
  }

  #sweepWatched(
    watcher: FoldWatcher,
    swept: AlarmState,
    slots: SlotsOfTopic,
    sweep: LogSweep,
  ): AlarmState {
    let state = swept;
    for (const slot of slots) {
      const event = sweepEvent(state, slot, sweep);
      if (event === null) continue;
      const before = state;
      state = sweepSlots(before, [slot], sweep);
      this.#set(before, state);
      watcher.onSwept(before, state, event);
    }
    return state;
  }

  #refresh(state: AlarmState, now: EpochMs): AlarmRow | null {
    const { name } = state;
    const row = viewAlarm(state, now);
    const before = this.#rows.get(name);
    const listed = isListed(state, row) ? row : null;
    if (before !== undefined) count(this.#tally, before, -1);
    if (listed === null) this.#rows.delete(name);
    else {
      count(this.#tally, listed, 1);
      this.#rows.set(name, listed);
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

function count(tally: Tally, row: AlarmRow, by: 1 | -1): void {
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
