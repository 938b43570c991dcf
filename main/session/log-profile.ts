import { join } from 'node:path';
import type { LogProblem } from '../../core/ports/alarm-log.ts';
import type { ProfiledSettings } from '../../services/host/read-settings.ts';
import { type Environment, variable } from './environment.ts';

/** Which log a console watches. */
export type LogProfile =
  | { readonly log: 'embedded'; readonly folder: string }
  | {
      readonly log: 'kafka';
      /** The connection profile that was chosen; null: what the environment says. */
      readonly name: string | null;
      /** host:port, several separated by commas. */
      readonly bootstrapServers: string;
      /** Everything that is set; secrets of the keyring are looked up when the log is opened. */
      readonly settings: ProfiledSettings;
      /** What the user must be told about it. */
      readonly notices: readonly string[];
    }
  | {
      /** A Kafka is meant, but what is set cannot be used. */
      readonly log: 'unusable';
      readonly name: string | null;
      readonly problem: LogProblem;
    };

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

/** The address as an operator reads it. */
export function addressOf(profile: LogProfile): string {
  switch (profile.log) {
    case 'embedded':
      return profile.folder;
    case 'kafka':
      return profile.bootstrapServers;
    case 'unusable':
      return 'no address that is known';
    default:
      return profile satisfies never;
  }
}

/** The profile as an operator knows it. */
export function profileNameOf(profile: LogProfile): string {
  return profile.log === 'embedded' ? 'Embedded log' : (profile.name ?? 'Kafka');
}
