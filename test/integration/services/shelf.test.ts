import { afterAll, beforeAll, describe, expect } from 'vitest';
import { z } from 'zod';
import { startAlarmReader } from '../../../adapters/alarm-reader/alarm-reader.ts';
import {
  type AlarmWriter,
  createAlarmWriter,
} from '../../../adapters/alarm-writer/alarm-writer.ts';
import { createKafkaAlarmLog } from '../../../adapters/kafka/kafka-alarm-log.ts';
import { createRegistrySchemaStore } from '../../../adapters/schema-registry/registry-schema-store.ts';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import type { AlarmState } from '../../../core/alarm/alarm-state.ts';
import type { AlarmOrder } from '../../../core/alarm/orders.ts';
import { alarmName } from '../../../core/lib/alarm-name.ts';
import type { AlarmLog } from '../../../core/ports/alarm-log.ts';
import type { SchemaStore } from '../../../core/ports/schema-store.ts';
import { OWN_SCHEMAS } from '../../../schemas/avro/subjects.ts';
import { createWireDecoder } from '../../../schemas/codecs/wire-decoder.ts';
import { TOPIC_SPECS } from '../../../schemas/topic-specs.ts';
import { ALARM_TOPICS } from '../../../schemas/topics.ts';
import { registrationOrder, shelfOrder } from '../../support/alarm-ground.ts';
import { startBroker, type TestBroker } from '../../support/kafka-broker.ts';
import { killServicesWhileShelvesEnd } from '../../support/killed-shelves.ts';
import { OtherClient } from '../../support/other-client.ts';
import { startRegistry, type TestRegistry } from '../../support/schema-registry.ts';
import {
  bundleService,
  isLiveLine,
  type ServiceProcess,
  type ServiceProgram,
  startService,
} from '../../support/service-process.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';

const clock = createSystemClock();

let shelf: ServiceProgram;
let broker: TestBroker;
let registry: TestRegistry;
let log: AlarmLog;
let schemas: SchemaStore;
let writer: AlarmWriter;
let settings: Readonly<Record<string, string>>;
const services = new Set<ServiceProcess>();

beforeAll(async () => {
  [broker, registry, shelf] = await Promise.all([
    startBroker(),
    startRegistry(),
    bundleService('shelf'),
  ]);
  log = createKafkaAlarmLog({ bootstrapServers: broker.bootstrap, clientId: 'test', clock });
  schemas = createRegistrySchemaStore({ url: registry.url });
  for (const { subject, schema } of OWN_SCHEMAS) await schemas.register(subject, schema);
  await log.createTopics(TOPIC_SPECS);
  const identity = { user: 'tester', producer: 'test', host: 'localhost' };
  writer = createAlarmWriter({ log, schemas, identity, clock });
  settings = {
    BOOTSTRAP_SERVERS: broker.bootstrap,
    SCHEMA_REGISTRY: registry.url,
    KLAXON_LOG_LEVEL: 'debug',
  };
});

afterAll(async () => {
  for (const service of services) service.signal('SIGKILL');
  await log.close();
  await Promise.all([broker.stop(), registry.stop(), shelf.remove()]);
});

function run(more: Readonly<Record<string, string>> = {}): ServiceProcess {
  const service = startService(shelf.program, { ...settings, ...more });
  services.add(service);
  return service;
}

async function stop(service: ServiceProcess): Promise<number | null> {
  service.signal('SIGTERM');
  const code = await service.ended;
  services.delete(service);
  return code;
}

async function write(...orders: readonly AlarmOrder[]): Promise<void> {
  for (const order of orders) expect(await writer.write(order)).toMatchObject({ ok: true });
}

