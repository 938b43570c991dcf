import { bufferOf } from './utf-8.ts';

/**
 * Remembers what a range of bytes was found to mean, for bytes that come again and again (keys, small values).
 * Bounded: a table of places that is doubled up to a limit, after which a new entry replaces an old one.
 * Forged collisions cost no more than a few comparisons and a miss.
 */
export class ByteCache<T> {
  private entries: (CacheEntry<T> | undefined)[];
  private readonly maxPlaces: number;
  private used = 0;

  /** `maxPlaces` is a power of two, at least 1024. */
  constructor(maxPlaces: number) {
    this.maxPlaces = maxPlaces;
    this.entries = emptyPlaces(1024);
  }

  /** What these bytes mean in this `realm` (a small integer that keeps apart what looks alike), if it is remembered. */
  find(bytes: Uint8Array, start: number, end: number, realm: number): T | undefined {
    const hash = hashOf(bytes, start, end, realm);
    const mask = this.entries.length - 1;
    for (let place = hash; place < hash + PROBES; place += 1) {
      const entry = this.entries[place & mask];
      if (entry === undefined) {
        return undefined;
      }
      if (entry.hash === hash && entry.realm === realm && isSame(entry.text, bytes, start, end)) {
        return entry.meaning;
      }
    }
    return undefined;
  }

  /** Remembers what these bytes mean; takes a copy of them. */
  keep(
    bytes: Uint8Array,
    [start, end]: readonly [number, number],
    realm: number,
    meaning: T,
  ): void {
    const hash = hashOf(bytes, start, end, realm);
    const text = bufferOf(bytes).toString('latin1', start, end);
    const entry = { hash, realm, text, meaning };
    const isPlaced = this.place(entry);
    const isTight = !isPlaced || this.used * 2 > this.entries.length;
    if (isTight && this.entries.length < this.maxPlaces) {
      this.grow();
      this.place(entry);
    } else if (!isPlaced) {
      this.entries[hash & (this.entries.length - 1)] = entry;
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.entries = emptyPlaces(1024);
    this.used = 0;
  }

  /** Puts an entry into the first free of its places, or into the one that it has; answers whether there was one. */
  private place(entry: CacheEntry<T>): boolean {
    const mask = this.entries.length - 1;
    for (let place = entry.hash; place < entry.hash + PROBES; place += 1) {
      const there = this.entries[place & mask];
      if (there === undefined || there === entry) {
        this.used += there === undefined ? 1 : 0;
        this.entries[place & mask] = entry;
        return true;
      }
    }
    return false;
  }

  private grow(): void {
    const before = this.entries;
    this.entries = emptyPlaces(before.length * 2);
    this.used = 0;
    for (const entry of before) {
      if (entry !== undefined) {
        this.place(entry);
      }
    }
  }
}

/** Places that are looked at for one entry. */
const PROBES = 6;

interface CacheEntry<T> {
  readonly hash: number;
  readonly realm: number;
  /** The bytes, one character each: far smaller than an array of their own. */
  readonly text: string;
  readonly meaning: T;
}

function emptyPlaces<T>(count: number): (CacheEntry<T> | undefined)[] {
  return new Array<CacheEntry<T> | undefined>(count).fill(undefined);
}

/** FNV-1a with the finish of MurmurHash3, without which keys that count upwards lie in a row. */
function hashOf(bytes: Uint8Array, start: number, end: number, realm: number): number {
  let hash = 0x811c9dc5 ^ realm;
  for (let at = start; at < end; at += 1) {
    hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  // Positive, and small enough for the probes after it.
  return (hash ^ (hash >>> 16)) & 0x3fffffff;
}

function isSame(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) {
    return false;
  }
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) !== bytes[start + at]) {
      return false;
    }
  }
  return true;
}
