import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';

/** Told which slots changed, once a frame at most; the array is reused and only valid during the call. */
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
  const slots = new Map<string, number>();
  const rows: (AlarmRow | undefined)[] = [];
  const generations: number[] = [];
  const isChanged: boolean[] = [];
  const changed: number[] = [];
  const listeners = new Set<SlotListener>();
  const locations = new Set<string>();
  const categories = new Set<string>();
  let generation = 0;
  let size = 0;

  function put(slot: number, row: AlarmRow | undefined): void {
    if (rows[slot] === undefined && row !== undefined) size += 1;
    if (rows[slot] !== undefined && row === undefined) size -= 1;
    rows[slot] = row;
    generations[slot] = generation;
    if (isChanged[slot] === true) return;
    isChanged[slot] = true;
    changed.push(slot);
  }

  function slotFor(name: string): number {
    const known = slots.get(name);
    if (known !== undefined) return known;
    const slot = rows.length;
    slots.set(name, slot);
    rows.push(undefined);
    return slot;
  }

  return {
    capacity: () => rows.length,
    rowAt: (slot) => rows[slot],
    rowOf: (name) => rows[slots.get(name) ?? -1],
    slotOf: (name) => slots.get(name),
    size: () => size,
    beginSnapshot: () => {
      generation += 1;
    },
    endSnapshot: () => {
      for (let slot = 0; slot < rows.length; slot += 1) {
        if (rows[slot] !== undefined && generations[slot] !== generation) put(slot, undefined);
      }
    },
    apply: (incoming, removed) => {
      for (const row of incoming) {
        put(slotFor(row.name), row);
        if (row.location !== '') locations.add(row.location);
        if (row.category !== '') categories.add(row.category);
      }
      for (const name of removed) {
        const slot = slots.get(name);
        if (slot !== undefined && rows[slot] !== undefined) put(slot, undefined);
      }
    },
    publish: () => {
      if (changed.length === 0) return;
      for (const listener of listeners) listener(changed);
      for (const slot of changed) isChanged[slot] = false;
      changed.length = 0;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    locations: () => locations,
    categories: () => categories,
  };
}
