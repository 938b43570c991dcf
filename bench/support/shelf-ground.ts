import { type AlarmWriter, createAlarmWriter } from '../../adapters/alarm-writer/alarm-writer.ts';
import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { createRegistrySchemaStore } from '../../adapters/schema-registry/registry-schema-store.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { AlarmLog } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { startBroker } from '../../test/support/kafka-broker.ts';
import { startRegistry } from '../../test/support/schema-registry.ts';
import { registeredEncoder } from './fill-topics.ts';
import { makeWindowTopics } from './window-topics.ts';

/** A site with the alarm topics, and what a bench needs to write to it. */
export interface ShelfGround {
  readonly bootstrap: string;
  readonly registry: string;
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly clock: Clock;
  readonly writer: AlarmWriter;
}

/** Runs on a broker and a registry of its own. */
export async function onShelfGround<T>(use: (ground: ShelfGround) => Promise<T>): Promise<T> {
  const [broker, registry] = await Promise.all([startBroker({ heapMiB: 1_024 }), startRegistry()]);
  const clock = createSystemClock();
  const { bootstrap } = broker;
  const log = createKafkaAlarmLog({ bootstrapServers: bootstrap, clientId: 'bench', clock });
  const schemas = createRegistrySchemaStore({ url: registry.url });
  try {
    await makeWindowTopics(bootstrap);
    await registeredEncoder(registry.url);
    const identity = { user: 'bench', producer: 'bench', host: 'localhost' };
    const writer = createAlarmWriter({ log, schemas, identity, clock });
    return await use({ bootstrap, registry: registry.url, log, schemas, clock, writer });
  } finally {
    await log.close();
    await Promise.all([broker.stop(), registry.stop()]);
  }
}

const AT_ONCE = 4_000;

/** Writes them in their order, many at once. */
export async function writeOrders(
  writer: AlarmWriter,
  count: number,
  orderAt: (index: number) => AlarmOrder,
): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const length = Math.min(AT_ONCE, count - first);
    const written = await Promise.all(
      Array.from({ length }, (_, index) => writer.write(orderAt(first + index))),
    );
    const failed = written.find(({ ok }) => !ok);
    if (failed !== undefined)
      throw new Error(`a record was not written: ${JSON.stringify(failed)}`);
  }
}
