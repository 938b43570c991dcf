import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { AlarmIndex } from './alarm-index.ts';
import { type SortOrder, sortKeyOf } from './row-order.ts';
import { SlotOrder } from './slot-order.ts';

/** Which alarms a list holds, which of those its filter shows, and in what order. What is shown is a member. */
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
  /** Alarms still in the list only because they are held: they belong here no more. */
  outlivedCount(): number;
  dispose(): void;
}

const MEMBER = 1;
const SHOWN = 2;

/** Makes a list; it follows the index until disposed. */
export function createSortedView(index: AlarmIndex, initial: ViewOptions): SortedView {
  return new LiveView(index, initial);
}

class LiveView implements SortedView {
  readonly #index: AlarmIndex;
  readonly #listeners = new Set<() => void>();
  readonly #order = new SlotOrder();
  #options: ViewOptions;
  #flags = new Uint8Array(1024);
  #held: ReadonlySet<number> = new Set();
  #version = 0;
  #members = 0;
  readonly dispose: () => void;

  constructor(index: AlarmIndex, options: ViewOptions) {
    this.#index = index;
    this.#options = options;
    this.#rebuild();
    this.dispose = index.subscribe((slots) => this.#changed(slots));
  }

  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  count(): number {
    return this.#order.length();
  }

  rowAt(at: number): AlarmRow | undefined {
    return this.#index.rowAt(this.#order.slotAt(at));
  }

  indexOf(name: string): number {
    const slot = this.#index.slotOf(name);
    return slot === undefined ? -1 : this.#order.indexOf(slot);
  }

  hiddenCount(): number {
    return Math.max(0, this.#members - this.#order.length());
  }

  outlivedCount(): number {
    let outlived = 0;
    for (const slot of this.#held) {
      const isIn = ((this.#flags[slot] ?? 0) & SHOWN) !== 0;
      if (isIn && (flagsOf(this.#index.rowAt(slot), this.#options) & SHOWN) === 0) outlived += 1;
    }
    return outlived;
  }

  setOptions(options: ViewOptions): void {
    this.#options = options;
    this.#rebuild();
  }

  hold(names: ReadonlySet<string>): void {
    const before = this.#held;
    this.#held = slotsOf(this.#index, names);
    const released = [...before].filter((slot) => !this.#held.has(slot));
    if (released.length > 0) this.#changed(released);
  }

  #rebuild(): void {
    this.#order.clear(this.#options.order.isReversed);
    this.#flags.fill(0);
    this.#members = 0;
    this.#held = new Set();
    this.#changed(Array.from({ length: this.#index.capacity() }, (_, slot) => slot));
  }

  #changed(slots: Iterable<number>): void {
    this.#reserve();
    for (const slot of slots) this.#place(slot);
    this.#order.settle();
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  #place(slot: number): void {
    const row = this.#index.rowAt(slot);
    if (this.#held.has(slot) && row !== undefined) return;
    const was = this.#flags[slot] ?? 0;
    const is = flagsOf(row, this.#options);
    this.#members += (is & MEMBER) - (was & MEMBER);
    this.#flags[slot] = is;
    const isShown = (is & SHOWN) !== 0 && row !== undefined;
    this.#order.place(slot, isShown ? sortKeyOf(row, this.#options.order) : null);
  }

  #reserve(): void {
    const needed = this.#index.capacity();
    this.#order.reserve(needed);
    if (this.#flags.length >= needed) return;
    const grown = new Uint8Array(Math.max(needed, this.#flags.length * 2));
    grown.set(this.#flags);
    this.#flags = grown;
  }
}

function flagsOf(row: AlarmRow | undefined, options: ViewOptions): number {
  if (row === undefined) return 0;
  if (options.isShown(row)) return MEMBER | SHOWN;
  return options.isMember(row) ? MEMBER : 0;
}

function slotsOf(index: AlarmIndex, names: ReadonlySet<string>): ReadonlySet<number> {
  const slots = new Set<number>();
  for (const name of names) {
    const slot = index.slotOf(name);
    if (slot !== undefined) slots.add(slot);
  }
  return slots;
}
