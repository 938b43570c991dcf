import { readInt64 } from '../reading/big-endian.ts';

/** A response that ends before its own fields do, or claims more than it has. */
export class ShortResponseError extends RangeError {
  override readonly name = 'ShortResponseError';
}

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

  #take(count: number): number {
    const at = this.#at;
    if (at + count > this.#bytes.length) {
      throw new ShortResponseError(`the response ends after ${this.#bytes.length} bytes`);
    }
    this.#at = at + count;
    return at;
  }
}
