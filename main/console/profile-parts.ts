import { createSystemKeyring } from '../../adapters/profiles/keyring.ts';
import type { Identity } from '../../core/audit/audit.ts';
import { failure } from '../../core/lib/result.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Logger } from '../logging/logger.ts';
import { startEmbeddedServices } from '../session/embedded-services.ts';
import type { LogProfile } from '../session/log-profile.ts';
import { embeddedLogOpener, kafkaLogOpener } from '../session/open-log.ts';
import type { Running } from '../session/opened-log.ts';
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
      openLog: kafkaLogOpener(profile, clock, createSystemKeyring()),
      startServices: withoutServices,
      mayCreate: start.mayCreateTopics,
    };
  }
  if (profile.log === 'unusable') {
    const { problem } = profile;
    return {
      openLog: () => Promise.resolve(failure(problem)),
      startServices: withoutServices,
      mayCreate: false,
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

function withoutServices(): Promise<Running> {
  return Promise.resolve({ close: () => Promise.resolve() });
}
