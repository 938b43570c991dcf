import type { ApiRange } from '../connection/cluster.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const OFFSET_FETCH: ApiRange = { apiKey: 9, apiName: 'OffsetFetch', min: 8, max: 8 };

/** How far a group has read one partition. */
export interface CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  /** The next offset that the group will read. */
  readonly offset: number;
  readonly errorCode: number;
}

/** Asks for everything that one group has committed. */
export function writeOffsetFetchRequest(group: string): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactArray([group], (name) => {
    writer
      .compactString(name)
      .compactArray(null, () => undefined)
      .tags();
  });
  return writer.boolean(false).tags().finish();
}

/** Reads the answer. Throws a RangeError where it is cut short or names no group. */
export function readOffsetFetchResponse(body: Buffer): {
  readonly errorCode: number;
  readonly offsets: readonly CommittedOffset[];
} {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  const groups = reader.compactArray(() => {
    reader.compactString();
    const offsets = reader.compactArray(() => readTopic(reader)).flat();
    const errorCode = reader.int16();
    reader.tags();
    return { errorCode, offsets };
  });
  const [group] = groups;
  if (group === undefined) throw new RangeError('the answer names no group');
  return group;
}

function readTopic(reader: ByteReader): readonly CommittedOffset[] {
  const topic = reader.compactString();
  const offsets = reader.compactArray(() => {
    const partition = reader.int32();
    const offset = reader.int64();
    reader.int32(); // epoch of the leader
    reader.compactNullableString(); // metadata
    const errorCode = reader.int16();
    reader.tags();
    return { topic, partition, offset, errorCode };
  });
  reader.tags();
  return offsets;
}
