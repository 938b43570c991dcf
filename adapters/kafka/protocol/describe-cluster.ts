import type { ApiRange } from '../connection/cluster.ts';
import { type AclOperation, operationsOfBits } from './acl-words.ts';
import { type BrokerAnswer, readBrokerAnswer } from './broker-answer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const DESCRIBE_CLUSTER: ApiRange = {
  apiKey: 60,
  apiName: 'DescribeCluster',
  min: 0,
  max: 0,
};

/** A Kafka as it describes itself to this user. */
export interface ClusterDescribed extends BrokerAnswer {
  readonly clusterId: string;
  readonly nodeIds: readonly number[];
  /** What this user may do with the cluster as a whole; null where it is not told. */
  readonly operations: readonly AclOperation[] | null;
}

/** Asks for the brokers, and for what this user may do. */
export function writeDescribeClusterRequest(): Uint8Array {
  return new ByteWriter().tags().boolean(true).tags().finish();
}

/** Reads the answer. Throws a RangeError where it is cut short. */
export function readDescribeClusterResponse(body: Buffer): ClusterDescribed {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  const answer = readBrokerAnswer(reader);
  const clusterId = reader.compactString();
  reader.int32(); // controller, which in KRaft is any broker
  const nodeIds = reader.compactArray(() => {
    const nodeId = reader.int32();
    reader.compactString(); // host
    reader.int32(); // port
    reader.compactNullableString(); // rack
    reader.tags();
    return nodeId;
  });
  return { ...answer, clusterId, nodeIds, operations: operationsOfBits(reader.int32()) };
}
