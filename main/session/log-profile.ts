import { join } from 'node:path';
import {
  DEFAULT_BOOTSTRAP_SERVERS,
  DEFAULT_REGISTRY_ADDRESS,
} from '../../adapters/system/site-addresses.ts';

/** Which log a console watches. */
export type LogProfile =
  | { readonly log: 'embedded'; readonly folder: string }
  | {
      readonly log: 'kafka';
      /** host:port, several separated by commas. */
      readonly bootstrapServers: string;
      readonly registryAddress: string;
    };

/**
 * The profile that the environment asks for: a Kafka where `BOOTSTRAP_SERVERS` or `SCHEMA_REGISTRY` is set (the names of
 * seed 0, each with seed 0's default), else the log inside the console, kept in the user's folder.
 */
export function profileOf(
  env: Readonly<Record<string, string | undefined>>,
  userFolder: string,
): LogProfile {
  const servers = (env['BOOTSTRAP_SERVERS'] ?? '').trim();
  const registry = (env['SCHEMA_REGISTRY'] ?? '').trim();
  if (servers === '' && registry === '') {
    return { log: 'embedded', folder: join(userFolder, 'alarm-log') };
  }
  return {
    log: 'kafka',
    bootstrapServers: servers === '' ? DEFAULT_BOOTSTRAP_SERVERS : servers,
    registryAddress: registry === '' ? DEFAULT_REGISTRY_ADDRESS : registry,
  };
}

/** The address as an operator reads it. */
export function addressOf(profile: LogProfile): string {
  return profile.log === 'embedded' ? profile.folder : profile.bootstrapServers;
}
