import avro from 'avsc';
import { Kafka, logLevel } from 'kafkajs';
import * as z from 'zod/mini';
import { digestOf, type LiveKey } from '../support/answer-digest.ts';

/**
 * The peer: a kafkajs consumer in a group of its own, eachBatch with its best settings, that decodes every key and value with
 * avsc into a Map. It knows the end of the topic beforehand, as a consumer that must tell when it is there does.
 */
const [bootstrap = '', registry = '', topic = ''] = process.argv.slice(2);
const kafka = new Kafka({ clientId: 'peer', brokers: [bootstrap], logLevel: logLevel.NOTHING });
const KEY = z.object({ name: z.string(), type: z.string() });
const MESSAGE = z.object({
  sevr: z.optional(z.string()),
  stat: z.optional(z.string()),
  ack: z.optional(z.string()),
  alarming: z.optional(z.boolean()),
  acknowledged: z.optional(z.boolean()),
});
const VALUE = z.object({ msg: z.record(z.string(), MESSAGE) });
const SCHEMA = z.object({ schema: z.string() });

const types = new Map<number, avro.Type>();
const state = new Map<string, { readonly key: unknown; readonly value: unknown }>();
let records = 0;

async function typeOf(id: number): Promise<avro.Type> {
  const answer = await fetch(`${registry}/schemas/ids/${id}`);
  const { schema } = SCHEMA.parse(await answer.json());
  return avro.Type.forSchema(JSON.parse(schema), { wrapUnions: true });
}

async function decode(bytes: Buffer): Promise<unknown> {
  const id = bytes.readInt32BE(1);
  let type = types.get(id);
  if (type === undefined) {
    type = await typeOf(id);
    types.set(id, type);
  }
  return type.decode(bytes, 5).value;
}

/** The same without waiting, where the schema is known: the path that all but the first records take. */
function decodeKnown(bytes: Buffer): unknown {
  return types.get(bytes.readInt32BE(1))?.decode(bytes, 5).value;
}

async function run(): Promise<void> {
  const admin = kafka.admin();
  const consumer = kafka.consumer({
    groupId: `peer-${process.pid}-${Date.now()}`,
    maxBytesPerPartition: 8 << 20,
    maxBytes: 64 << 20,
    maxWaitTimeInMs: 100,
  });
  await Promise.all([admin.connect(), consumer.connect()]);
  const [offsets] = await admin.fetchTopicOffsets(topic);
  const end = Number(offsets?.high ?? 0);
  await consumer.subscribe({ topic, fromBeginning: true });
  const arrived = new Promise<void>((resolve) => {
    void consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: true,
      eachBatch: async ({ batch }) => {
        for (const { key, value } of batch.messages) {
          if (key === null) continue;
          records += 1;
          const name = key.toString('latin1');
          if (value === null) state.delete(name);
          else
            state.set(name, {
              key: decodeKnown(key) ?? (await decode(key)),
              value: decodeKnown(value) ?? (await decode(value)),
            });
        }
        if (Number(batch.lastOffset()) >= end - 1) resolve();
      },
    });
  });
  await arrived;
  process.stdout.write('head\n');
  const { user, system } = process.cpuUsage();
  const peakMiB = process.resourceUsage().maxRSS / 1_024;
  const cpuMs = (user + system) / 1_000;
  process.stdout.write(`${JSON.stringify({ records, ...digestOf(liveKeys()), cpuMs, peakMiB })}\n`);
  await Promise.all([consumer.disconnect(), admin.disconnect()]);
}

function* liveKeys(): Generator<LiveKey> {
  for (const { key, value } of state.values()) {
    const { name, type } = KEY.parse(plain(key));
    const [branch] = Object.values(VALUE.parse(plain(value)).msg);
    const says = branch === undefined ? '' : saying(branch);
    if (says !== '') yield [name, type, says];
  }
}

/** avsc answers instances of classes of its own. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** What a branch says, in the words of the digest; empty where it clears. */
function saying(message: z.infer<typeof MESSAGE>): string {
  const { sevr, stat, ack } = message;
  if (sevr !== undefined) return sevr === 'NO_ALARM' ? '' : `${sevr} ${stat ?? ''}`;
  if (ack !== undefined) return ack === 'NO_ACK' ? '' : ack;
  return message.alarming === true || message.acknowledged === true ? 'true' : '';
}

await run();
