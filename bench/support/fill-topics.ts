import { Kafka, logLevel } from 'kafkajs';
import { z } from 'zod';
import { SEVERITIES } from '../../core/alarm/level.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import { epochMs } from '../../core/lib/units.ts';
import type { RegisteredSchema } from '../../core/ports/schema-store.ts';
import { OWN_SCHEMAS } from '../../schemas/avro/subjects.ts';
import type { WireEncoder } from '../../schemas/codecs/wire.ts';
import { createWireEncoder } from '../../schemas/codecs/wire-encoder.ts';
import { ACTIVE_ALARMS, ALARM_TOPICS } from '../../schemas/topics.ts';
import { seededRandom } from './seeded-random.ts';

const BATCH = 5_000;
const IDENTITY = { user: 'plant', producer: 'bench', host: 'localhost' };
const ID = z.object({ id: z.number() });

/** Registers our schemas where they are missing and answers an encoder for them. */
export async function registeredEncoder(registry: string): Promise<WireEncoder> {
  const versions: Record<string, readonly RegisteredSchema[]> = {};
  for (const { subject, schema } of OWN_SCHEMAS) {
    const answer = await fetch(`${registry}/subjects/${subject}/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      body: JSON.stringify({ schema }),
    });
    versions[subject] = [{ id: ID.parse(await answer.json()).id, version: 1, schema }];
  }
  return createWireEncoder(versions);
}

/** Makes the alarm topics anew on a broker of the bench, without compaction, so that every record is read. */
export async function makeTopicsAnew(bootstrap: string): Promise<void> {
  const kafka = new Kafka({ clientId: 'bench', brokers: [bootstrap], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const existing = await admin.listTopics();
  const ours = ALARM_TOPICS.filter((topic) => existing.includes(topic));
  if (ours.length > 0) await admin.deleteTopics({ topics: [...ours] });
  const configEntries = [
    { name: 'cleanup.policy', value: 'delete' },
    { name: 'retention.ms', value: '-1' },
  ];
  for (;;) {
    // A topic that is being deleted keeps its name for a moment.
    const left = (await admin.listTopics()).filter((topic) =>
      ALARM_TOPICS.some((name) => name === topic),
    );
    if (left.length === 0) break;
  }
  await admin.createTopics({
    topics: ALARM_TOPICS.map((topic) => ({
      topic,
      numPartitions: 1,
      replicationFactor: 1,
      configEntries,
    })),
  });
  await admin.disconnect();
}

/** Fills active-alarms with `count` records over half as many alarms: EPICS and simple ones, acknowledgements, a tenth of them clearing. */
export async function fillActiveAlarms(
  bootstrap: string,
  registry: string,
  count: number,
): Promise<void> {
  const encoder = await registeredEncoder(registry);
  const kafka = new Kafka({ clientId: 'bench', brokers: [bootstrap], logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  const random = seededRandom(1);
  const startedAt = epochMs(Date.now() - count);
  for (let from = 0; from < count; from += BATCH) {
    const messages = [];
    for (let index = from; index < Math.min(count, from + BATCH); index += 1) {
      const encoded = encoder.encode(anOrder(random, count), IDENTITY, epochMs(startedAt + index));
      if (!encoded.ok) throw new Error(encoded.error.message);
      const { key, value, headers } = encoded.value;
      messages.push({
        key: Buffer.from(key),
        value: value === null ? null : Buffer.from(value),
        timestamp: String(startedAt + index),
        headers: Object.fromEntries(
          headers.map((header) => [header.name, Buffer.from(header.value)]),
        ),
      });
    }
    await producer.send({ topic: ACTIVE_ALARMS, messages, acks: -1 });
  }
  await producer.disconnect();
}

function anOrder(random: () => number, count: number): AlarmOrder {
  const name = alarmName(`ALARM${String(Math.floor(random() * (count / 2))).padStart(7, '0')}`);
  const dice = random();
  if (dice < 0.1)
    return { name, fact: { fact: 'epicsChanged', severity: 'NO_ALARM', status: 'NO_ALARM' } };
  if (dice < 0.65) {
    const severity = SEVERITIES[1 + Math.floor(random() * 3)] ?? 'MINOR';
    return {
      name,
      fact: { fact: 'epicsChanged', severity, status: random() < 0.5 ? 'HIHI' : 'LOLO' },
    };
  }
  if (dice < 0.8) return { name, fact: { fact: 'simpleChanged', isActive: true } };
  if (dice < 0.95) return { name, fact: { fact: 'epicsAcknowledged', level: 'MAJOR_ACK' } };
  return { name, fact: { fact: 'simpleAcknowledged', isAcknowledged: true } };
}
