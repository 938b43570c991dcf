import { hashOf } from '../../schemas/codecs/hash-of-bytes.ts';

/**
 * Numbers keys in the order in which they first come: the bytes of all of them lie in one array, because a text, an object and
 * a place in a map for each of a hundred thousand cost more than reading them.
 */
export class KeyTable {
  /** Of each table another one, so that nobody can forge keys that all fall into one place. */
  readonly #seed = Math.floor(Math.random() * 2 ** 24) << 8;
  #size = 0;
  #bytes = Buffer.alloc(FIRST_KEYS * USUAL_BYTES);
  /** Key n lies from `#ends[n]` to `#ends[n + 1]`. */
  #ends = new Uint32Array(FIRST_KEYS + 1);
  #hashes = new Int32Array(FIRST_KEYS);
  #realms = new Uint8Array(FIRST_KEYS);
  /** At the place of a hash, or after it: the number of a key and 1; 0 is a free place. Twice as many as keys. */
  #places = new Int32Array(2 * FIRST_KEYS);

  /** The number of this key, which may be a new one. The same bytes of two realms (0 to 255) are two keys. */
  numberOf(bytes: Uint8Array, start: number, end: number, realm: number): number {
    const hash = hashOf(bytes, start, end, this.#seed | realm);
    const mask = this.#places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = (this.#places[place] ?? 0) - 1;
      if (number < 0) return this.#add(bytes, start, end, { realm, hash });
      const isLike = this.#hashes[number] === hash && this.#realms[number] === realm;
      if (isLike && this.#isKey(number, bytes, start, end)) return number;
    }
  }

  /** Its bytes as a text with one character a byte. */
  textOf(number: number): string {
    return this.#bytes.toString('latin1', this.#ends[number], this.#ends[number + 1]);
  }

  #isKey(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#ends[number] ?? 0;
    if ((this.#ends[number + 1] ?? 0) - from !== end - start) return false;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] !== this.#bytes[from + at - start]) return false;
    }
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, { realm, hash }: KeyMarks): number {
    if (this.#size === this.#hashes.length) this.#grow();
    const number = this.#size;
    this.#size += 1;
    const from = this.#ends[number] ?? 0;
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = grown(this.#bytes, Buffer.alloc(2 * to));
    for (let at = start; at < end; at += 1) this.#bytes[from + at - start] = bytes[at] ?? 0;
    this.#ends[number + 1] = to;
    this.#hashes[number] = hash;
    this.#realms[number] = realm;
    this.#place(number, hash);
    return number;
  }

  #place(number: number, hash: number): void {
    const mask = this.#places.length - 1;
    let place = hash & mask;
    while (this.#places[place] !== 0) place = (place + 1) & mask;
    this.#places[place] = number + 1;
  }

  #grow(): void {
    const size = GROWTH * this.#size;
    this.#ends = grown(this.#ends, new Uint32Array(size + 1));
    this.#hashes = grown(this.#hashes, new Int32Array(size));
    this.#realms = grown(this.#realms, new Uint8Array(size));
    this.#places = new Int32Array(2 * size);
    for (let number = 0; number < this.#size; number += 1) {
      this.#place(number, this.#hashes[number] ?? 0);
    }
  }
}

/** What tells keys apart before their bytes do. */
interface KeyMarks {
  readonly realm: number;
  readonly hash: number;
}

/** A power of two, as the places are. */
const FIRST_KEYS = 1_024;
const GROWTH = 4;
const USUAL_BYTES = 16;

function grown<T extends Uint8Array | Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
