import type { SortKey } from './row-order.ts';

const HOME = 1;
const MOVED = 2;

/**
 * An ordered list of slots over typed keys. Changes gather by `place` and take effect together in `settle`:
 * one pass drops what moved, and a binary search puts each back, so that a frame of a flood costs no full sort.
 */
export class SlotOrder {
  #first = new Float64Array(1024);
  #second = new Float64Array(1024);
  #marks = new Uint8Array(1024);
  #order = new Int32Array(1024);
  readonly #texts: string[] = [];
  #count = 0;
  #removals = 0;
  #sign = 1;
  readonly #incoming: number[] = [];

  length(): number {
    return this.#count;
  }

  /** -1 beyond the end. */
  slotAt(index: number): number {
    return index >= 0 && index < this.#count ? (this.#order[index] ?? -1) : -1;
  }

  indexOf(slot: number): number {
    return this.#marks[slot] === HOME ? this.#order.subarray(0, this.#count).indexOf(slot) : -1;
  }

  reserve(capacity: number): void {
    if (capacity <= this.#order.length) return;
    const size = Math.max(capacity, this.#order.length * 2);
    this.#first = grow(this.#first, new Float64Array(size));
    this.#second = grow(this.#second, new Float64Array(size));
    this.#marks = grow(this.#marks, new Uint8Array(size));
    this.#order = grow(this.#order, new Int32Array(size));
  }

  clear(isReversed: boolean): void {
    this.#sign = isReversed ? -1 : 1;
    this.#marks.fill(0);
    this.#count = 0;
    this.#removals = 0;
    this.#incoming.length = 0;
  }

  /** Gives a slot its key; null takes it out of the list. */
  place(slot: number, key: SortKey | null): void {
    const isHome = this.#marks[slot] === HOME;
    if (isHome && key !== null && this.#hasKey(slot, key)) return;
    if (isHome) {
      this.#marks[slot] = MOVED;
      this.#removals += 1;
    }
    if (key === null) return;
    this.#first[slot] = key.first;
    this.#second[slot] = key.second;
    this.#texts[slot] = key.text;
    this.#incoming.push(slot);
  }

  settle(): void {
    this.#drop();
    if (this.#incoming.length > 0) this.#merge();
  }

  #hasKey(slot: number, key: SortKey): boolean {
    const isSame = this.#first[slot] === key.first && this.#second[slot] === key.second;
    return isSame && this.#texts[slot] === key.text;
  }

  #compare(a: number, b: number): number {
    const byFirst = difference(this.#first, a, b);
    if (byFirst !== 0) return byFirst * this.#sign;
    const bySecond = difference(this.#second, a, b);
    if (bySecond !== 0) return bySecond * this.#sign;
    const textA = this.#texts[a] ?? '';
    const textB = this.#texts[b] ?? '';
    if (textA === textB) return a - b;
    return textA < textB ? -this.#sign : this.#sign;
  }

  /** Takes the moved slots out in one pass. */
  #drop(): void {
    if (this.#removals === 0) return;
    let kept = 0;
    for (let at = 0; at < this.#count; at += 1) {
      const slot = this.#order[at] ?? 0;
      if (this.#marks[slot] === MOVED) this.#marks[slot] = 0;
      else {
        this.#order[kept] = slot;
        kept += 1;
      }
    }
    this.#count = kept;
    this.#removals = 0;
  }

  /** Where a slot belongs among the first `end`. */
  #lowerBound(slot: number, end: number): number {
    let low = 0;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#order[middle] ?? 0, slot) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts the incoming slots in from the back, moving each stretch between them once. */
  #merge(): void {
    const incoming = this.#incoming.sort((a, b) => this.#compare(a, b));
    let end = this.#count;
    for (let left = incoming.length; left > 0; left -= 1) {
      const slot = incoming[left - 1] ?? 0;
      const at = this.#lowerBound(slot, end);
      this.#order.copyWithin(at + left, at, end);
      this.#order[at + left - 1] = slot;
      this.#marks[slot] = HOME;
      end = at;
    }
    this.#count += incoming.length;
    incoming.length = 0;
  }
}

function difference(keys: Float64Array, a: number, b: number): number {
  return (keys[a] ?? 0) - (keys[b] ?? 0);
}

function grow<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
