import { Kafka, logLevel, type Message } from 'kafkajs';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import { type EpochMs, epochMs } from '../../core/lib/units.ts';
import type { WireEncoder } from '../../schemas/codecs/wire.ts';
import { TOPIC_SPECS } from '../../schemas/topic-specs.ts';
import { ACTIVE_ALARMS, REGISTERED_ALARMS } from '../../schemas/topics.ts';
import { registeredEncoder } from './fill-topics.ts';

const BATCH = 5_000;
const IDENTITY = { user: 'plant', producer: 'bench', host: 'localhost' };

/** A client of the bench that says nothing. */
export function benchKafka(bootstrap: string): Kafka {
  return new Kafka({ clientId: 'bench', brokers: [bootstrap], logLevel: logLevel.NOTHING });
}

/**
 * Makes the alarm topics anew as the product makes them, except that their segments stay open: the broker then compacts
 * nothing while a bench measures.
 */
export async function makeWindowTopics(bootstrap: string): Promise<void> {
  const admin = benchKafka(bootstrap).admin();
  await admin.connect();
  const names = TOPIC_SPECS.map(({ topic }) => topic);
  const ours = (await admin.listTopics()).filter((topic) => names.includes(topic));
  if (ours.length > 0) await admin.deleteTopics({ topics: ours });
  // A topic that is being deleted keeps its name for a moment.
  while ((await admin.listTopics()).some((topic) => names.includes(topic)));
  await admin.createTopics({
    topics: TOPIC_SPECS.map(({ topic, partitions, settings }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor: 1,
      configEntries: Object.entries(settings)
        .filter(([name]) => name !== 'segment.ms')
        .map(([name, value]) => ({ name, value })),
    })),
  });
  await admin.disconnect();
}

/** The name of the alarm with this number. */
export function nameOfAlarm(index: number): string {
  return `ALARM${String(index).padStart(7, '0')}`;
}

/** How many alarms there are, and which of them are active from the start. */
export interface WindowFill {
  readonly alarms: number;
  /** Every so many alarms one is active: 1 = all. */
  readonly activeEvery: number;
}

/** When an alarm was raised by a fill that began then (epoch ms). */
export function raisedFirstAt(filledAt: number, index: number): EpochMs {
  return epochMs(filledAt + index);
}

/** Registers the alarms and raises some of them, all MINOR and HIGH. Answers the time stamp of the first. */
export async function fillWindowTopics(
  bootstrap: string,
  registry: string,
  fill: WindowFill,
): Promise<number> {
  const encoder = await registeredEncoder(registry);
  const numbers = Array.from({ length: fill.alarms }, (_, index) => index);
  const startedAt = Date.now() - fill.alarms;
  const registrations = numbers.map((index) => ({
    order: registrationOf(index, encoder),
    at: raisedFirstAt(startedAt, index),
  }));
  const raised = numbers
    .filter((index) => index % fill.activeEvery === 0)
    .map((index) => ({ order: raisedFirst(index), at: raisedFirstAt(startedAt, index) }));
  await send(bootstrap, encoder, REGISTERED_ALARMS, registrations);
  await send(bootstrap, encoder, ACTIVE_ALARMS, raised);
  return startedAt;
}

/** One record for kafkajs. Throws where the order cannot be written. */
export function messageOf(encoder: WireEncoder, order: AlarmOrder, at: EpochMs): Message {
  const encoded = encoder.encode(order, IDENTITY, at);
  if (!encoded.ok) throw new Error(encoded.error.message);
  const { key, value, headers } = encoded.value;
  return {
    key: Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    timestamp: String(at),
    headers: Object.fromEntries(headers.map((header) => [header.name, Buffer.from(header.value)])),
  };
}

/** What an alarm says before the bench begins: MINOR. */
function raisedFirst(index: number): AlarmOrder {
  const fact = { fact: 'epicsChanged', severity: 'MINOR', status: 'HIGH' } as const;
  return { name: alarmName(nameOfAlarm(index)), fact };
}

function registrationOf(index: number, { locations, categories }: WireEncoder): AlarmOrder {
  const name = nameOfAlarm(index);
  return {
    name: alarmName(name),
    fact: {
      fact: 'registered',
      registration: {
        source: { kind: 'epicsChannel', pv: `${name}:val` },
        location: locations[index % locations.length] ?? '',
        category: categories[index % categories.length] ?? '',
        maxShelvedSeconds: 3_600,
        isLatching: false,
        documentUrl: `alarms/${name}.html`,
        screenPath: `screens/${name}.opi`,
      },
    },
  };
}

async function send(
  bootstrap: string,
  encoder: WireEncoder,
  topic: string,
  orders: readonly { readonly order: AlarmOrder; readonly at: EpochMs }[],
): Promise<void> {
  const producer = benchKafka(bootstrap).producer();
  await producer.connect();
  for (let from = 0; from < orders.length; from += BATCH) {
    const part = orders.slice(from, from + BATCH);
    const messages = part.map(({ order, at }) => messageOf(encoder, order, at));
    await producer.send({ topic, messages, acks: -1 });
  }
  await producer.disconnect();
}
