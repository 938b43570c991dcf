import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import {
  type AlarmWriter,
  createAlarmWriter,
} from '../../../adapters/alarm-writer/alarm-writer.ts';
import { createKafkaAlarmLog } from '../../../adapters/kafka/kafka-alarm-log.ts';
import { partitionOfKey } from '../../../adapters/kafka/producing/partition-of-key.ts';
import { createRegistrySchemaStore } from '../../../adapters/schema-registry/registry-schema-store.ts';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import type { AlarmOrder } from '../../../core/alarm/orders.ts';
import { foldJournal } from '../../../core/journal/read-journal.ts';
import { alarmName } from '../../../core/lib/alarm-name.ts';
import type { AlarmLog } from '../../../core/ports/alarm-log.ts';
import type { SchemaStore } from '../../../core/ports/schema-store.ts';
import { OWN_SCHEMAS } from '../../../schemas/avro/subjects.ts';
import { TOPIC_SPECS } from '../../../schemas/topic-specs.ts';
import { createRandom } from '../../../services/simulated-plant/random.ts';
import { epicsOrder } from '../../support/alarm-ground.ts';
import { identitiesOf, readJournal } from '../../support/journal-ground.ts';
import { startBroker, type TestBroker } from '../../support/kafka-broker.ts';
import { readBack } from '../../support/read-back.ts';
import { startRegistry, type TestRegistry } from '../../support/schema-registry.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const NAMES = Array.from({ length: 40 }, (_, index) => `alarm ${index}`);
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
  // Nothing is compacted away while the test runs, so that the whole log can be folded beside the journal.
  const specs = TOPIC_SPECS.map((spec) => {
    const { 'segment.ms': _rolled, ...settings } = spec.settings;
    return { ...spec, settings };
  });
  const created = await log.createTopics(specs);
  expect(created).toEqual({ ok: true, value: undefined });
  const identity = { user: 'tester', producer: 'test', host: 'localhost' };
  writer = createAlarmWriter({ log, schemas, identity, clock });
});

afterAll(async () => {
  for (const keeper of keepers) keeper.kill('SIGKILL');
  await log.close();
  await Promise.all([broker.stop(), registry.stop()]);
});

/** The keeper as its own program, once it is told that the journal is kept. */
function runKeeper(): Promise<ChildProcess> {
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
  return new Promise((resolve) => {
    let heard = '';
    keeper.stdout.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.includes('"isKept":true')) resolve(keeper);
    });
  });
}

function killed(keeper: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    keeper.once('exit', () => resolve());
    keeper.kill('SIGKILL');
  });
}

/** Some life of the alarms, the same for the same seed. */
function lifeOf(seed: number, count: number): AlarmOrder[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (): AlarmOrder => {
    const name = random.pick(NAMES) ?? 'alarm 0';
    if (random.chance(0.6)) {
      return epicsOrder(name, random.pick(['MINOR', 'MAJOR', 'NO_ALARM'] as const) ?? 'MAJOR');
    }
    const level = random.pick(['MINOR_ACK', 'MAJOR_ACK'] as const) ?? 'MAJOR_ACK';
    return { name: alarmName(name), fact: { fact: 'epicsAcknowledged', level } };
  });
}

async function write(orders: readonly AlarmOrder[]): Promise<void> {
  const written = await Promise.all(orders.map((order) => writer.write(order)));
  expect(written.filter(({ ok }) => !ok)).toEqual([]);
}

describe('the journal beside a real Kafka', () => {
  ownBrokerTest(
    'two keepers, killed and started anew, tell everything and little twice',
    async () => {
      let [one, other] = await Promise.all([runKeeper(), runKeeper()]);
      for (let round = 0; round < 3; round += 1) {
        await write(lifeOf(round, 400));
        const dying = killed(one);
        await write(lifeOf(100 + round, 200));
        await dying;
        one = await runKeeper();
        [one, other] = [other, one];
      }
      await Promise.all([killed(one), killed(other)]);
      await write(lifeOf(1_000, 300));
      const last = await runKeeper();
      const expected = await identitiesOf({ log, schemas, clock });
      const journal = await readJournal(
        { log, schemas },
        (so) => so.identities.size >= expected.size,
      );
      expect([...journal.identities].sort()).toEqual([...expected].sort());
      expect(journal.transitions.length).toBeLessThan(expected.size * 2);
      await killed(last);
      // Another start has nothing to tell again.
      const again = await runKeeper();
      await write([epicsOrder('afterwards', 'MAJOR')]);
      const grown = await readJournal({ log, schemas }, (so) => so.identities.size > expected.size);
      expect(grown.transitions.length).toBe(journal.transitions.length + 1);
      const afterwards = grown.transitions.filter(({ name }) => name === 'afterwards');
      expect(foldJournal(afterwards)).toMatchObject({ actual: 'unacknowledged', level: 'MAJOR' });
      await killed(again);
      const records = await readBack(broker.bootstrap, 'alarm-journal', grown.transitions.length);
      expect(records.every(({ key, partition }) => partition === partitionOf(key))).toBe(true);
      expect(new Set(records.map(({ partition }) => partition)).size).toBe(6);
      expect(records[0]?.headers).toMatchObject({ producer: 'klaxon-keeper' });
    },
  );
});

function partitionOf(key: string | null): number {
  return partitionOfKey(Buffer.from(key ?? ''), 6);
}
