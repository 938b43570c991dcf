import { FRAME_BYTES } from '../../schemas/codecs/frame.ts';
import type { KeptRecord } from './kept-record.ts';

/** The ids of the schemas that records name, of their keys and their values. */
export function schemaIdsOf(records: Iterable<KeptRecord>): ReadonlySet<number> {
  const ids = new Set<number>();
  let lastKey = -1;
  let lastValue: string | null = null;
  // Most records name the schemas of the one before.
  for (const { keySchema, value } of records) {
    if (keySchema !== lastKey && keySchema >= 0) ids.add(keySchema);
    const id = value === null || value === lastValue ? -1 : schemaIdOf(value);
    if (id >= 0) ids.add(id);
    lastKey = keySchema;
    lastValue = value;
  }
  return ids;
}

/** The id in the frame of a value (as `KeptRecord` holds it); -1 where it is not framed. */
export function schemaIdOf(value: string): number {
  if (value.length < FRAME_BYTES || value.charCodeAt(0) !== 0) return -1;
  const high = value.charCodeAt(1) * 0x1000000;
  return high + ((value.charCodeAt(2) << 16) | (value.charCodeAt(3) << 8) | value.charCodeAt(4));
}
