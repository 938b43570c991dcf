import type { SortKey } from './row-order.ts';

/**
 * An ordered list of slots over typed keys. Changes gather by `place` and take effect together in `settle`:
 * one pass drops what moved, and a binary search puts each back, so that a frame of a flood costs no full sort.
 */
export interface SlotOrder {
  length(): number;
  /** -1 beyond the end. */
  slotAt(index: number): number;
  indexOf(slot: number): number;
  reserve(capacity: number): void;
  clear(isReversed: boolean): void;
  /** Gives a slot its key; null takes it out of the list. */
  place(slot: number, key: SortKey | null): void;
  settle(): void;
}

const HOME = 1;
const MOVED = 2;

/** Makes an empty order. */
export function createSlotOrder(): SlotOrder {
  let first = new Float64Array(1024);
  let second = new Float64Array(1024);
  let marks = new Uint8Array(1024);
  let order = new Int32Array(1024);
  const texts: string[] = [];
  let count = 0;
  let removals = 0;
  let sign = 1;
  const incoming: number[] = [];

  function compare(a: number, b: number): number {
    const byFirst = (first[a] ?? 0) - (first[b] ?? 0);
    if (byFirst !== 0) return byFirst * sign;
    const bySecond = (second[a] ?? 0) - (second[b] ?? 0);
    if (bySecond !== 0) return bySecond * sign;
    const textA = texts[a] ?? '';
    const textB = texts[b] ?? '';
    if (textA !== textB) return textA < textB ? -sign : sign;
    return a - b;
  }

  function hasKey(slot: number, key: SortKey): boolean {
    return first[slot] === key.first && second[slot] === key.second && texts[slot] === key.text;
  }

  function keep(slot: number, key: SortKey): void {
    first[slot] = key.first;
    second[slot] = key.second;
    texts[slot] = key.text;
    incoming.push(slot);
  }

  /** Takes the moved slots out in one pass. */
  function drop(): void {
    if (removals === 0) return;
    let kept = 0;
    for (let at = 0; at < count; at += 1) {
      const slot = order[at] ?? 0;
      if (marks[slot] === MOVED) marks[slot] = 0;
      else order[kept++] = slot;
    }
    count = kept;
    removals = 0;
  }

  function lowerBound(slot: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(order[middle] ?? 0, slot) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts the incoming slots in from the back, moving each stretch between them once. */
  function merge(): void {
    incoming.sort(compare);
    let end = count;
    for (let left = incoming.length; left > 0; left -= 1) {
      const slot = incoming[left - 1] ?? 0;
      const at = lowerBoundBefore(slot, end);
      order.copyWithin(at + left, at, end);
      order[at + left - 1] = slot;
      marks[slot] = HOME;
      end = at;
    }
    count += incoming.length;
    incoming.length = 0;
  }

  function lowerBoundBefore(slot: number, end: number): number {
    const whole = count;
    count = end;
    const at = lowerBound(slot);
    count = whole;
    return at;
  }

  return {
    length: () => count,
    slotAt: (index) => (index >= 0 && index < count ? (order[index] ?? -1) : -1),
    indexOf: (slot) => (marks[slot] === HOME ? order.subarray(0, count).indexOf(slot) : -1),
    reserve: (capacity) => {
      if (capacity <= order.length) return;
      const size = Math.max(capacity, order.length * 2);
      first = grow(first, new Float64Array(size));
      second = grow(second, new Float64Array(size));
      marks = grow(marks, new Uint8Array(size));
      order = grow(order, new Int32Array(size));
    },
    clear: (isReversed) => {
      sign = isReversed ? -1 : 1;
      marks.fill(0);
      count = 0;
      removals = 0;
      incoming.length = 0;
    },
    place: (slot, key) => {
      const isHome = marks[slot] === HOME;
      if (isHome && key !== null && hasKey(slot, key)) return;
      if (isHome) {
        marks[slot] = MOVED;
        removals += 1;
      }
      if (key !== null) keep(slot, key);
    },
    settle: () => {
      drop();
      if (incoming.length > 0) merge();
    },
  };
}

function grow<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
