import type { ApiRange } from '../connection/cluster.ts';
import { readBrokerAnswer } from './broker-answer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { DescribedGroup, GroupMember, TopicPartitions } from './described-group.ts';

/** Of groups of the consumer protocol that came with Kafka 4. */
export const CONSUMER_GROUP_DESCRIBE: ApiRange = {
  apiKey: 69,
  apiName: 'ConsumerGroupDescribe',
  min: 0,
  max: 0,
};

const UUID_BYTES = 16;

/** Asks for the state and the members of groups. */
export function writeConsumerGroupDescribeRequest(groups: readonly string[]): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactArray(groups, (group) => writer.compactString(group));
  return writer.boolean(false).tags().finish();
}

/** Reads the answer. Throws a RangeError where it is cut short. */
export function readConsumerGroupDescribeResponse(body: Buffer): readonly DescribedGroup[] {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  return reader.compactArray(() => {
    const answer = readBrokerAnswer(reader);
    const group = reader.compactString();
    const state = reader.compactString();
    reader.int32(); // epoch of the group
    reader.int32(); // epoch of the assignment
    reader.compactString(); // assignor
    const members = reader.compactArray(() => readMember(reader));
    reader.int32(); // authorized operations
    reader.tags();
    return { ...answer, group, state, members };
  });
}

function readMember(reader: ByteReader): GroupMember {
  const memberId = reader.compactString();
  reader.compactNullableString(); // instance id
  reader.compactNullableString(); // rack
  reader.int32(); // epoch of the member
  const clientId = reader.compactString();
  const clientHost = reader.compactString();
  reader.compactArray(() => reader.compactString()); // topics subscribed to
  reader.compactNullableString(); // pattern subscribed to
  const assigned = readAssignment(reader);
  readAssignment(reader); // where it is going
  reader.tags();
  return { memberId, clientId, clientHost, assigned };
}

function readAssignment(reader: ByteReader): readonly TopicPartitions[] {
  const topics = reader.compactArray(() => {
    reader.skip(UUID_BYTES);
    const topic = reader.compactString();
    const partitions = reader.compactArray(() => reader.int32());
    reader.tags();
    return { topic, partitions };
  });
  reader.tags();
  return topics;
}
