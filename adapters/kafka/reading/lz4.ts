import { InflatedOutput } from './inflated-output.ts';

/**
 * Inflates a body in the LZ4 frame format. Its optional checksums are passed over: the batch's own
 * checksum has covered these bytes already. `null` when it does not hold or passes `limit` bytes.
 */
export function inflateLz4(input: Uint8Array, limit: number): Uint8Array | null {
  const frame = readFrameHeader(input);
  if (frame === null) {
    return null;
  }
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  const output = new InflatedOutput(input.length * 4, limit);
  let at = frame.bodyStart;
  while (at + 4 <= input.length) {
    const word = view.getUint32(at, true);
    if (word === 0) {
      return output.written;
    }
    const size = word & 0x7fffffff;
    const start = at + 4;
    if (start + size > input.length) {
      return null;
    }
    const isStored = word >= 0x80000000;
    const isRight = isStored
      ? output.appendLiteral(input, start, size)
      : readBlock(input, start, start + size, output);
    if (!isRight) {
      return null;
    }
    at = start + size + (frame.hasBlockChecksums ? 4 : 0);
  }
  return null;
}

interface FrameHeader {
  readonly bodyStart: number;
  readonly hasBlockChecksums: boolean;
}

function readFrameHeader(input: Uint8Array): FrameHeader | null {
  const isMagic = input[0] === 0x04 && input[1] === 0x22 && input[2] === 0x4d && input[3] === 0x18;
  const flags = input[4] ?? 0;
  if (!isMagic || flags >>> 6 !== 1) {
    return null;
  }
  const contentSizeBytes = (flags & 8) === 0 ? 0 : 8;
  const dictionaryBytes = (flags & 1) === 0 ? 0 : 4;
  return {
    bodyStart: 7 + contentSizeBytes + dictionaryBytes,
    hasBlockChecksums: (flags & 16) !== 0,
  };
}

/** Sequences of literals and matches until `end`; the last one has literals only. */
function readBlock(input: Uint8Array, start: number, end: number, output: InflatedOutput): boolean {
  let at = start;
  while (at < end) {
    const token = input[at] ?? 0;
    const literals = readLength(input, at + 1, end, token >>> 4);
    at = literals.next;
    if (at + literals.length > end || !output.appendLiteral(input, at, literals.length)) {
      return false;
    }
    at += literals.length;
    if (at === end) {
      return true;
    }
    if (at + 2 > end) {
      return false;
    }
    const distance = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8);
    const match = readLength(input, at + 2, end, token & 15);
    at = match.next;
    if (!output.appendEarlier(distance, match.length + 4)) {
      return false;
    }
  }
  return false;
}

/** A length of 15 goes on in the bytes that follow, up to one below 255. */
function readLength(
  input: Uint8Array,
  start: number,
  end: number,
  nibble: number,
): { readonly length: number; readonly next: number } {
  let length = nibble;
  let at = start;
  if (nibble === 15) {
    let byte = 255;
    while (byte === 255 && at < end) {
      byte = input[at] ?? 0;
      length += byte;
      at += 1;
    }
  }
  return { length, next: at };
}
