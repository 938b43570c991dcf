import type { ApiRange } from '../connection/cluster.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const OFFSET_COMMIT: ApiRange = { apiKey: 8, apiName: 'OffsetCommit', min: 8, max: 8 };

/** Where a group is to go on reading one partition. */
export interface OffsetToCommit {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

const NO_GENERATION = -1;
const NO_EPOCH = -1;

/** Commits for a group from outside of it, which a broker takes only while it has no members. */
export function writeOffsetCommitRequest(
  group: string,
  offsets: readonly OffsetToCommit[],
): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactString(group).int32(NO_GENERATION).compactString('').compactString(null);
  const topics = [...new Set(offsets.map(({ topic }) => topic))];
  writer.compactArray(topics, (topic) => {
    writer.compactString(topic);
    const own = offsets.filter((offset) => offset.topic === topic);
    writer.compactArray(own, ({ partition, offset }) => {
      writer.int32(partition).int64(offset).int32(NO_EPOCH).compactString('').tags();
    });
    writer.tags();
  });
  return writer.tags().finish();
}

/** Reads the answers, one a partition. Throws a RangeError where it is cut short. */
export function readOffsetCommitResponse(
  body: Buffer,
): readonly { readonly topic: string; readonly partition: number; readonly errorCode: number }[] {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  const topics = reader.compactArray(() => {
    const topic = reader.compactString();
    const partitions = reader.compactArray(() => {
      const answer = { topic, partition: reader.int32(), errorCode: reader.int16() };
      reader.tags();
      return answer;
    });
    reader.tags();
    return partitions;
  });
  return topics.flat();
}
