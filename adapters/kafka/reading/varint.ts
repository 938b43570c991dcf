/**
 * Reads the variable-length numbers of record batches. It never throws and never loops past ten bytes:
 * bytes beyond the buffer count as zero, so the caller checks `at` against its own end afterwards,
 * once per record and not once per byte.
 */
export class VarintCursor {
  at = 0;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** A zigzag number of up to 32 bits; a longer one is cut and leaves the cursor behind its tenth byte at most. */
  readInt(): number {
    const first = this.bytes[this.at] ?? 0;
    this.at += 1;
    if (first < 128) {
      return (first >>> 1) ^ -(first & 1);
    }
    return this.#readLongInt(first & 127);
  }

  /** A zigzag number of up to 64 bits, exact up to 2^53. */
  readLong(): number {
    const first = this.bytes[this.at] ?? 0;
    this.at += 1;
    if (first < 128) {
      return (first >>> 1) ^ -(first & 1);
    }
    let raw = first & 127;
    let scale = 128;
    for (let count = 1; count < 10; count += 1) {
      const byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      raw += (byte & 127) * scale;
      scale *= 128;
      if (byte < 128) {
        break;
      }
    }
    return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
  }

  #readLongInt(low: number): number {
    let raw = low;
    for (let shift = 7; shift < 70; shift += 7) {
      const byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      if (shift < 35) {
        raw |= (byte & 127) << shift;
      }
      if (byte < 128) {
        break;
      }
    }
    return (raw >>> 1) ^ -(raw & 1);
  }
}
