import { Kafka, logLevel, type Message } from 'kafkajs';
import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import { createKafkaCluster } from '../../adapters/kafka/connection/kafka-cluster.ts';
import {
  createLogReading,
  type LogReadingOptions,
} from '../../adapters/kafka/reading/log-reading.ts';
import { durationMs, epochMs } from '../../core/lib/units.ts';
import type { LogListener } from '../../core/ports/alarm-log.ts';
import {
  createRecordingListener,
  type HeardRecord,
  isIn,
  type RecordingListener,
} from '../fakes/recording-listener.ts';

/** What a test says about a reading; the rest is as in the product. */
export interface ReadingUnderTest extends Partial<LogReadingOptions> {
  readonly wrap?: (cluster: Cluster) => Cluster;
  readonly extend?: Partial<LogListener>;
}

/** Reads topics of a broker while the work lasts. */
export async function reading<T>(
  bootstrap: string,
  topics: readonly string[],
  work: (heard: RecordingListener) => Promise<T>,
  options: ReadingUnderTest = {},
): Promise<T> {
  const cluster = createKafkaCluster({ bootstrapServers: bootstrap, clientId: 'reading-test' });
  const heard = createRecordingListener();
  const { wrap, extend, ...more } = options;
  const underTest = createLogReading(
    wrap?.(cluster) ?? cluster,
    topics,
    { ...heard, ...extend },
    { ...PLAIN_OPTIONS, ...more },
  );
  try {
    return await work(heard);
  } finally {
    await underTest.close();
    await cluster.close();
  }
}

/** Everything that a fresh reading hears until it is live. */
export function readToLive(
  bootstrap: string,
  topics: readonly string[],
): Promise<RecordingListener> {
  return reading(bootstrap, topics, async (heard) => {
    await heard.until(isIn('live'));
    return heard;
  });
}

/** Sends messages with kafkajs in one request each call. */
export async function produce(
  bootstrap: string,
  topic: string,
  ...requests: readonly Message[][]
): Promise<void> {
  const kafka = new Kafka({ brokers: [bootstrap], clientId: 'test', logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  try {
    for (const messages of requests) await producer.send({ topic, acks: -1, messages });
  } finally {
    await producer.disconnect();
  }
}

/** What is left of the records when only the newest of each key counts and tombstones delete. */
export function foldOf(records: readonly HeardRecord[]): ReadonlyMap<string, string> {
  const newest = new Map<string, string>();
  for (const { key, value } of records) {
    if (value === null) newest.delete(String(key));
    else newest.set(String(key), String(value));
  }
  return newest;
}

/** Asks again until the claim holds; each question is a round trip to a broker. */
export async function eventually(claim: () => Promise<boolean>): Promise<void> {
  for (let holds = false; !holds; ) holds = await claim();
}

const PLAIN_OPTIONS: LogReadingOptions = {
  clock: {
    now: () => epochMs(Date.now()),
    callAt: () => () => undefined,
    callEvery: () => () => undefined,
  },
  staleAfterMs: durationMs(4_000),
  retentionsOf: async (topics) => new Map(topics.map((topic) => [topic, null])),
};
