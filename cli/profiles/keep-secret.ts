import { createSystemKeyring, type KeyringProblem } from '../../adapters/profiles/keyring.ts';
import { SECRET_KINDS, type SecretKind } from '../../adapters/profiles/profile.ts';
import type { NamedProfile } from '../../adapters/profiles/profile-problem.ts';
import {
  forgetSecrets,
  NEEDED_FOR,
  SECRET_VARIABLES,
  secretName,
} from '../../adapters/profiles/profile-secrets.ts';
import { readProfile } from '../../adapters/profiles/read-profiles.ts';
import { DONE, failed, misused, type Outcome } from '../command/outcome.ts';
import { SECRET } from '../options/profile-options.ts';
import { secretOf } from '../site/secure-settings.ts';
import { type ProfileTask, profileFailed } from './profile-task.ts';

/** Keeps a secret of a profile in the keyring: out of its variable, else typed by a person. */
export async function keepSecret(task: ProfileTask): Promise<Outcome> {
  const { call, path, name } = task;
  const read = readProfile(path, name);
  if (!read.ok) return profileFailed(read.error);
  const kind = kindOf(task) ?? 'sasl-password';
  const user = read.value.profile[NEEDED_FOR[kind]];
  if (user === undefined)
    return misused(`The profile ${name} has no ${NEEDED_FOR[kind]}.`, addField(name, kind));
  const keyring = createSystemKeyring();
  // Nobody types a password in vain.
  const isOpen = await keyring.read(secretName(read.value, kind));
  if (!isOpen.ok) return notKept(isOpen.error, kind);
  const secret = await secretOf(call, SECRET_VARIABLES[kind], `${kind} for ${user}`);
  if (!secret.ok) return misused(secret.error);
  if (secret.value === '') return misused('An empty secret is not kept.');
  const kept = await keyring.keep(secretName(read.value, kind), secret.value);
  if (!kept.ok) return notKept(kept.error, kind);
  await call.terminal.write(`${kind} of profile ${name} kept in the keyring\n`);
  return DONE;
}

/** Forgets one secret of a profile, or all. */
export async function forgetKept(task: ProfileTask): Promise<Outcome> {
  const { path, name } = task;
  const read = readProfile(path, name);
  if (!read.ok) return profileFailed(read.error);
  const kind = kindOf(task);
  return forget(task, read.value, kind === undefined ? SECRET_KINDS : [kind]);
}

async function forget(
  { call }: ProfileTask,
  named: NamedProfile,
  kinds: readonly SecretKind[],
): Promise<Outcome> {
  const forgotten = await forgetSecrets(createSystemKeyring(), named, kinds);
  if (!forgotten.ok) return failed({ message: forgotten.error.message, remedy: UNLOCK });
  const what =
    forgotten.value.length === 0 ? 'nothing was kept' : `forgotten: ${forgotten.value.join(', ')}`;
  await call.terminal.write(`profile ${named.name}: ${what}\n`);
  return DONE;
}

function kindOf({ call }: ProfileTask): SecretKind | undefined {
  return SECRET_KINDS.find((kind) => kind === call.given.text(SECRET));
}

const UNLOCK = 'Unlock the keyring, and try again.';

function notKept({ message }: KeyringProblem, kind: SecretKind): Outcome {
  const remedy = `Unlock or start one; without, set ${SECRET_VARIABLES[kind]} where Klaxon is started, or let commands ask.`;
  return failed({ message, remedy });
}

function addField(name: string, kind: SecretKind): string {
  return `Give it one: klaxon profiles set ${name} --${NEEDED_FOR[kind]} …`;
}
