import type { EpochMs } from './units.ts';

interface Deadline<K> {
  readonly at: EpochMs;
  readonly key: K;
}

/** Moments to come, soonest first, one for each key: a binary heap whose outdated entries are dropped when they surface. */
export interface DeadlineHeap<K> {
  /** Sets or replaces the moment of a key; null takes it away. */
  set(key: K, at: EpochMs | null): void;
  /** The soonest moment, or null. */
  next(): EpochMs | null;
  /** Takes out every key whose moment has come (`at` ≤ now), soonest first. */
  takeDue(now: EpochMs): K[];
}

/** An empty heap. Setting and taking cost O(log n). */
export function createDeadlineHeap<K>(): DeadlineHeap<K> {
  const heap: Deadline<K>[] = [];
  const current = new Map<K, EpochMs>();
  const dropOutdated = (): void => {
    for (let top = heap[0]; top !== undefined && current.get(top.key) !== top.at; top = heap[0])
      pop(heap);
  };
  return {
    set(key, at) {
      if (at === null) {
        current.delete(key);
        return;
      }
      if (current.get(key) === at) return;
      current.set(key, at);
      push(heap, { at, key });
    },
    next() {
      dropOutdated();
      return heap[0]?.at ?? null;
    },
    takeDue(now) {
      const due: K[] = [];
      dropOutdated();
      for (let top = heap[0]; top !== undefined && top.at <= now; top = heap[0]) {
        pop(heap);
        current.delete(top.key);
        due.push(top.key);
        dropOutdated();
      }
      return due;
    },
  };
}

function push<K>(heap: Deadline<K>[], entry: Deadline<K>): void {
  heap.push(entry);
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!isSooner(heap, child, parent)) return;
    swap(heap, child, parent);
    child = parent;
  }
}

function pop<K>(heap: Deadline<K>[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  let parent = 0;
  for (;;) {
    const left = parent * 2 + 1;
    const right = left + 1;
    let soonest = parent;
    if (left < heap.length && isSooner(heap, left, soonest)) soonest = left;
    if (right < heap.length && isSooner(heap, right, soonest)) soonest = right;
    if (soonest === parent) return;
    swap(heap, parent, soonest);
    parent = soonest;
  }
}

function isSooner<K>(heap: readonly Deadline<K>[], a: number, b: number): boolean {
  const first = heap[a];
  const second = heap[b];
  return first !== undefined && second !== undefined && first.at < second.at;
}

function swap<K>(heap: Deadline<K>[], a: number, b: number): void {
  const first = heap[a];
  const second = heap[b];
  if (first === undefined || second === undefined) return;
  heap[a] = second;
  heap[b] = first;
}
