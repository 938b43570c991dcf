import type { ApiRange } from '../connection/cluster.ts';
import { type BrokerAnswer, readBrokerAnswer } from './broker-answer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const INCREMENTAL_ALTER_CONFIGS: ApiRange = {
  apiKey: 44,
  apiName: 'IncrementalAlterConfigs',
  min: 1,
  max: 1,
};

/** Settings of one topic to be put; every other setting of it stays as it is. */
export interface TopicSettings {
  readonly topic: string;
  /** Null takes the topic's own value away, so that the broker's counts. */
  readonly settings: Readonly<Record<string, string | null>>;
}

const TOPIC = 2;
const SET = 0;
const DELETE = 1;

/** Asks for the settings; with `validateOnly` the broker only says whether it would. */
export function writeIncrementalAlterConfigsRequest(
  topics: readonly TopicSettings[],
  validateOnly: boolean,
): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactArray(topics, ({ topic, settings }) => {
    writer.int8(TOPIC).compactString(topic);
    writer.compactArray(Object.entries(settings), ([name, value]) => {
      writer.compactString(name).int8(value === null ? DELETE : SET);
      writer.compactString(value).tags();
    });
    writer.tags();
  });
  return writer.boolean(validateOnly).tags().finish();
}

/** Reads the answers, one a topic. Throws a RangeError where it is cut short. */
export function readIncrementalAlterConfigsResponse(
  body: Buffer,
): readonly (BrokerAnswer & { readonly topic: string })[] {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  return reader.compactArray(() => {
    const answer = readBrokerAnswer(reader);
    reader.int8(); // kind
    const topic = reader.compactString();
    reader.tags();
    return { topic, ...answer };
  });
}
