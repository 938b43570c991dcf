import { readFileSync } from 'node:fs';
import { openEmbeddedLog } from '../../adapters/embedded/embedded-log.ts';
import { createEmbeddedSchemaStore } from '../../adapters/embedded/embedded-schema-store.ts';
import { SHIPPED_SCHEMAS } from '../../adapters/embedded/shipped-schemas.ts';
import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { offerLog } from '../../adapters/local-socket/offer-log.ts';
import type { Keyring } from '../../adapters/profiles/keyring.ts';
import { createRegistrySchemaStore } from '../../adapters/schema-registry/registry-schema-store.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type { LogProblem } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { OWN_SCHEMAS } from '../../schemas/avro/subjects.ts';
import { withStoredSecrets } from '../../services/host/profile-secrets.ts';
import type { SettingProblem } from '../../services/host/read-settings.ts';
import { serviceSettings } from '../../services/host/service-settings.ts';
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

/**
 * How a site's Kafka is opened: with the secrets that the keyring keeps for its profile. Of the brokers nothing is asked here.
 * Fails where a secret is known nowhere, which is looked for again; and where a file of certificates cannot be read.
 */
export function kafkaLogOpener(
  profile: LogProfile & { readonly log: 'kafka' },
  clock: Clock,
  keyring: Keyring,
): OpenLog {
  return async () => {
    const values = await withStoredSecrets(profile.settings, keyring);
    // Somebody may keep it in the keyring, or unlock that, meanwhile.
    if (!values.ok) return failure(problemOf(values.error, true));
    const settings = serviceSettings(values.value, 'off', (path) => readFileSync(path, 'utf8'));
    if (!settings.ok) return failure(problemOf(settings.error, false));
    const { kafka, registry } = settings.value;
    const log = createKafkaAlarmLog({ ...kafka, clientId: CONSOLE_PRODUCER, clock });
    const schemas = createRegistrySchemaStore(registry);
    // The store keeps what it is told: no record has to wait for its schema once the topics have been looked at.
    for (const { subject } of OWN_SCHEMAS) void schemas.versionsOf(subject);
    return ok({ log, schemas, notices: profile.notices, close: () => log.close() });
  };
}

function problemOf({ message, remedy }: SettingProblem, isRetriable: boolean): LogProblem {
  return { code: 'Unexpected', message, remedy, isRetriable };
}
