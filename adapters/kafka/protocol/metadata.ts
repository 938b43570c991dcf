import type { ApiRange, PartitionLeader } from '../connection/cluster.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const METADATA: ApiRange = { apiKey: 3, apiName: 'Metadata', min: 4, max: 5 };

/** One topic as a broker sees it. */
export interface TopicMetadata {
  readonly errorCode: number;
  readonly topic: string;
  readonly leaders: readonly PartitionLeader[];
}

/** Who the brokers are, and who leads what. */
export interface Metadata {
  readonly brokers: readonly {
    readonly nodeId: number;
    readonly host: string;
    readonly port: number;
  }[];
  readonly controllerId: number;
  readonly topics: readonly TopicMetadata[];
}

/** Asks for the brokers and for these topics; never creates one. */
export function writeMetadataRequest(topics: readonly string[]): Uint8Array {
  const writer = new ByteWriter();
  writer.array(topics, (topic) => writer.string(topic)).boolean(false);
  return writer.finish();
}

/** Reads the answer, partitions in their order. Throws a RangeError where it is cut short. */
export function readMetadataResponse(body: Buffer, version: number): Metadata {
  const reader = new ByteReader(body);
  reader.int32(); // throttle time
  const brokers = reader.array(() => {
    const broker = { nodeId: reader.int32(), host: reader.string(), port: reader.int32() };
    reader.nullableString(); // rack
    return broker;
  });
  reader.nullableString(); // cluster id
  const controllerId = reader.int32();
  const topics = reader.array(() => readTopic(reader, version));
  return { brokers, controllerId, topics };
}

function readTopic(reader: ByteReader, version: number): TopicMetadata {
  const errorCode = reader.int16();
  const topic = reader.string();
  reader.boolean(); // internal
  const partitions = reader.array(() => readPartition(reader, version));
  const leaders = partitions.toSorted((a, b) => a.partition - b.partition);
  return { errorCode, topic, leaders };
}

function readPartition(reader: ByteReader, version: number): PartitionLeader {
  reader.int16(); // an error code that says no more than a leader of -1
  const partition = reader.int32();
  const nodeId = reader.int32();
  const replicas = reader.array(() => reader.int32()).length;
  reader.array(() => reader.int32()); // in sync
  if (version >= 5) reader.array(() => reader.int32()); // offline
  return { partition, nodeId, replicas };
}
