import { randomUUID } from 'node:crypto';
import { askCoordinator } from '../../adapters/kafka/administration/ask-coordinator.ts';
import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import { ByteReader } from '../../adapters/kafka/protocol/byte-reader.ts';
import { ByteWriter } from '../../adapters/kafka/protocol/byte-writer.ts';
import { answered } from './answered.ts';

/** A member of a consumer group of the protocol that came with Kafka 4, as newer Java clients are. */
export interface NewProtocolMember {
  readonly memberId: string;
  /** Says that it lives; answers whether partitions are assigned to it. */
  heartbeat(): Promise<boolean>;
  leave(): Promise<void>;
}

const CONSUMER_GROUP_HEARTBEAT = {
  apiKey: 68,
  apiName: 'ConsumerGroupHeartbeat',
  min: 1,
  max: 1,
};
const REBALANCE_TIMEOUT_MS = 60_000;
const LEAVING = -1;

/** Joins a group of the new protocol, which kafkajs cannot. */
export async function joinNewProtocolGroup(
  cluster: Cluster,
  group: string,
  topic: string,
): Promise<NewProtocolMember> {
  const memberId = randomUUID();
  let epoch = 0;
  let isAssigned = false;
  const beat = async (): Promise<boolean> => {
    const isNew = epoch === 0;
    const answer = await send(cluster, { group, memberId, epoch, topic: isNew ? topic : null });
    epoch = answer.epoch;
    // The broker tells an assignment once.
    isAssigned ||= answer.isAssigned;
    return isAssigned;
  };
  await beat();
  return {
    memberId,
    heartbeat: beat,
    leave: async () => {
      await send(cluster, { group, memberId, epoch: LEAVING, topic: null });
    },
  };
}

interface Beat {
  readonly group: string;
  readonly memberId: string;
  readonly epoch: number;
  readonly topic: string | null;
}

async function send(cluster: Cluster, beat: Beat): Promise<{ epoch: number; isAssigned: boolean }> {
  const answer = answered(
    await askCoordinator(cluster, beat.group, {
      api: CONSUMER_GROUP_HEARTBEAT,
      body: writeBeat(beat),
      read: readBeat,
      codesOf: ({ errorCode }) => [errorCode],
    }),
  );
  if (answer.errorCode !== 0) throw new Error(JSON.stringify(answer));
  return answer;
}

function writeBeat({ group, memberId, epoch, topic }: Beat): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactString(group).compactString(memberId).int32(epoch);
  writer.compactString(null).compactString(null);
  writer.int32(epoch === 0 ? REBALANCE_TIMEOUT_MS : -1);
  writer.compactArray(topic === null ? null : [topic], (name) => writer.compactString(name));
  writer.compactString(null).compactString(null);
  // Joining, a member says that it reads nothing yet.
  writer.compactArray(epoch === 0 ? [] : null, () => undefined);
  return writer.tags().finish();
}

function readBeat(body: Buffer) {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  const errorCode = reader.int16();
  const detail = reader.compactNullableString();
  reader.compactNullableString(); // member id
  const epoch = reader.int32();
  reader.int32(); // interval
  const isAssigned = errorCode === 0 && reader.int8() > 0 && readsSomething(reader);
  return { errorCode, detail, epoch, isAssigned };
}

function readsSomething(reader: ByteReader): boolean {
  const topics = reader.compactArray(() => {
    reader.skip(16); // topic id
    const partitions = reader.compactArray(() => reader.int32());
    reader.tags();
    return partitions;
  });
  return topics.flat().length > 0;
}
