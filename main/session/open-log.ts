import { openEmbeddedLog } from '../../adapters/embedded/embedded-log.ts';
import { createEmbeddedSchemaStore } from '../../adapters/embedded/embedded-schema-store.ts';
import { SHIPPED_SCHEMAS } from '../../adapters/embedded/shipped-schemas.ts';
import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { offerLog } from '../../adapters/local-socket/offer-log.ts';
import { createRegistrySchemaStore } from '../../adapters/schema-registry/registry-schema-store.ts';
import { ok } from '../../core/lib/result.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { OWN_SCHEMAS } from '../../schemas/avro/subjects.ts';
import type { Logger } from '../logging/logger.ts';
import type { LogProfile } from './log-profile.ts';
import type { OpenLog } from './opened-log.ts';
import { CONSOLE_PRODUCER } from './operator-identity.ts';

/** How the log inside the console is opened: in a folder of the user, with the schemas that ship with the program. */
export function embeddedLogOpener(folder: string, clock: Clock, logger: Logger): OpenLog {
  return async () => {
    const notices: string[] = [];
    const opened = await openEmbeddedLog(folder, {
      clock,
      onNotice: ({ message, remedy }) => notices.push(`${message} ${remedy}`),
    });
    if (!opened.ok) return opened;
    const log = opened.value;
    const schemas = createEmbeddedSchemaStore(SHIPPED_SCHEMAS);
    // The command line of the same user works on this log meanwhile; without it the console is none the worse.
    const offered = await offerLog(folder, {
      log,
      schemas,
      clock,
      onMisbehaved: (reason) => logger.warn('a client of the local socket was cut off', { reason }),
    });
    if (!offered.ok) notices.push(`${offered.error.message} ${offered.error.remedy}`);
    return ok({
      log,
      schemas,
      notices,
      async close() {
        if (offered.ok) await offered.value.close();
        await log.close();
      },
    });
  };
}

/** How a site's Kafka is opened: nothing that is asked of it here is waited for, so this cannot fail. */
export function kafkaLogOpener(
  profile: LogProfile & { readonly log: 'kafka' },
  clock: Clock,
): OpenLog {
  return () => {
    const { bootstrapServers, registryAddress } = profile;
    const log = createKafkaAlarmLog({ bootstrapServers, clientId: CONSOLE_PRODUCER, clock });
    const schemas = createRegistrySchemaStore({ url: registryAddress });
    // The store keeps what it is told: no record has to wait for its schema once the topics have been looked at.
    for (const { subject } of OWN_SCHEMAS) void schemas.versionsOf(subject);
    return Promise.resolve(ok({ log, schemas, notices: [], close: () => log.close() }));
  };
}
