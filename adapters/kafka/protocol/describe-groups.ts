import type { ApiRange } from '../connection/cluster.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { DescribedGroup, GroupMember, TopicPartitions } from './described-group.ts';

/** Of groups of the classic protocol; those of the new ones look dead to it. */
export const DESCRIBE_GROUPS: ApiRange = { apiKey: 15, apiName: 'DescribeGroups', min: 5, max: 5 };

/** Asks for the state and the members of groups. */
export function writeDescribeGroupsRequest(groups: readonly string[]): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactArray(groups, (group) => writer.compactString(group));
  return writer.boolean(false).tags().finish();
}

/** Reads the answer. Throws a RangeError where it is cut short. */
export function readDescribeGroupsResponse(body: Buffer): readonly DescribedGroup[] {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  return reader.compactArray(() => {
    const errorCode = reader.int16();
    const group = reader.compactString();
    const state = reader.compactString();
    const protocolType = reader.compactString();
    reader.compactString(); // protocol
    const members = reader.compactArray(() => readMember(reader, protocolType === 'consumer'));
    reader.int32(); // authorized operations
    reader.tags();
    return { errorCode, detail: null, group, state, members };
  });
}

function readMember(reader: ByteReader, isConsumer: boolean): GroupMember {
  const memberId = reader.compactString();
  reader.compactNullableString(); // instance id
  const clientId = reader.compactString();
  const clientHost = reader.compactString();
  reader.compactBytes(); // metadata
  const assignment = reader.compactBytes();
  reader.tags();
  return { memberId, clientId, clientHost, assigned: isConsumer ? readAssignment(assignment) : [] };
}

/** What the clients of a group agreed upon: theirs, not the broker's, so it may be anything. */
function readAssignment(bytes: Buffer): readonly TopicPartitions[] {
  if (bytes.length === 0) return [];
  const reader = new ByteReader(bytes);
  reader.int16(); // version
  return reader.array(() => ({
    topic: reader.string(),
    partitions: reader.array(() => reader.int32()),
  }));
}
