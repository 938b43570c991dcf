import { resolve } from 'node:path';
import {
  addProfile,
  type ProfilesChanged,
  type ProfilesPlace,
  removeProfile,
  setProfile,
} from '../../adapters/profiles/change-profiles.ts';
import { createSystemKeyring } from '../../adapters/profiles/keyring.ts';
import {
  isProfileField,
  type Profile,
  type ProfileField,
  SECRET_KINDS,
  type SecretKind,
} from '../../adapters/profiles/profile.ts';
import type { NamedProfile, ProfileProblem } from '../../adapters/profiles/profile-problem.ts';
import { forgetSecrets, NEEDED_FOR } from '../../adapters/profiles/profile-secrets.ts';
import { readProfile } from '../../adapters/profiles/read-profiles.ts';
import type { Result } from '../../core/lib/result.ts';
import type { CommandCall, OptionSpec } from '../command/command.ts';
import { DONE, misused, type Outcome } from '../command/outcome.ts';
import { FIELD_OPTIONS, UNSET_FIELD } from '../options/profile-options.ts';
import { whyNot } from '../options/yes-option.ts';
import { type ProfileTask, profileFailed } from './profile-task.ts';

/** Adds the profile that the options describe. */
export async function addNew(task: ProfileTask): Promise<Outcome> {
  const added = await addProfile(placeOf(task), task.name, fieldsOf(task.call));
  return said(task, added, `profile ${task.name} added`);
}

/** Changes the fields that the options name. What the keyring keeps for a user that it had is forgotten. */
export async function changeFields(task: ProfileTask): Promise<Outcome> {
  const { call, path, name } = task;
  const unset = call.given.texts(UNSET_FIELD).filter(isProfileField);
  const fields = fieldsOf(call);
  if (Object.keys(fields).length === 0 && unset.length === 0) {
    return misused(
      'There is nothing to change.',
      'Give an option as --registry, or --unset FIELD.',
    );
  }
  const twice = unset.find((field) => fields[field] !== undefined);
  if (twice !== undefined) return misused(`${twice} is both given and taken out.`);
  const before = readProfile(path, name);
  const changed = await setProfile(placeOf(task), name, { fields, unset });
  if (changed.ok && before.ok) {
    const isOther = (field: ProfileField): boolean =>
      unset.includes(field) ||
      (fields[field] ?? before.value.profile[field]) !== before.value.profile[field];
    const kinds = SECRET_KINDS.filter((kind) => isOther(NEEDED_FOR[kind]));
    await forgetOf(task, before.value, kinds);
  }
  return said(task, changed, `profile ${name} changed`);
}

/** Takes a profile away, with what the keyring keeps for it. */
export async function takeAway(task: ProfileTask): Promise<Outcome> {
  const { call, path, name } = task;
  const before = readProfile(path, name);
  if (!before.ok && before.error.code !== 'BadProfile') return profileFailed(before.error);
  const why = await whyNot(call, `Remove the profile ${name}?`, 'The profile was not removed.');
  if (why !== null) return misused(why);
  const removed = await removeProfile(placeOf(task), name);
  if (removed.ok && before.ok) {
    await forgetOf(task, before.value, SECRET_KINDS);
  }
  return said(task, removed, `profile ${name} removed`);
}

/** A keyring that is not open now may keep what nobody asks for any more: that is said, and stops nothing. */
async function forgetOf(
  { call }: ProfileTask,
  named: NamedProfile,
  kinds: readonly SecretKind[],
): Promise<void> {
  const forgotten = await forgetSecrets(createSystemKeyring(), named, kinds);
  if (forgotten.ok) return;
  const { message } = forgotten.error;
  call.terminal.tell(`klaxon: ${message} What a keyring may keep for this profile stays there.`);
}

function placeOf({ call, path }: ProfileTask): ProfilesPlace {
  return { path, now: call.clock.now() };
}

/** What is typed; a file is meant from the folder in which it is typed, and the desktop knows no such folder. */
function fieldsOf({ given }: CommandCall): Profile {
  const fields: Partial<Record<ProfileField, string>> = {};
  for (const option of FIELD_OPTIONS) {
    if (!isProfileField(option.name) || !given.has(option)) continue;
    fields[option.name] = typed(option, given.texts(option).at(-1) ?? '');
  }
  return fields;
}

function typed({ value }: OptionSpec, text: string): string {
  if (value === undefined) return 'true';
  return value === 'FILE' && text !== '' ? resolve(text) : text;
}

async function said(
  { call }: ProfileTask,
  changed: Result<ProfilesChanged, ProfileProblem>,
  line: string,
): Promise<Outcome> {
  if (!changed.ok) return profileFailed(changed.error);
  const { setAside } = changed.value;
  if (setAside !== null) {
    call.terminal.tell(
      `klaxon: The file of profiles was damaged; it was set aside as ${setAside}.`,
    );
  }
  await call.terminal.write(`${line}\n`);
  return DONE;
}
