import type { LogProblem } from '../../core/ports/alarm-log.ts';
import type { ProfiledSettings } from '../../services/host/read-settings.ts';

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
