import { hostname, userInfo } from 'node:os';
import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { createRegistrySchemaStore } from '../../adapters/schema-registry/registry-schema-store.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import { createKeeper, KEEPER_PRODUCER, type KeeperNotice } from './app.ts';

const bootstrapServers = process.env['BOOTSTRAP_SERVERS'] ?? 'localhost:9092';
const registry = process.env['SCHEMA_REGISTRY'] ?? 'http://localhost:8081';

const clock = createSystemClock();
const log = createKafkaAlarmLog({ bootstrapServers, clientId: KEEPER_PRODUCER, clock });
const keeper = createKeeper({
  log,
  schemas: createRegistrySchemaStore({ url: registry }),
  clock,
  identity: { user: userInfo().username, host: hostname() },
  onNotice: tell,
});

process.once('SIGINT', stop);
process.once('SIGTERM', stop);
tell({ notice: 'started', bootstrapServers, registry });
keeper.start();

/** One line of JSON for each thing that somebody who watches the service should know. */
function tell(
  notice: KeeperNotice | { readonly notice: string; readonly [field: string]: string },
): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...notice })}\n`);
}

function stop(): void {
  void keeper
    .stop()
    .then(() => log.close())
    .then(() => process.exit(0));
}
