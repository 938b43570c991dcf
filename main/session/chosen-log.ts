import { join } from 'node:path';
import { type Environment, variable } from './environment.ts';
import type { LogProfile } from './log-profile.ts';

/** What a console was started with, as far as it chooses a log. */
export interface ProfileWish {
  readonly env: Environment;
  /** `--profile NAME`; null where it is not given. */
  readonly profile: string | null;
  /** Where the log inside the console lies. */
  readonly userFolder: string;
}

/**
 * The log that is asked for: a Kafka where a profile is chosen, or `BOOTSTRAP_SERVERS` or `SCHEMA_REGISTRY` is set (the names of
 * seed 0, each with seed 0's default), else the log inside the console, kept in the user's folder.
 */
export async function profileOf({ env, profile, userFolder }: ProfileWish): Promise<LogProfile> {
  const name = profile ?? variable(env, 'KLAXON_PROFILE');
  const isKafka =
    name !== null ||
    variable(env, 'BOOTSTRAP_SERVERS') !== null ||
    variable(env, 'SCHEMA_REGISTRY') !== null;
  if (!isKafka) return { log: 'embedded', folder: join(userFolder, 'alarm-log') };
  // What reads settings costs a start on the log inside the console nothing.
  const { kafkaProfile } = await import('./kafka-profile.ts');
  return kafkaProfile(env, name);
}
