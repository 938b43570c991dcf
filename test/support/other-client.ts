import avsc from 'avsc';
import { type Consumer, Kafka, type KafkaMessage, logLevel, type Producer } from 'kafkajs';
import { z } from 'zod';
import { randomName } from './random-name.ts';

type Severity = 'NO_ALARM' | 'MINOR' | 'MAJOR' | 'INVALID';
type MessageType = 'Alarming' | 'Ack' | 'AlarmingEPICS' | 'AckEPICS';

/** A record of the alarm topics as the other client reads it. */
export interface SeenRecord {
  readonly topic: string;
  readonly offset: number;
  readonly name: string;
  /** Of `active-alarms`, from the key. */
  readonly type: string | null;
  /** As JSON of Avro; null = a tombstone. */
  readonly value: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly timestampAt: number;
}

/** What the other client registers of an alarm; the rest is the same for all. */
export interface OtherRegistration {
  /** In seconds; 0 = never, null = no limit. */
  readonly maxShelvedSeconds?: number | null;
  readonly isLatching?: boolean;
  readonly location?: string;
  readonly category?: string;
}

/**
 * A program of somebody else on the same topics: kafkajs and avsc alone, with framing of its own and the schemas that the
 * registry gives it. It shares no code with the console, so the two can only agree on the wire.
 */
export class OtherClient {
  readonly #registryUrl: string;
  readonly #kafka: Kafka;
  readonly #producer: Producer;
  readonly #types = new Map<string, Promise<{ id: number; type: avsc.Type }>>();
  readonly #byId = new Map<number, Promise<avsc.Type>>();
  readonly #seen: SeenRecord[] = [];
  #consumer: Consumer | null = null;

