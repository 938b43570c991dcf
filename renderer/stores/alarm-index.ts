import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';

/** Told which slots changed; the array is reused and only valid during the call. */
export type SlotListener = (changedSlots: readonly number[]) => void;

/**
 * The window's mirror of all alarms, outside React: a name owns one slot for as long as the window lives, so that lists hold
 * integers and never objects. Changes gather until `publish`, which tells every list once.
 */
export interface AlarmIndex {
  /** Slots ever given out: every slot is below it. */
  capacity(): number;
  rowAt(slot: number): AlarmRow | undefined;
  rowOf(name: string): AlarmRow | undefined;
  slotOf(name: string): number | undefined;
  /** Alarms there are now. */
  size(): number;
  /** A feed begins anew: rows that the coming snapshot does not name are dropped by `endSnapshot`. */
  beginSnapshot(): void;
  endSnapshot(): void;
  apply(rows: readonly AlarmRow[], removed: readonly string[]): void;
  /** Tells the lists what changed since the last time. */
  publish(): void;
  subscribe(listener: SlotListener): () => void;
  /** Symbols in use, for pickers: rises in size only. */
  locations(): ReadonlySet<string>;
  categories(): ReadonlySet<string>;
}

/** Makes an empty index. */
export function createAlarmIndex(): AlarmIndex {
  return new MirroredAlarms();
}

class MirroredAlarms implements AlarmIndex {
  readonly #slots = new Map<string, number>();
  readonly #rows: (AlarmRow | undefined)[] = [];
  readonly #generations: number[] = [];
  readonly #isChanged: boolean[] = [];
  readonly #changed: number[] = [];
  readonly #listeners = new Set<SlotListener>();
  readonly #locations = new Set<string>();
  readonly #categories = new Set<string>();
  #generation = 0;
  #size = 0;

  readonly subscribe = (listener: SlotListener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  capacity(): number {
    return this.#rows.length;
  }

  rowAt(slot: number): AlarmRow | undefined {
    return this.#rows[slot];
  }

  rowOf(name: string): AlarmRow | undefined {
    return this.#rows[this.#slots.get(name) ?? -1];
  }

  slotOf(name: string): number | undefined {
    return this.#slots.get(name);
  }

  size(): number {
    return this.#size;
  }

  locations(): ReadonlySet<string> {
    return this.#locations;
  }

  categories(): ReadonlySet<string> {
    return this.#categories;
  }

  beginSnapshot(): void {
    this.#generation += 1;
  }

  endSnapshot(): void {
    for (let slot = 0; slot < this.#rows.length; slot += 1) {
      const isOld = this.#generations[slot] !== this.#generation;
      if (isOld && this.#rows[slot] !== undefined) this.#put(slot, undefined);
    }
  }

  apply(incoming: readonly AlarmRow[], removed: readonly string[]): void {
    for (const row of incoming) {
      this.#put(this.#slotFor(row.name), row);
      if (row.location !== '') this.#locations.add(row.location);
      if (row.category !== '') this.#categories.add(row.category);
    }
    for (const name of removed) {
      const slot = this.#slots.get(name);
      if (slot !== undefined && this.#rows[slot] !== undefined) this.#put(slot, undefined);
    }
  }

  publish(): void {
    if (this.#changed.length === 0) return;
    for (const listener of this.#listeners) listener(this.#changed);
    for (const slot of this.#changed) this.#isChanged[slot] = false;
    this.#changed.length = 0;
  }

  #put(slot: number, row: AlarmRow | undefined): void {
    if (this.#rows[slot] === undefined && row !== undefined) this.#size += 1;
    if (this.#rows[slot] !== undefined && row === undefined) this.#size -= 1;
    this.#rows[slot] = row;
    this.#generations[slot] = this.#generation;
    if (this.#isChanged[slot] === true) return;
    this.#isChanged[slot] = true;
    this.#changed.push(slot);
  }

  #slotFor(name: string): number {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const slot = this.#rows.length;
    this.#slots.set(name, slot);
    this.#rows.push(undefined);
    return slot;
  }
}
