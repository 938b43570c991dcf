import type { AlarmCounts } from '../effective-state/counts.ts';
import type { AlarmName } from '../lib/alarm-name.ts';
import type { EpochMs } from '../lib/units.ts';
import type { LogSweep } from '../ports/alarm-log.ts';
import { createShelfWatch } from '../shelving/shelf-watch.ts';
import { isFoldedUpTo } from './adopt-snapshot.ts';
import { type AlarmState, unknownAlarm } from './alarm-state.ts';
import { AlarmStates } from './alarm-states.ts';
import type { AlarmEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { forgetSlots, type SlotsOfTopic, sweepEvent, sweepSlots } from './forget.ts';
import { type BookChanges, RowChanges } from './row-changes.ts';
import { isSameOccurrence } from './same-occurrence.ts';
import { withoutVanishedAnswers } from './vanished-answers.ts';

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
  /** Whether alarms have changed and have not been taken. Before the first taking all have. */
  readonly hasChanges: boolean;
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
  readonly #states = new AlarmStates();
  readonly #rows = new RowChanges(this.#states);
  readonly #shelves = createShelfWatch();
  #disagreements = 0;
  /** Only what a snapshot tells of can have vanished from the log. */
  #hasSnapshots = false;
  readonly #watcher: FoldWatcher | undefined;

  constructor(watcher: FoldWatcher | undefined) {
    this.#watcher = watcher;
  }

  get size(): number {
    return this.#states.size;
  }

  get hasChanges(): boolean {
    return this.#rows.hasChanges;
  }

  get disagreements(): number {
    return this.#disagreements;
  }

  apply(event: AlarmEvent): void {
    const before = this.#states.get(event.name) ?? unknownAlarm(event.name);
    const next = evolve(before, event);
    if (event.fact.fact === 'occurrenceKept') {
      this.#hasSnapshots = true;
      if (disagrees(before, next)) this.#disagreements += 1;
    }
    this.#set(before, next);
    this.#watcher?.onEvolved(before, next, event);
  }

  forget(slots: SlotsOfTopic): void {
    for (const state of this.#states.all()) this.#set(state, forgetSlots(state, slots));
  }

  settleAnswers(): void {
    if (!this.#hasSnapshots) return;
    for (const state of this.#states.all()) this.#set(state, withoutVanishedAnswers(state));
  }

  sweep(slots: SlotsOfTopic, sweep: LogSweep): void {
    for (const state of this.#states.all()) {
      if (this.#watcher === undefined) this.#set(state, sweepSlots(state, slots, sweep));
      else this.#sweepWatched(this.#watcher, state, slots, sweep);
    }
  }

  state(name: AlarmName): AlarmState | undefined {
    return this.#states.get(name);
  }

  states(): IterableIterator<AlarmState> {
    return this.#states.all();
  }

  takeChanges(now: EpochMs, limit = Number.POSITIVE_INFINITY): BookChanges {
    return this.#rows.take(now, limit);
  }

  nextDeadline(): EpochMs | null {
    return this.#rows.nextDeadline();
  }

  dueShelves(now: EpochMs): ReadonlyMap<AlarmName, EpochMs> {
    return this.#shelves.due(now);
  }

  nextShelfDue(): EpochMs | null {
    return this.#shelves.nextDue();
  }

  counts(): AlarmCounts {
    return this.#rows.counts();
  }

  #set(before: AlarmState, after: AlarmState): void {
    if (before === after) return;
    this.#shelves.note(before, after);
    this.#states.set(after);
    this.#rows.note(after.name);
  }

  #sweepWatched(
    watcher: FoldWatcher,
    state: AlarmState,
    slots: SlotsOfTopic,
    sweep: LogSweep,
  ): void {
    let before = state;
    for (const slot of slots) {
      const event = sweepEvent(before, slot, sweep);
      if (event === null) continue;
      const after = sweepSlots(before, [slot], sweep);
      this.#set(before, after);
      watcher.onSwept(before, after, event);
      before = after;
    }
  }
}

/** Whether the snapshot that was just taken over says otherwise than what was folded here from the start. */
function disagrees(before: AlarmState, after: AlarmState): boolean {
  if (before.occurrence === after.occurrence) return false;
  if (before.occurrence === null || !before.occurrence.isKnownFromStart) return false;
  if (after.snapshot === null || !isFoldedUpTo(before, after.snapshot)) return false;
  return after.occurrence === null || !isSameOccurrence(before.occurrence, after.occurrence);
}
