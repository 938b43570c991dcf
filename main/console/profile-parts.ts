import type { Identity } from '../../core/audit/audit.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Logger } from '../logging/logger.ts';
import { startEmbeddedServices } from '../session/embedded-services.ts';
import type { LogProfile } from '../session/log-profile.ts';
import { embeddedLogOpener, kafkaLogOpener } from '../session/open-log.ts';
import type { ConsoleCoreOptions } from './console-core.ts';
import type { StartArguments } from './start-arguments.ts';

/** The parts of a console that depend on which log it watches. */
export type ProfileParts = Pick<ConsoleCoreOptions, 'openLog' | 'startServices' | 'mayCreate'>;

export interface ProfilePartsOptions {
  readonly profile: LogProfile;
  readonly start: StartArguments;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The log inside the console is made whole without asking and comes with its services; a site's Kafka only when told so. */
export function createProfileParts(options: ProfilePartsOptions): ProfileParts {
  const { profile, start, identity, clock, logger } = options;
  if (profile.log === 'kafka') {
    return {
      openLog: kafkaLogOpener(profile, clock),
      startServices: () => Promise.resolve({ close: () => Promise.resolve() }),
      mayCreate: start.mayCreateTopics,
    };
  }
  return {
    openLog: embeddedLogOpener(profile.folder, clock, logger),
    startServices: (opened, whenRead) =>
      Promise.resolve(
        startEmbeddedServices({
          opened,
          clock,
          identity,
          logger,
          plantSeed: start.plantSeed,
          whenRead,
        }),
      ),
    mayCreate: true,
  };
}
