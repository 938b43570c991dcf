import { hostname, userInfo } from 'node:os';
import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { createRegistrySchemaStore } from '../../adapters/schema-registry/registry-schema-store.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import { createKeeper, KEEPER_PRODUCER } from '../../services/keeper/app.ts';

/** Runs a keeper beside a site, as an administrator would. */
export function startKeeper(site: {
  readonly broker: { readonly bootstrap: string };
  readonly registry: { readonly url: string };
}): { stop(): Promise<void> } {
  const clock = createSystemClock();
  const bootstrapServers = site.broker.bootstrap;
  const log = createKafkaAlarmLog({ bootstrapServers, clientId: KEEPER_PRODUCER, clock });
  const keeper = createKeeper({
    log,
    schemas: createRegistrySchemaStore({ url: site.registry.url }),
    clock,
    identity: { user: userInfo().username, host: hostname() },
    onNotice: () => undefined,
  });
  keeper.start();
  return {
    stop: async () => {
      await keeper.stop();
      await log.close();
    },
  };
}
