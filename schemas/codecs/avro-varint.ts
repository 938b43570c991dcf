/** Where a scan stands in the bytes, and what it has found out. One is used again for every record. */
export interface Scan {
  bytes: Uint8Array;
  end: number;
  /** Value of the variable-length integer read last; inexact beyond 2^53, which no length or count may be. */
  value: number;
  /** Types visited in this record. */
  steps: number;
  depth: number;
  /** Array and map items that take no byte, in this record. */
  emptyItems: number;
  /** Why the record is refused. */
  reason: string;
}

/** Refuses the record; answers -1, which every step of a scan passes on. */
export function refuse(scan: Scan, reason: string): -1 {
  scan.reason = reason;
  return -1;
}

/** Reads a zigzag `int` (at most 5 bytes, 32 bits) or `long` (at most 10 bytes, 64 bits); answers the position after it, or -1. */
export function readVarint(scan: Scan, start: number, maxBytes: 5 | 10): number {
  const first = start < scan.end ? (scan.bytes[start] ?? 0) : 0x100;
  if (first < 0x80) {
    scan.value = (first >>> 1) ^ -(first & 1);
    return start + 1;
  }
  return first === 0x100
    ? refuse(scan, 'the bytes end within a value')
    : readLongVarint(scan, start, maxBytes);
}

function readLongVarint(scan: Scan, start: number, maxBytes: 5 | 10): number {
  let at = start;
  let unsigned = 0;
  let factor = 1;
  let byte = 0x80;
  while (byte >= 0x80) {
    if (at >= scan.end) {
      return refuse(scan, 'the bytes end within a number');
    }
    if (at - start === maxBytes) {
      return refuse(scan, 'a number is longer than its type allows');
    }
    byte = scan.bytes[at] ?? 0;
    unsigned += (byte & 0x7f) * factor;
    factor *= 128;
    at += 1;
  }
  if (at - start === maxBytes && byte > (maxBytes === 5 ? 0x0f : 0x01)) {
    return refuse(scan, 'a number is larger than its type allows');
  }
  scan.value = unsigned % 2 === 0 ? unsigned / 2 : -(unsigned + 1) / 2;
  return at;
}
