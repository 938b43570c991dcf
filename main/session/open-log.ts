import { openEmbeddedLog } from '../../adapters/embedded/embedded-log.ts';
import { createShippedSchemas } from '../../adapters/embedded/shipped-schemas.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LogProfile } from './log-profile.ts';
import type { OpenLog } from './opened-log.ts';

/** How the log inside the console is opened: in a folder of the user, with the schemas that ship with the program. */
export function embeddedLogOpener(folder: string, clock: Clock): OpenLog {
  return async () => {
    const notices: string[] = [];
    const opened = await openEmbeddedLog(folder, {
      clock,
      onNotice: ({ message, remedy }) => notices.push(`${message} ${remedy}`),
    });
    if (!opened.ok) return opened;
    const log = opened.value;
    return ok({ log, schemas: createShippedSchemas(), notices, close: () => log.close() });
  };
}

/** How a site's Kafka is opened. */
export function kafkaLogOpener(profile: LogProfile & { readonly log: 'kafka' }, _: Clock): OpenLog {
  return () =>
    Promise.resolve(
      failure({
        code: 'Unreachable',
        message: `${profile.bootstrapServers} cannot be reached by this build.`,
        remedy: 'Use the log inside the console.',
        isRetriable: false,
      }),
    );
}
