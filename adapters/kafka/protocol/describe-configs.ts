import type { ApiRange } from '../connection/cluster.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const DESCRIBE_CONFIGS: ApiRange = {
  apiKey: 32,
  apiName: 'DescribeConfigs',
  min: 1,
  max: 2,
};

const TOPIC = 2;
const ALL = -1;
const SET_ON_TOPIC = 1;

/** What a broker says of one topic's settings. */
export interface TopicConfigs {
  readonly errorCode: number;
  readonly detail: string | null;
  readonly topic: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Those of them that were set on the topic itself; the others are the broker's. */
  readonly overridden: readonly string[];
}

/** Asks for these settings of these topics, the broker's defaults included; null asks for all. */
export function writeDescribeConfigsRequest(
  topics: readonly string[],
  names: readonly string[] | null,
): Uint8Array {
  const writer = new ByteWriter();
  writer.array(topics, (topic) => {
    writer.int8(TOPIC).string(topic);
    if (names === null) writer.int32(ALL);
    else writer.array(names, (name) => writer.string(name));
  });
  return writer.boolean(false).finish();
}

/** Reads the answer; a setting without a value is left out. Throws a RangeError where it is cut short. */
export function readDescribeConfigsResponse(body: Buffer): readonly TopicConfigs[] {
  const reader = new ByteReader(body);
  reader.int32(); // throttle time
  return reader.array(() => {
    const errorCode = reader.int16();
    const detail = reader.nullableString();
    reader.int8(); // kind
    const topic = reader.string();
    const entries = reader.array(() => readEntry(reader)).flat();
    return {
      errorCode,
      detail,
      topic,
      settings: Object.fromEntries(entries.map(({ name, value }) => [name, value])),
      overridden: entries.filter(({ isOverridden }) => isOverridden).map(({ name }) => name),
    };
  });
}

interface Entry {
  readonly name: string;
  readonly value: string;
  readonly isOverridden: boolean;
}

function readEntry(reader: ByteReader): readonly Entry[] {
  const name = reader.string();
  const value = reader.nullableString();
  reader.boolean(); // read only
  const isOverridden = reader.int8() === SET_ON_TOPIC;
  reader.boolean(); // sensitive
  reader.array(() => {
    reader.string();
    reader.nullableString();
    reader.int8();
  });
  return value === null ? [] : [{ name, value, isOverridden }];
}
