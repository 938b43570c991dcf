import { writeInt64 } from '../reading/big-endian.ts';

const FIRST_SIZE = 256;
const LARGEST_KEPT = 65_536;

/** Writes the values of Kafka's protocol one after another; grows as needed. Nothing here can fail. */
export class ByteWriter {
  #bytes = new Uint8Array(FIRST_SIZE);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  int8(value: number): this {
    const at = this.#room(1);
    this.#view.setInt8(at, value);
    return this;
  }

  int16(value: number): this {
    const at = this.#room(2);
    this.#view.setInt16(at, value);
    return this;
  }

  int32(value: number): this {
    const at = this.#room(4);
    this.#view.setInt32(at, value);
    return this;
  }

  /** Unsigned, for checksums. */
  uint32(value: number): this {
    const at = this.#room(4);
    this.#view.setUint32(at, value);
    return this;
  }

  /** A whole number below 2^53. */
  int64(value: number): this {
    const at = this.#room(8);
    writeInt64(this.#view, at, value);
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  /** Length in 16 bits, then UTF-8; null is the length -1. */
  string(value: string | null): this {
    if (value === null) return this.int16(-1);
    const bytes = Buffer.from(value, 'utf8');
    return this.int16(bytes.length).raw(bytes);
  }

  /** A count in 32 bits, then each item as `write` puts it. */
  array<T>(items: readonly T[], write: (item: T) => void): this {
    this.int32(items.length);
    for (const item of items) write(item);
    return this;
  }

  /** Zigzag, of up to 53 bits. */
  varint(value: number): this {
    return this.uvarint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  /** A varint length, then the bytes; null is the length -1. */
  varintBytes(value: Uint8Array | null): this {
    if (value === null) return this.varint(-1);
    return this.varint(value.length).raw(value);
  }

  /** A varint length, then UTF-8. */
  varintString(value: string): this {
    if (value.length <= SHORT_TEXT && isAscii(value)) {
      const at = this.varint(value.length).#room(value.length);
      for (let index = 0; index < value.length; index += 1) {
        this.#bytes[at + index] = value.charCodeAt(index);
      }
      return this;
    }
    const length = Buffer.byteLength(value, 'utf8');
    const at = this.varint(length).#room(length);
    UTF8.encodeInto(value, this.#bytes.subarray(at, at + length));
    return this;
  }

  /** Unsigned, seven bits a byte. */
  uvarint(value: number): this {
    let rest = value;
    while (rest >= 128) {
      this.int8((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    return this.int8(rest);
  }

  /** The text of flexible versions: its length plus one, then UTF-8; null is 0. */
  compactString(value: string | null): this {
    return this.compactBytes(value === null ? null : Buffer.from(value, 'utf8'));
  }

  compactBytes(value: Uint8Array | null): this {
    if (value === null) return this.uvarint(0);
    return this.uvarint(value.length + 1).raw(value);
  }

  /** The list of flexible versions: its count plus one, then each item as `write` puts it; null is 0. */
  compactArray<T>(items: readonly T[] | null, write: (item: T) => void): this {
    if (items === null) return this.uvarint(0);
    this.uvarint(items.length + 1);
    for (const item of items) write(item);
    return this;
  }

  /**
   * No tagged fields: ends each structure of a flexible version. It also ends the header of the request, which kafkajs
   * writes without it, so the body of a flexible request begins with it.
   */
  tags(): this {
    return this.uvarint(0);
  }

  raw(value: Uint8Array): this {
    const at = this.#room(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** Forgets what was written and keeps the room for it, unless it is large. */
  clear(): this {
    this.#length = 0;
    if (this.#bytes.length > LARGEST_KEPT) this.#use(new Uint8Array(FIRST_SIZE));
    return this;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** As `finish`, for many short ones that live for a moment: Node keeps them in memory that they share. */
  finishShort(): Uint8Array {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #room(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#use(larger);
    }
    return at;
  }

  #use(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

/** How many bytes `varint` writes for a number. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value < 0 ? -value * 2 - 1 : value * 2; rest >= 128; size += 1) {
    rest = Math.floor(rest / 128);
  }
  return size;
}

const UTF8 = new TextEncoder();

/** The name of a header is put down letter by letter in less time than it takes to call the encoder. */
const SHORT_TEXT = 16;

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return false;
  }
  return true;
}
