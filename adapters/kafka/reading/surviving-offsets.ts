/**
 * The offsets below a bound that a second walk over a partition found. They come in rising order.
 * Kept as a sorted list while they come, and as one bit an offset where that is smaller and faster to ask.
 */
export class SurvivingOffsets {
  #offsets = new Float64Array(1024);
  #count = 0;
  #bits: { readonly start: number; readonly words: Uint32Array } | null = null;

  get count(): number {
    return this.#count;
  }

  /** Adds an offset; one that is not above the last is ignored, since a batch may be walked again. */
  add(offset: number): void {
    if (this.#count > 0 && offset <= this.#at(this.#count - 1)) {
      return;
    }
    if (this.#count === this.#offsets.length) {
      const grown = new Float64Array(this.#count * 2);
      grown.set(this.#offsets);
      this.#offsets = grown;
    }
    this.#offsets[this.#count] = offset;
    this.#count += 1;
  }

  /** To be called when all are there. */
  seal(): void {
    const start = this.#at(0);
    const range = this.#count === 0 ? 0 : this.#at(this.#count - 1) - start + 1;
    if (range === 0 || range > this.#count * BITS_AN_OFFSET) {
      return;
    }
    const words = new Uint32Array((range + 31) >>> 5);
    for (let index = 0; index < this.#count; index += 1) {
      const bit = this.#at(index) - start;
      words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
    this.#bits = { start, words };
    this.#offsets = new Float64Array(0);
  }

  has(offset: number): boolean {
    if (this.#bits === null) {
      return this.#isListed(offset);
    }
    const bit = offset - this.#bits.start;
    return bit >= 0 && ((this.#bits.words[Math.floor(bit / 32)] ?? 0) & (1 << (bit % 32))) !== 0;
  }

  #isListed(offset: number): boolean {
    let low = 0;
    let high = this.#count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#at(middle);
      if (found === offset) {
        return true;
      }
      if (found < offset) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  #at(index: number): number {
    return this.#offsets[index] ?? 0;
  }
}

const BITS_AN_OFFSET = 64;
