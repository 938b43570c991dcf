import { hashOf } from './hash-of-bytes.ts';

/**
 * Remembers what a range of bytes was found to mean, for bytes that come again and again (keys, small values).
 * Bounded: a table of fixed size; when three quarters of it are used everything is forgotten and learned anew.
 * Forged collisions cost no more than a few comparisons and a miss.
 */
export class ByteCache<T> {
  private readonly places: number;
  private entries: (CacheEntry<T> | undefined)[];
  private used = 0;
  /** Copies of the bytes, many in one array: an array for each would cost more than what it holds. */
  private chunk = new Uint8Array(CHUNK_BYTES);
  private chunkUsed = 0;

  /** `places` is a power of two. */
  constructor(places: number) {
    this.places = places;
    this.entries = emptyPlaces(places);
  }

  /** What these bytes mean in this `realm` (a small integer that keeps apart what looks alike), if it is remembered. */
  find(bytes: Uint8Array, start: number, end: number, realm: number): T | undefined {
    const hash = hashOf(bytes, start, end, realm);
    const mask = this.places - 1;
    for (let place = hash; place < hash + PROBES; place += 1) {
      const entry = this.entries[place & mask];
      if (entry === undefined) {
        return undefined;
      }
      if (entry.hash === hash && entry.realm === realm && isSame(entry, bytes, start, end)) {
        return entry.meaning;
      }
    }
    return undefined;
  }

  /** Remembers what these bytes mean; takes a copy of them. At most 4096 bytes. */
  keep(
    bytes: Uint8Array,
    [start, end]: readonly [number, number],
    realm: number,
    meaning: T,
  ): void {
    if (end - start > CHUNK_BYTES) {
      return;
    }
    if (this.used * 4 > this.places * 3) {
      this.clear();
    }
    const hash = hashOf(bytes, start, end, realm);
    const place = this.placeFor(hash);
    this.used += this.entries[place] === undefined ? 1 : 0;
    const at = this.copy(bytes, start, end);
    this.entries[place] = { hash, realm, chunk: this.chunk, at, length: end - start, meaning };
  }

  /** Forgets everything. */
  clear(): void {
    this.entries = emptyPlaces(this.places);
    this.used = 0;
  }

  /** The first free place of a hash, or its own where none is. */
  private placeFor(hash: number): number {
    const mask = this.places - 1;
    for (let place = hash; place < hash + PROBES; place += 1) {
      if (this.entries[place & mask] === undefined) {
        return place & mask;
      }
    }
    return hash & mask;
  }

  private copy(bytes: Uint8Array, start: number, end: number): number {
    if (this.chunkUsed + end - start > CHUNK_BYTES) {
      this.chunk = new Uint8Array(CHUNK_BYTES);
      this.chunkUsed = 0;
    }
    const at = this.chunkUsed;
    for (let from = start; from < end; from += 1) {
      this.chunk[at + from - start] = bytes[from] ?? 0;
    }
    this.chunkUsed += end - start;
    return at;
  }
}

/** Places that are looked at for one entry. */
const PROBES = 8;
const CHUNK_BYTES = 4096;

interface CacheEntry<T> {
  readonly hash: number;
  readonly realm: number;
  readonly chunk: Uint8Array;
  readonly at: number;
  readonly length: number;
  readonly meaning: T;
}

function emptyPlaces<T>(count: number): (CacheEntry<T> | undefined)[] {
  return new Array<CacheEntry<T> | undefined>(count).fill(undefined);
}

function isSame<T>(entry: CacheEntry<T>, bytes: Uint8Array, start: number, end: number): boolean {
  const { chunk, at, length } = entry;
  if (length !== end - start) {
    return false;
  }
  for (let next = 0; next < length; next += 1) {
    if (chunk[at + next] !== bytes[start + next]) {
      return false;
    }
  }
  return true;
}
