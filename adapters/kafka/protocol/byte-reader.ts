import { readInt64 } from '../reading/big-endian.ts';

/** A response that ends before its own fields do, or claims more than it has. */
export class ShortResponseError extends RangeError {
  override readonly name = 'ShortResponseError';
}

const LARGEST_PLACE = 2 ** 28;

/**
 * Reads the values of Kafka's protocol one after another. Throws {@link ShortResponseError} where the bytes end too
 * early; nothing is allocated by what a length field claims.
 */
export class ByteReader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  int8(): number {
    return this.#view.getInt8(this.#take(1));
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2));
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4));
  }

  int64(): number {
    return readInt64(this.#view, this.#take(8));
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  nullableString(): string | null {
    const length = this.int16();
    if (length < 0) return null;
    const at = this.#take(length);
    return this.#bytes.toString('utf8', at, at + length);
  }

  string(): string {
    return this.nullableString() ?? '';
  }

  array<T>(read: () => T): readonly T[] {
    const count = this.int32();
    const items: T[] = [];
    for (let index = 0; index < count; index += 1) items.push(read());
    return items;
  }

  /** Unsigned, seven bits a byte, at most five bytes. */
  uvarint(): number {
    let value = 0;
    for (let place = 1; place <= LARGEST_PLACE; place *= 128) {
      const byte = this.#bytes[this.#take(1)] ?? 0;
      value += (byte % 128) * place;
      if (byte < 128) return value;
    }
    throw new ShortResponseError('a number of the response has no end');
  }

  /** The text of flexible versions. */
  compactNullableString(): string | null {
    const length = this.uvarint() - 1;
    if (length < 0) return null;
    const at = this.#take(length);
    return this.#bytes.toString('utf8', at, at + length);
  }

  compactString(): string {
    return this.compactNullableString() ?? '';
  }

  /** A range of the response, not a copy; null counts as empty. */
  compactBytes(): Buffer {
    const length = Math.max(0, this.uvarint() - 1);
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** The list of flexible versions; null counts as empty. */
  compactArray<T>(read: () => T): readonly T[] {
    const count = this.uvarint() - 1;
    const items: T[] = [];
    for (let index = 0; index < count; index += 1) items.push(read());
    return items;
  }

  skip(count: number): void {
    this.#take(count);
  }

  /**
   * Passes over tagged fields: they end each structure of a flexible version, and the header of its answer, which
   * kafkajs reads without them, so the body of a flexible answer begins with them.
   */
  tags(): void {
    for (let left = this.uvarint(); left > 0; left -= 1) {
      this.uvarint();
      this.skip(this.uvarint());
    }
  }

  #take(count: number): number {
    const at = this.#at;
    if (at + count > this.#bytes.length) {
      throw new ShortResponseError(`the response ends after ${this.#bytes.length} bytes`);
    }
    this.#at = at + count;
    return at;
  }
}
