import { afterAll, beforeAll } from 'vitest';
import { startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import { type AlarmWriter, createAlarmWriter } from '../../adapters/alarm-writer/alarm-writer.ts';
import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { createRegistrySchemaStore } from '../../adapters/schema-registry/registry-schema-store.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import type { AlarmState } from '../../core/alarm/alarm-state.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import type { AlarmLog, TopicSpec } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { OWN_SCHEMAS } from '../../schemas/avro/subjects.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { TOPIC_SPECS } from '../../schemas/topic-specs.ts';
import { ALARM_TOPICS } from '../../schemas/topics.ts';
import { whyNoBroker } from './java-process.ts';
import { startBroker, type TestBroker } from './kafka-broker.ts';
import { startRegistry, type TestRegistry } from './schema-registry.ts';
import {
  bundleService,
  type ServiceProcess,
  type ServiceProgram,
  startService,
} from './service-process.ts';

type ServiceName = Parameters<typeof bundleService>[0];
type Settings = Readonly<Record<string, string>>;

/** The Kafka of a site: one broker or several. */
interface SiteKafka {
  readonly bootstrap: string;
  stop(): Promise<void>;
}

/** A Kafka and a registry of a test file's own, with topics and schemas, and the services that run on it as programs. */
export interface ServiceSite<K extends SiteKafka = TestBroker> {
  readonly broker: K;
  readonly registry: TestRegistry;
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly clock: Clock;
  readonly writer: AlarmWriter;
  /** What services are run with. */
  readonly settings: Settings;
  /** Node's arguments that run a service. */
  programOf(name: ServiceName): readonly string[];
  run(name: ServiceName, more?: Settings): ServiceProcess;
  /** Ends it in order; answers its exit code. */
  stop(service: ServiceProcess): Promise<number | null>;
  kill(service: ServiceProcess): Promise<void>;
  /** Writes them in their order, each once the one before stands; with the schemas that are registered when the first is written. */
  write(orders: readonly AlarmOrder[], writer?: AlarmWriter): Promise<void>;
  /** A writer that asks the registry anew. */
  newWriter(): AlarmWriter;
  /** Reads until what the topics say of the alarms satisfies the condition. */
  until(
    names: readonly string[],
    isEnough: (state: AlarmState) => boolean,
  ): Promise<readonly AlarmState[]>;
  close(): Promise<void>;
}

/** Starts the site before the tests of a file, and stops it and every service after them. */
export function startServiceSite(
  names: readonly ServiceName[],
  topics: readonly TopicSpec[] = TOPIC_SPECS,
): () => ServiceSite {
  return startServiceSiteOn(startBroker, names, topics);
}

/** The same on a Kafka of the tests' choice. */
export function startServiceSiteOn<K extends SiteKafka>(
  startKafka: () => Promise<K>,
  names: readonly ServiceName[],
  topics: readonly TopicSpec[] = TOPIC_SPECS,
): () => ServiceSite<K> {
  let site: ServiceSite<K> | undefined;
  beforeAll(async () => {
    if ((await whyNoBroker()) !== null) return;
    const programs = Promise.all(
      names.map(async (name) => [name, await bundleService(name)] as const),
    );
    const [broker, registry] = await Promise.all([startKafka(), startRegistry()]);
    site = siteOf(broker, registry, new Map(await programs));
    for (const { subject, schema } of OWN_SCHEMAS) await site.schemas.register(subject, schema);
    const created = await site.log.createTopics(topics);
    if (!created.ok) throw new Error(created.error.message);
  });
  afterAll(() => site?.close());
  return () => {
    if (site === undefined) throw new Error('the site is not there');
    return site;
  };
}

function siteOf<K extends SiteKafka>(
  broker: K,
  registry: TestRegistry,
  programs: ReadonlyMap<ServiceName, ServiceProgram>,
): ServiceSite<K> {
  const clock = createSystemClock();
  const { bootstrap } = broker;
  const log = createKafkaAlarmLog({ bootstrapServers: bootstrap, clientId: 'test', clock });
  const schemas = createRegistrySchemaStore({ url: registry.url });
  const identity = { user: 'tester', producer: 'test', host: 'localhost' };
  const newWriter = (): AlarmWriter => createAlarmWriter({ log, schemas, identity, clock });
  const settings = {
    BOOTSTRAP_SERVERS: bootstrap,
    SCHEMA_REGISTRY: registry.url,
    KLAXON_LOG_LEVEL: 'debug',
  };
  const running = new Set<ServiceProcess>();
  const end = (service: ServiceProcess, signal: NodeJS.Signals): Promise<number | null> => {
    running.delete(service);
    service.signal(signal);
    return service.ended;
  };
  const programOf = (name: ServiceName): readonly string[] => programs.get(name)?.program ?? [];
  const writer = newWriter();
  return {
    broker,
    registry,
    log,
    schemas,
    clock,
    writer,
    settings,
    programOf,
    newWriter,
    run(name, more = {}) {
      const service = startService(programOf(name), { ...settings, ...more });
      running.add(service);
      return service;
    },
    stop: (service) => end(service, 'SIGTERM'),
    kill: async (service) => void (await end(service, 'SIGKILL')),
    async write(orders, by = writer) {
      for (const order of orders) {
        const written = await by.write(order);
        if (!written.ok) throw new Error(JSON.stringify(written.error));
      }
    },
    until: (names, isEnough) => stateOf({ log, schemas, clock }, names, isEnough),
    async close() {
      for (const service of running) service.signal('SIGKILL');
      await log.close();
      const removed = [...programs.values()].map((program) => program.remove());
      await Promise.all([broker.stop(), registry.stop(), ...removed]);
    },
  };
}

function stateOf(
  ground: Pick<ServiceSite, 'log' | 'schemas' | 'clock'>,
  names: readonly string[],
  isEnough: (state: AlarmState) => boolean,
): Promise<readonly AlarmState[]> {
  return new Promise((resolve) => {
    const reader = startAlarmReader({
      ...ground,
      decoder: createWireDecoder(),
      topics: ALARM_TOPICS,
      onChange: () => {
        if (!reader.isAtHead) return;
        const states = names.flatMap((name) => reader.book.state(alarmName(name)) ?? []);
        if (states.length < names.length || !states.every(isEnough)) return;
        void reader.close().then(() => resolve(states));
      },
    });
  });
}