  constructor(bootstrap: string, registryUrl: string) {
    this.#registryUrl = registryUrl;
    this.#kafka = new Kafka({
      brokers: [bootstrap],
      clientId: 'other-client',
      logLevel: logLevel.NOTHING,
    });
    this.#producer = this.#kafka.producer();
  }

  async connect(): Promise<void> {
    await this.#producer.connect();
  }

  async close(): Promise<void> {
    await this.#consumer?.disconnect();
    await this.#producer.disconnect();
  }

  async register(name: string, told: OtherRegistration = {}): Promise<void> {
    await this.#send('registered-alarms', Buffer.from(name), {
      producer: { 'org.jlab.kafka.alarms.DirectCAAlarm': { pv: `${name}:STAT` } },
      location: told.location ?? 'NL',
      category: told.category ?? 'Vacuum',
      maxshelveduration: told.maxShelvedSeconds ?? null,
      latching: told.isLatching ?? false,
      docurl: 'vacuum/valves.html',
      edmpath: 'vacuum/valves.edl',
    });
  }

  /** Writes the state of an EPICS channel; answers the offset of the record. */
  async raise(name: string, sevr: Severity, stat = 'HIHI'): Promise<number> {
    const key = await this.#activeKey(name, 'AlarmingEPICS');
    return this.#send('active-alarms', key, {
      msg: { 'org.jlab.kafka.alarms.AlarmingEPICS': { sevr, stat } },
    });
  }

  async shelve(name: string, expirationAt: number, reason: string): Promise<number> {
    return this.#send('shelved-alarms', Buffer.from(name), { expiration: expirationAt, reason });
  }

  /** Makes the log long: as many alarms that nobody registered and that are normal. */
  async writeNormals(count: number): Promise<void> {
    const value = await this.#framed('active-alarms-value', {
      msg: { 'org.jlab.kafka.alarms.AlarmingEPICS': { sevr: 'NO_ALARM', stat: 'NO_ALARM' } },
    });
    for (let sent = 0; sent < count; sent += BATCH) {
      const names = Array.from({ length: BATCH }, (_, at) => `spare-${sent + at}`);
      const keys = await Promise.all(names.map((name) => this.#activeKey(name, 'AlarmingEPICS')));
      const messages = keys.map((key) => ({ key, value, headers: HEADERS }));
      await this.#producer.send({ topic: 'active-alarms', acks: -1, messages });
    }
  }

  /** Writes bytes that nobody can decode where the state of an alarm belongs. */
  async sendDamaged(name: string, value: Buffer): Promise<number> {
    const key = await this.#activeKey(name, 'AlarmingEPICS');
    return this.#append('active-alarms', key, value);
  }

  /** Begins to read the alarm topics from their start. */
  async startReading(): Promise<void> {
    const consumer = this.#kafka.consumer({ groupId: randomName('other'), maxWaitTimeInMs: 50 });
    this.#consumer = consumer;
    await consumer.connect();
    const topics = ['registered-alarms', 'active-alarms', 'shelved-alarms'];
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({ eachMessage: ({ topic, message }) => this.#see(topic, message) });
  }

  /** What was read of an alarm on a topic so far, oldest first. */
  seen(topic: string, name: string): readonly SeenRecord[] {
    return this.#seen.filter((record) => record.topic === topic && record.name === name);
  }

  async #activeKey(name: string, type: MessageType): Promise<Buffer> {
    return this.#framed('active-alarms-key', { name, type });
  }

  async #send(topic: string, key: Buffer, value: unknown): Promise<number> {
    return this.#append(topic, key, await this.#framed(`${topic}-value`, value));
  }

  async #append(topic: string, key: Buffer, value: Buffer): Promise<number> {
    const messages = [{ key, value, headers: HEADERS }];
    const [written] = await this.#producer.send({ topic, acks: -1, messages });
    return Number(written?.baseOffset);
  }

  async #framed(subject: string, value: unknown): Promise<Buffer> {
    const { id, type } = await this.#latest(subject);
    const head = Buffer.alloc(5);
    head.writeInt32BE(id, 1);
    return Buffer.concat([head, type.toBuffer(value)]);
  }

  async #see(topic: string, message: KafkaMessage): Promise<void> {
    const { key, value } = message;
    if (key === null) return;
    const named = topic === 'active-alarms' ? KEY.parse(await this.#unframed(key)) : null;
    this.#seen.push({
      topic,
      offset: Number(message.offset),
      name: named?.name ?? key.toString('utf8'),
      type: named?.type ?? null,
      value: value === null ? null : await this.#unframed(value),
      headers: Object.fromEntries(
        Object.entries(message.headers ?? {}).map(([name, text]) => [name, String(text)]),
      ),
      timestampAt: Number(message.timestamp),
    });
  }

  /** What cannot be decoded is seen as a text: other tests of the run write such records. */
  async #unframed(bytes: Buffer): Promise<unknown> {
    try {
      const type = await this.#typeOf(bytes.readInt32BE(1));
      const value: unknown = type.fromBuffer(bytes.subarray(5));
      return value;
    } catch (error) {
      return { name: '', type: '', undecodable: String(error) };
    }
  }

  #latest(subject: string) {
    const known = this.#types.get(subject) ?? this.#fetchLatest(subject);
    this.#types.set(subject, known);
    return known;
  }

  async #fetchLatest(subject: string) {
    const response = await fetch(`${this.#registryUrl}/subjects/${subject}/versions/latest`);
    const { id, schema } = LATEST.parse(await response.json());
    return { id, type: avsc.Type.forSchema(JSON.parse(schema)) };
  }

  #typeOf(id: number): Promise<avsc.Type> {
    const known = this.#byId.get(id) ?? this.#fetchType(id);
    this.#byId.set(id, known);
    return known;
  }

  async #fetchType(id: number): Promise<avsc.Type> {
    const response = await fetch(`${this.#registryUrl}/schemas/ids/${id}`);
    const { schema } = SCHEMA.parse(await response.json());
    return avsc.Type.forSchema(JSON.parse(schema));
  }
}

/** Records in one request, well below what a broker takes. */
const BATCH = 4_000;
const HEADERS = { user: 'operator2', producer: 'other-client', host: 'elsewhere' };
const KEY = z.object({ name: z.string(), type: z.string() });
const SCHEMA = z.object({ schema: z.string() });
const LATEST = z.object({ id: z.int(), schema: z.string() });