/** Reads until what the topics say of the alarms satisfies the condition. */
function until(
  names: readonly string[],
  isEnough: (state: AlarmState) => boolean,
): Promise<readonly AlarmState[]> {
  return new Promise((resolve) => {
    const reader = startAlarmReader({
      log,
      schemas,
      clock,
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

describe('the shelf service beside a real Kafka', () => {
  ownBrokerTest('ends what was written by hand, by a client of somebody else', async () => {
    const other = new OtherClient(broker.bootstrap, registry.url);
    await other.connect();
    await other.register('limited', { maxShelvedSeconds: 3_600 });
    await other.register('endless', { maxShelvedSeconds: 3_600 });
    await other.register('forbidden', { maxShelvedSeconds: 0 });
    await other.shelve('negative', -1, 'negative');
    await other.shelve('limited', clock.now() + 900_000_000, 'too long');
    await other.shelve('endless', 9_007_199_254_740_990, 'overflowing');
    await other.shelve('forbidden', clock.now() + 900_000, 'forbidden');
    const service = run();
    await until(['negative', 'forbidden'], ({ shelf }) => shelf === null);
    const cut = await until(['limited', 'endless'], ({ shelf }) => shelf?.because !== undefined);
    expect(cut.map(({ shelf }) => shelf)).toMatchObject(
      ['too long', 'overflowing'].map((reason) => ({
        says: { reason },
        because: 'over-limit',
        record: { audit: { user: 'operator2', producer: 'klaxon-shelf', host: 'elsewhere' } },
      })),
    );
    const latestAt = clock.now() + 3_600_000;
    for (const { shelf } of cut) expect(shelf?.says.expiresAt ?? 0).toBeLessThanOrEqual(latestAt);
    expect(await stop(service)).toBe(0);
    await other.close();
  });

  ownBrokerTest('ends what became overdue while none ran, soon after its start', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `overdue-${index}`);
    await write(...names.map((name) => shelfOrder(name, clock.now() + 1)));
    const service = run();
    await service.said(isLiveLine);
    const liveAt = performance.now();
    await until(names, ({ shelf }) => shelf === null);
    expect(performance.now() - liveAt).toBeLessThan(3_000);
    expect(await stop(service)).toBe(0);
  });

  ownBrokerTest('tells how it stands, and ends at once at a second signal', async () => {
    const service = run({ KLAXON_HTTP_ADDRESS: '127.0.0.1:0' });
    const started = await service.said(({ event }) => event === 'started');
    const http = z.string().parse(started['http']);
    await service.said(isLiveLine);
    const ask = async (path: string) => {
      const response = await fetch(`http://${http}${path}`);
      return { code: response.status, text: await response.text() };
    };
    expect(await ask('/ready')).toMatchObject({ code: 200 });
    expect((await ask('/health')).text).toContain('"service":"shelf"');
    expect((await ask('/metrics')).text).toContain('klaxon_phase{phase="live"} 1');
    const taken = run({ KLAXON_HTTP_ADDRESS: http });
    expect(await taken.ended).toBe(69);
    service.signal('SIGTERM');
    service.signal('SIGINT');
    expect([0, 130]).toContain(await service.ended);
  });

  ownBrokerTest('stops in order while it cannot reach the broker', async () => {
    const service = run({ BOOTSTRAP_SERVERS: '127.0.0.1:1' });
    await service.said(({ event }) => event === 'started');
    const stoppingAt = performance.now();
    expect(await stop(service)).toBe(0);
    expect(performance.now() - stoppingAt).toBeLessThan(5_000);
  });

  ownBrokerTest(
    'says what is wrong with its settings, and ends with a code that says so',
    async () => {
      const refused = run({ BOOTSTRAP_SERVERS: 'kafka' });
      expect(await refused.ended).toBe(78);
      expect(refused.complaints()).toContain('BOOTSTRAP_SERVERS "kafka" is not host:port');
      const misused = startService([...shelf.program, '--colour', 'red'], settings);
      expect(await misused.ended).toBe(64);
    },
  );

  ownBrokerTest('ten at once come to one effect', async () => {
    const ten = Array.from({ length: 10 }, () => run());
    await Promise.all(ten.map((service) => service.said(isLiveLine)));
    const names = Array.from({ length: 100 }, (_, index) => `tenfold-${index}`);
    const endAt = clock.now() + 2_000;
    await write(...names.map((name) => shelfOrder(name, endAt)));
    await write(registrationOrder('tenfold-limit', 60), shelfOrder('tenfold-limit', endAt + 9e8));
    const shelvedBy = clock.now();
    const ended = await until(names, ({ shelf }) => shelf === null);
    expect(ended.every(({ shelfOvertaken }) => shelfOvertaken === null)).toBe(true);
    const [cut] = await until(['tenfold-limit'], ({ shelf }) => shelf?.because !== undefined);
    expect(cut?.shelf?.says.expiresAt ?? 0).toBeLessThanOrEqual(shelvedBy + 60_000);
    expect(await Promise.all(ten.map(stop))).toEqual(ten.map(() => 0));
  });

  ownBrokerTest('two that are killed at random end each shelf, none early', async () => {
    const outcome = await killServicesWhileShelvesEnd({
      log,
      schemas,
      clock,
      writer,
      program: shelf.program,
      settings,
      shelves: 300,
      kills: 10,
      overMs: 12_000,
    });
    expect(outcome).toMatchObject({ early: [], wrong: [], kills: 10 });
    expect(outcome.tombstones).toBeGreaterThanOrEqual(300);
  });
});
