import { Buffer } from 'node:buffer';

/** Bytes in front of a framed key or value: the magic 0 and the schema's id, big-endian. */
export const FRAME_BYTES = 5;

/** The schema id of a framed range (Confluent wire format), or -1 where it is not framed. */
export function frameIdOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < FRAME_BYTES || bytes[start] !== 0) {
    return -1;
  }
  const high = (bytes[start + 1] ?? 0) * 0x1000000;
  const low =
    ((bytes[start + 2] ?? 0) << 16) | ((bytes[start + 3] ?? 0) << 8) | (bytes[start + 4] ?? 0);
  return high + low;
}

/** Puts a schema's id in front of what was written by it. */
export function frame(schemaId: number, payload: Uint8Array): Uint8Array {
  const framed = Buffer.alloc(FRAME_BYTES + payload.length);
  framed.writeUInt32BE(schemaId, 1);
  framed.set(payload, FRAME_BYTES);
  return framed;
}
