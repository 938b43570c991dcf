/** A source of chance that gives the same numbers for the same seed, on every machine. */
export interface Random {
  /** From 0 up to but without 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  wholeBetween(least: number, most: number): number;
  /** True in so many of all cases, 0 to 1. */
  chance(share: number): boolean;
  /** A waiting time around `meanMs` as independent events have it, at most five times that. */
  waitMs(meanMs: number): number;
  /** One of the list; nothing of an empty one. */
  pick<T>(list: readonly T[]): T | undefined;
  /** The list in another order. */
  shuffle<T>(list: readonly T[]): T[];
}

/** The generator mulberry32: 32 bits of state, a whole number as seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  function wholeBetween(least: number, most: number): number {
    return least + Math.floor(next() * (most - least + 1));
  }

  function waitMs(meanMs: number): number {
    return Math.round(meanMs * Math.min(5, -Math.log(1 - next())));
  }

  function shuffle<T>(list: readonly T[]): T[] {
    return list
      .map((item) => ({ item, rank: next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }

  return {
    next,
    wholeBetween,
    chance: (share) => next() < share,
    waitMs,
    pick: (list) => list[wholeBetween(0, list.length - 1)],
    shuffle,
  };
}
