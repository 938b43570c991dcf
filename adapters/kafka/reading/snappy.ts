import { InflatedOutput } from './inflated-output.ts';

/**
 * Inflates a snappy body in either of the two framings that producers use: the bare block, and the
 * chunked stream of the Java clients (`\x82SNAPPY\0`). `null` when it does not hold or passes `limit` bytes.
 */
export function inflateSnappy(input: Uint8Array, limit: number): Uint8Array | null {
  return isChunked(input) ? inflateChunks(input, limit) : inflateBare(input, limit);
}

const CHUNKED = [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00];
const CHUNKED_HEADER_BYTES = 16;

function isChunked(input: Uint8Array): boolean {
  return input.length >= CHUNKED_HEADER_BYTES && CHUNKED.every((byte, at) => input[at] === byte);
}

function inflateChunks(input: Uint8Array, limit: number): Uint8Array | null {
  const output = new InflatedOutput(input.length * 4, limit);
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  let at = CHUNKED_HEADER_BYTES;
  while (at + 4 <= input.length) {
    const length = view.getInt32(at);
    at += 4;
    if (length < 0 || at + length > input.length) {
      return null;
    }
    const chunk = inflateBare(input.subarray(at, at + length), limit - output.length);
    if (chunk === null || !output.appendLiteral(chunk, 0, chunk.length)) {
      return null;
    }
    at += length;
  }
  return at === input.length ? output.written : null;
}

function inflateBare(input: Uint8Array, limit: number): Uint8Array | null {
  const announced = readAnnouncedLength(input);
  if (announced === null || announced.length > limit) {
    return null;
  }
  // An element of three bytes yields at most 64, so a longer announcement is a lie and reserves nothing.
  const output = new InflatedOutput(
    Math.min(announced.length, input.length * 22),
    announced.length,
  );
  let at = announced.bodyStart;
  while (at < input.length) {
    const next = readElement(input, at, output);
    if (next < 0) {
      return null;
    }
    at = next;
  }
  return output.length === announced.length ? output.written : null;
}

function readAnnouncedLength(
  input: Uint8Array,
): { readonly length: number; readonly bodyStart: number } | null {
  let length = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = input[at];
    if (byte === undefined) {
      return null;
    }
    length += (byte & 127) * 2 ** (7 * at);
    if (byte < 128) {
      return { length, bodyStart: at + 1 };
    }
  }
  return null;
}

/** Carries out the element at `at`; answers where the next begins, or -1. */
function readElement(input: Uint8Array, at: number, output: InflatedOutput): number {
  const tag = input[at] ?? 0;
  if ((tag & 3) === 0) {
    return readLiteral(input, at, output);
  }
  const extra = COPY_OFFSET_BYTES[tag & 3] ?? 0;
  if (at + 1 + extra > input.length) {
    return -1;
  }
  const isShort = (tag & 3) === 1;
  const count = isShort ? 4 + ((tag >>> 2) & 7) : 1 + (tag >>> 2);
  const low = readLittleEndian(input, at + 1, extra);
  const distance = isShort ? ((tag >>> 5) << 8) + low : low;
  return output.appendEarlier(distance, count) ? at + 1 + extra : -1;
}

const COPY_OFFSET_BYTES = [0, 1, 2, 4];

function readLiteral(input: Uint8Array, at: number, output: InflatedOutput): number {
  const tag = (input[at] ?? 0) >>> 2;
  const extra = tag < 60 ? 0 : tag - 59;
  const count = 1 + (tag < 60 ? tag : readLittleEndian(input, at + 1, extra));
  const start = at + 1 + extra;
  return output.appendLiteral(input, start, count) ? start + count : -1;
}

function readLittleEndian(input: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = count - 1; index >= 0; index -= 1) {
    value = value * 256 + (input[at + index] ?? 0);
  }
  return value;
}
