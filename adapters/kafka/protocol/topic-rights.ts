import type { ApiRange } from '../connection/cluster.ts';
import { type AclOperation, operationsOfBits } from './acl-words.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** Metadata in a version that tells what this user may do with each topic. */
export const TOPIC_RIGHTS: ApiRange = { apiKey: 3, apiName: 'Metadata', min: 12, max: 12 };

/** One topic as a broker shows it to this user. */
export interface TopicTold {
  readonly errorCode: number;
  readonly topic: string;
  readonly isInternal: boolean;
  readonly partitions: number;
  readonly operations: readonly AclOperation[] | null;
}

const NO_ID = new Uint8Array(16);
const UUID_BYTES = NO_ID.length;

/** Asks for these topics, or for all that this user may see; creates none. */
export function writeTopicRightsRequest(topics: readonly string[] | null): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactArray(topics, (topic) => writer.raw(NO_ID).compactString(topic).tags());
  return writer.boolean(false).boolean(true).tags().finish();
}

/** Reads the answer. Throws a RangeError where it is cut short. */
export function readTopicRightsResponse(body: Buffer): readonly TopicTold[] {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  reader.compactArray(() => {
    reader.int32();
    reader.compactString();
    reader.int32();
    reader.compactNullableString();
    reader.tags();
  });
  reader.compactNullableString(); // cluster id
  reader.int32(); // controller
  return reader.compactArray(() => readTopic(reader));
}

function readTopic(reader: ByteReader): TopicTold {
  const errorCode = reader.int16();
  const topic = reader.compactString();
  reader.skip(UUID_BYTES);
  const isInternal = reader.boolean();
  const partitions = reader.compactArray(() => passPartition(reader)).length;
  const operations = operationsOfBits(reader.int32());
  reader.tags();
  return { errorCode, topic, isInternal, partitions, operations };
}

function passPartition(reader: ByteReader): void {
  reader.int16();
  for (let field = 0; field < 3; field += 1) reader.int32(); // index, leader, epoch
  for (let list = 0; list < 3; list += 1) reader.compactArray(() => reader.int32());
  reader.tags();
}
