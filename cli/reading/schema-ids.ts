import { FRAME_BYTES, frameIdOf } from '../../schemas/codecs/frame.ts';
import type { KeptRecord } from './kept-record.ts';

/** The ids of the schemas that records name, of their keys and their values. */
export function schemaIdsOf(records: Iterable<KeptRecord>): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const { keySchema, value } of records) {
    if (keySchema >= 0) ids.add(keySchema);
    const id = value === null ? -1 : schemaIdOf(value);
    if (id >= 0) ids.add(id);
  }
  return ids;
}

/** The id in the frame of a value (as `KeptRecord` holds it); -1 where it is not framed. */
export function schemaIdOf(value: string): number {
  if (value.charCodeAt(0) !== 0) return -1;
  const head = Buffer.from(value.slice(0, FRAME_BYTES), 'latin1');
  return frameIdOf(head, 0, head.length);
}
