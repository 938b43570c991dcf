/**
 * Bytes as they come out of a decompressor, with a bound that nothing passes: each write answers false
 * where it would, or where it looks back to before the beginning.
 */
export class InflatedOutput {
  #bytes: Uint8Array;
  #length = 0;
  readonly #limit: number;

  constructor(expected: number, limit: number) {
    this.#bytes = new Uint8Array(Math.min(limit, Math.max(64, expected)));
    this.#limit = limit;
  }

  get length(): number {
    return this.#length;
  }

  /** What was written so far, without a copy. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Appends `[from, from + count)` of the input as it is. */
  appendLiteral(input: Uint8Array, from: number, count: number): boolean {
    if (count < 0 || from + count > input.length || !this.#reserve(count)) {
      return false;
    }
    this.#bytes.set(input.subarray(from, from + count), this.#length);
    this.#length += count;
    return true;
  }

  /** Appends `count` bytes that stand `distance` back; they may overlap with what is being written. */
  appendEarlier(distance: number, count: number): boolean {
    if (distance <= 0 || distance > this.#length || !this.#reserve(count)) {
      return false;
    }
    const bytes = this.#bytes;
    const start = this.#length - distance;
    if (distance >= count) {
      bytes.copyWithin(this.#length, start, start + count);
    } else {
      for (let at = 0; at < count; at += 1) {
        bytes[this.#length + at] = bytes[start + at] ?? 0;
      }
    }
    this.#length += count;
    return true;
  }

  #reserve(count: number): boolean {
    const needed = this.#length + count;
    if (needed > this.#limit) {
      return false;
    }
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#bytes.length * 2)));
      grown.set(this.written);
      this.#bytes = grown;
    }
    return true;
  }
}
