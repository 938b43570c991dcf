import { readFileSync } from 'node:fs';
import { profilesPath, readProfile } from '../../adapters/profiles/read-profiles.ts';
import { type ProfiledSettings, readProfiledSettings } from '../../services/host/read-settings.ts';
import { SETTING_NAMES, settingOf } from '../../services/host/setting-table.ts';
import { type Environment, variable } from './environment.ts';
import type { LogProfile } from './log-profile.ts';

/** How a site’s Kafka is reached: by the environment, then by the connection profile of this name, then by default, as on the command line. */
export function kafkaProfile(env: Environment, name: string | null): LogProfile {
  const read = readProfiledSettings({
    argv: name === null ? [] : ['--profile', name],
    env: connectionVariables(env),
    readFile: (path) => readFileSync(path, 'utf8'),
    readProfile: (known) => readProfile(profilesPath(env), known),
  });
  if (!read.ok) {
    const { message, remedy } = read.error;
    const problem = { code: 'Unexpected', message, remedy, isRetriable: false } as const;
    return { log: 'unusable', name, problem };
  }
  const bootstrapServers = read.value.values['bootstrap-servers'] ?? '';
  const notices = noticesOf(read.value, bootstrapServers);
  return { log: 'kafka', name, bootstrapServers, settings: read.value, notices };
}

/** Settings of a service that are none of a console’s. */
const FOREIGN: readonly string[] = ['http-address', 'log-level'];

function connectionVariables(env: Environment): Environment {
  const names = SETTING_NAMES.filter((name) => !FOREIGN.includes(name)).map(
    (name) => settingOf(name).variable,
  );
  return Object.fromEntries(names.map((name) => [name, variable(env, name) ?? '']));
}

/** Somebody who chose a plant must not act on another one without knowing. */
function noticesOf({ chosen }: ProfiledSettings, inUse: string): readonly string[] {
  if (chosen === null || chosen.profile['bootstrap-servers'] === inUse) return [];
  return [
    `The variable BOOTSTRAP_SERVERS says ${inUse}, which is used instead of the brokers of the profile ${chosen.name}.`,
  ];
}
