import { type IHeaders, Kafka, logLevel } from 'kafkajs';
import { randomName } from './random-name.ts';

/** A record as another client sees it. */
export interface ReadBack {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly timestampAt: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads the first `count` records of a topic with kafkajs's consumer: a judge that shares no code with ours. */
export async function readBack(
  bootstrap: string,
  topic: string,
  count: number,
): Promise<readonly ReadBack[]> {
  const kafka = new Kafka({
    brokers: bootstrap.split(','),
    clientId: 'judge',
    logLevel: logLevel.NOTHING,
  });
  const consumer = kafka.consumer({ groupId: randomName('judge'), maxWaitTimeInMs: 50 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    const records: ReadBack[] = [];
    await new Promise<void>((resolve, reject) => {
      const each = async ({ partition, message }: EachMessage): Promise<void> => {
        records.push(readBackOf(partition, message));
        if (records.length === count) resolve();
      };
      consumer.run({ eachMessage: each }).catch(reject);
    });
    return records;
  } finally {
    await consumer.disconnect();
  }
}

interface EachMessage {
  readonly partition: number;
  readonly message: {
    readonly offset: string;
    readonly key: Buffer | null;
    readonly value: Buffer | null;
    readonly timestamp: string;
    readonly headers?: IHeaders;
  };
}

function readBackOf(partition: number, message: EachMessage['message']): ReadBack {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [
    name,
    String(value),
  ]);
  return {
    partition,
    offset: Number(message.offset),
    key: message.key?.toString() ?? null,
    value: message.value?.toString() ?? null,
    timestampAt: Number(message.timestamp),
    headers: Object.fromEntries(headers),
  };
}
