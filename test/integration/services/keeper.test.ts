import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
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
import { epicsOrder } from '../../support/alarm-ground.ts';
import { startBroker, type TestBroker } from '../../support/kafka-broker.ts';
import { startRegistry, type TestRegistry } from '../../support/schema-registry.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const ACK: AlarmOrder = {
  name: alarmName('A'),
  fact: { fact: 'epicsAcknowledged', level: 'MAJOR_ACK' },
};
const LIVE = '"phase":"live"';
const clock = createSystemClock();

let broker: TestBroker;
let registry: TestRegistry;
let log: AlarmLog;
let schemas: SchemaStore;
let writer: AlarmWriter;
const keepers = new Set<ChildProcess>();

beforeAll(async () => {
  [broker, registry] = await Promise.all([startBroker(), startRegistry()]);
  log = createKafkaAlarmLog({ bootstrapServers: broker.bootstrap, clientId: 'test', clock });
  schemas = createRegistrySchemaStore({ url: registry.url });
  for (const { subject, schema } of OWN_SCHEMAS) await schemas.register(subject, schema);
  await log.createTopics(TOPIC_SPECS);
  const identity = { user: 'tester', producer: 'test', host: 'localhost' };
  writer = createAlarmWriter({ log, schemas, identity, clock });
});

afterAll(async () => {
  for (const keeper of keepers) keeper.kill('SIGKILL');
  await log.close();
  await Promise.all([broker.stop(), registry.stop()]);
});

/** The keeper as its own program, as a site runs it. */
function runKeeper(): ChildProcess {
  const keeper = spawn(process.execPath, ['--import', 'tsx', 'services/keeper/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      BOOTSTRAP_SERVERS: broker.bootstrap,
      SCHEMA_REGISTRY: registry.url,
      KLAXON_HTTP_ADDRESS: 'off',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  keepers.add(keeper);
  return keeper;
}

/** Answers once the keeper has said this: before it is up it cannot hear a signal either. */
function said(keeper: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve) => {
    let heard = '';
    keeper.stdout?.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.includes(text)) resolve();
    });
  });
}

async function write(...orders: readonly AlarmOrder[]): Promise<void> {
  for (const order of orders) {
    const written = await writer.write(order);
    expect(written).toMatchObject({ ok: true });
  }
}

/** Reads until what the topics say of A satisfies the condition. */
function stateOfA(isEnough: (state: AlarmState) => boolean): Promise<AlarmState> {
  return new Promise((resolve) => {
    const reader = startAlarmReader({
      log,
      schemas,
      clock,
      decoder: createWireDecoder(),
      topics: ALARM_TOPICS,
      onChange: () => {
        const state = reader.book.state(alarmName('A'));
        if (!reader.isAtHead || state === undefined || !isEnough(state)) return;
        void reader.close().then(() => resolve(state));
      },
    });
  });
}

function ended(keeper: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    keeper.once('exit', (code) => resolve(code));
  });
}

describe('the keeper beside a real Kafka', () => {
  ownBrokerTest(
    'keeps an occurrence, is killed, comes back and closes it, and stops in order',
    async () => {
      const first = runKeeper();
      await write(epicsOrder('A', 'MAJOR'), epicsOrder('A', 'MINOR'));
      const kept = await stateOfA((state) => state.snapshot?.upTo.offset === 1);
      expect(kept.snapshot?.kept).toMatchObject({ highestLevel: 'MAJOR', isKnownFromStart: true });
      const gone = ended(first);
      first.kill('SIGKILL');
      await gone;
      await write(ACK);
      const second = runKeeper();
      const third = runKeeper();
      const areLive = Promise.all([said(second, LIVE), said(third, LIVE)]);
      const answered = await stateOfA((state) => state.snapshot?.upTo.offset === 2);
      expect(answered.snapshot?.kept?.calls.epics?.answer?.record.offset).toBe(2);
      await write(epicsOrder('A', 'NO_ALARM'));
      const closed = await stateOfA((state) => state.snapshot?.upTo.offset === 3);
      expect(closed.snapshot?.kept).toBeNull();
      await areLive;
      const stopped = Promise.all([ended(second), ended(third)]);
      second.kill('SIGTERM');
      third.kill('SIGTERM');
      expect(await stopped).toEqual([0, 0]);
    },
  );
});
