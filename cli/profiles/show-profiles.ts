import { createSystemKeyring, type Keyring } from '../../adapters/profiles/keyring.ts';
import { PROFILE_FIELDS, parseProfile, SECRET_KINDS } from '../../adapters/profiles/profile.ts';
import type { NamedProfile } from '../../adapters/profiles/profile-problem.ts';
import {
  NEEDED_FOR,
  SECRET_VARIABLES,
  secretName,
} from '../../adapters/profiles/profile-secrets.ts';
import { readProfile, readProfilesFile } from '../../adapters/profiles/read-profiles.ts';
import { jsonText } from '../../schemas/codecs/avro-json.ts';
import { DONE, type Outcome } from '../command/outcome.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { printRows } from '../output/rows.ts';
import { textTable } from '../output/text-table.ts';
import { type ProfileTask, profileFailed } from './profile-task.ts';

/** Prints every profile; one that cannot be used says why. */
export async function listProfiles({ call, path }: ProfileTask): Promise<Outcome> {
  const file = readProfilesFile(path);
  if (!file.ok) return profileFailed(file.error);
  const rows = [...file.value.profiles].map(([name, raw]) => {
    const profile = parseProfile(raw);
    return profile.ok
      ? { name, ...profile.value }
      : { name, fault: `${profile.error.field} ${profile.error.fault}` };
  });
  return printRows(call, rows, ['PROFILE', 'BROKERS', 'USER'], (row) =>
    'fault' in row
      ? [row.name, `cannot be used: ${row.fault}`, '']
      : [row.name, row['bootstrap-servers'] ?? '', row['sasl-username'] ?? ''],
  );
}

/** Prints a profile, and where each of its secrets would come from; never a secret. */
export async function showProfile({ call, path, name }: ProfileTask): Promise<Outcome> {
  const read = readProfile(path, name);
  if (!read.ok) return profileFailed(read.error);
  const { profile } = read.value;
  const secrets = await secretStates(createSystemKeyring(), read.value);
  const { given, terminal } = call;
  if (given.has(JSON_LINES)) {
    await terminal.write(
      `${jsonText({ name, ...profile, secrets: Object.fromEntries(secrets) })}\n`,
    );
    return DONE;
  }
  const fields = PROFILE_FIELDS.flatMap((field) => {
    const value = profile[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  await terminal.write(textTable([['profile', name], ...fields, ...secrets]));
  return DONE;
}

async function secretStates(
  keyring: Keyring,
  named: NamedProfile,
): Promise<readonly (readonly [string, string])[]> {
  const states: (readonly [string, string])[] = [];
  for (const kind of SECRET_KINDS) {
    if (named.profile[NEEDED_FOR[kind]] === undefined) continue;
    const kept = await keyring.read(secretName(named, kind));
    const elsewhere = `from ${SECRET_VARIABLES[kind]}, or asked for`;
    if (!kept.ok) states.push([kind, `no keyring is open: ${elsewhere}`]);
    else states.push([kind, kept.value === null ? elsewhere : 'kept in the keyring']);
  }
  return states;
}
