import { Buffer } from 'node:buffer';
import type { types } from 'avsc';
import avscTypes from 'avsc/lib/types.js';

/** A `long` as we hold it: a number where that is exact, a BigInt beyond 2^53. */
export type WireLong = number | bigint;

/** Whether a value can be written as a `long`. */
export function isWireLong(value: unknown): value is WireLong {
  return typeof value === 'bigint'
    ? BigInt.asIntN(64, value) === value
    : typeof value === 'number' && Number.isSafeInteger(value);
}

/** avsc's `long` that loses nothing: seeds write expirations of 2^53 + 1. */
export const EXACT_LONG: types.LongType = avscTypes.builtins.LongType.__with(
  {
    fromBuffer: readLong,
    toBuffer: writeLong,
    fromJSON: (json: unknown) => json,
    toJSON: (value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    isValid: isWireLong,
    compare: (a: WireLong, b: WireLong) => (a < b ? -1 : Number(a > b)),
  },
  true,
);

/** From the bytes of a zigzag number, which the guard has checked. */
function readLong(bytes: Uint8Array): WireLong {
  let unsigned = 0;
  let factor = 1;
  for (const byte of bytes) {
    unsigned += (byte & 0x7f) * factor;
    factor *= 128;
  }
  // Exact below 2^53; seven bytes hold 49 bits.
  if (bytes.length <= 7) {
    return unsigned % 2 === 0 ? unsigned / 2 : -(unsigned + 1) / 2;
  }
  let exact = 0n;
  for (let at = bytes.length - 1; at >= 0; at -= 1) {
    exact = (exact << 7n) | BigInt((bytes[at] ?? 0) & 0x7f);
  }
  const value = (exact >> 1n) ^ -(exact & 1n);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function writeLong(value: WireLong): Buffer {
  const exact = BigInt(value);
  let unsigned = BigInt.asUintN(64, (exact << 1n) ^ (exact >> 63n));
  const bytes: number[] = [];
  while (unsigned > 0x7fn) {
    bytes.push(Number(unsigned & 0x7fn) | 0x80);
    unsigned >>= 7n;
  }
  bytes.push(Number(unsigned));
  return Buffer.from(bytes);
}
