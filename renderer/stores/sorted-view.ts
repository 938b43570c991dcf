import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { AlarmIndex } from './alarm-index.ts';
import { type SortOrder, sortKeyOf } from './row-order.ts';
import { createSlotOrder } from './slot-order.ts';

/** Which alarms a list holds, which of those its filter shows, and in what order. */
export interface ViewOptions {
  readonly isMember: (row: AlarmRow) => boolean;
  readonly isShown: (row: AlarmRow) => boolean;
  readonly order: SortOrder;
}

/** A list of alarms as a grid reads it: by index, with a version that rises when anything in it changed. */
export interface RowSource {
  count(): number;
  rowAt(index: number): AlarmRow | undefined;
  indexOf(name: string): number;
  version(): number;
  subscribe(listener: () => void): () => void;
}

/**
 * A filtered and ordered list over the index, kept up to date by what changed and not by sorting anew.
 * Held alarms keep their place and stay in the list, whatever happens to them, until they are let go: what the operator has
 * selected never moves or vanishes under the hand.
 */
export interface SortedView extends RowSource {
  setOptions(options: ViewOptions): void;
  hold(names: ReadonlySet<string>): void;
  /** Alarms that belong to the list and that the filter hides. */
  hiddenCount(): number;
  dispose(): void;
}

const MEMBER = 1;
const SHOWN = 2;

/** Makes a list; it follows the index until disposed. */
export function createSortedView(index: AlarmIndex, initial: ViewOptions): SortedView {
  const listeners = new Set<() => void>();
  const order = createSlotOrder();
  let options = initial;
  let flags = new Uint8Array(1024);
  let held: ReadonlySet<number> = new Set();
  let version = 0;
  let members = 0;

  function flagsOf(row: AlarmRow | undefined): number {
    if (row === undefined || !options.isMember(row)) return 0;
    return options.isShown(row) ? MEMBER | SHOWN : MEMBER;
  }

  function reserve(): void {
    const needed = index.capacity();
    order.reserve(needed);
    if (flags.length >= needed) return;
    const grown = new Uint8Array(Math.max(needed, flags.length * 2));
    grown.set(flags);
    flags = grown;
  }

  function place(slot: number): void {
    const row = index.rowAt(slot);
    if (held.has(slot) && row !== undefined) return;
    const was = flags[slot] ?? 0;
    const is = flagsOf(row);
    members += (is & MEMBER) - (was & MEMBER);
    flags[slot] = is;
    const isShown = (is & SHOWN) !== 0 && row !== undefined;
    order.place(slot, isShown ? sortKeyOf(row, options.order) : null);
  }

  function changed(slots: Iterable<number>): void {
    reserve();
    for (const slot of slots) place(slot);
    order.settle();
    version += 1;
    for (const listener of listeners) listener();
  }

  function rebuild(): void {
    order.clear(options.order.isReversed);
    flags.fill(0);
    members = 0;
    held = new Set();
    changed(Array.from({ length: index.capacity() }, (_, slot) => slot));
  }

  rebuild();
  const stop = index.subscribe(changed);
  return {
    count: () => order.length(),
    rowAt: (at) => index.rowAt(order.slotAt(at)),
    indexOf: (name) => {
      const slot = index.slotOf(name);
      return slot === undefined ? -1 : order.indexOf(slot);
    },
    version: () => version,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setOptions: (next) => {
      options = next;
      rebuild();
    },
    hold: (names) => {
      const before = held;
      held = slotsOf(index, names);
      const released = [...before].filter((slot) => !held.has(slot));
      if (released.length > 0) changed(released);
    },
    hiddenCount: () => Math.max(0, members - order.length()),
    dispose: stop,
  };
}

function slotsOf(index: AlarmIndex, names: ReadonlySet<string>): ReadonlySet<number> {
  const slots = new Set<number>();
  for (const name of names) {
    const slot = index.slotOf(name);
    if (slot !== undefined) slots.add(slot);
  }
  return slots;
}
