import type { TopicSpec } from '../../../core/ports/alarm-log.ts';
import type { ApiRange } from '../connection/cluster.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** From version 4 on the broker's default replication can be asked for. */
export const CREATE_TOPICS: ApiRange = { apiKey: 19, apiName: 'CreateTopics', min: 4, max: 4 };

const BROKER_DEFAULT = -1;

/** How the creation of one topic ended. */
export interface TopicCreated {
  readonly topic: string;
  readonly errorCode: number;
  readonly detail: string | null;
}

/** Asks for the topics, with the broker's default number of replicas. */
export function writeCreateTopicsRequest(
  specs: readonly TopicSpec[],
  timeoutMs: number,
): Uint8Array {
  const writer = new ByteWriter();
  writer.array(specs, ({ topic, partitions, settings }) => {
    writer.string(topic).int32(partitions).int16(BROKER_DEFAULT);
    writer.array([], () => undefined);
    writer.array(Object.entries(settings), ([name, value]) => {
      writer.string(name).string(value);
    });
  });
  return writer.int32(timeoutMs).boolean(false).finish();
}

/** Reads the answer. Throws a RangeError where it is cut short. */
export function readCreateTopicsResponse(body: Buffer): readonly TopicCreated[] {
  const reader = new ByteReader(body);
  reader.int32(); // throttle time
  return reader.array(() => ({
    topic: reader.string(),
    errorCode: reader.int16(),
    detail: reader.nullableString(),
  }));
}
