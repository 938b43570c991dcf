import { failure, ok, type Result } from '../../core/lib/result.ts';
import { DEFAULT_REGISTRY_ADDRESS } from '../system/site-addresses.ts';
import { SITE_SETTINGS } from '../system/site-settings.ts';
import type { Keyring, KeyringProblem } from './keyring.ts';
import { type Profile, type ProfileField, SECRET_KINDS, type SecretKind } from './profile.ts';
import type { NamedProfile } from './profile-problem.ts';

/** What a secret belongs to: it is taken from the keyring only for the user and the place that it was kept for. */
const BELONGS_TO: Readonly<Record<SecretKind, readonly ProfileField[]>> = {
  'sasl-password': ['sasl-username', 'bootstrap-servers'],
  'registry-password': ['registry-username', 'registry'],
  'tls-key-passphrase': ['tls-key'],
};

/** What holds where a profile says nothing. */
const STANDARD: Profile = { registry: DEFAULT_REGISTRY_ADDRESS };

/** The field that a profile must have for a secret to be of use. */
export const NEEDED_FOR: Readonly<Record<SecretKind, ProfileField>> = {
  'sasl-password': 'sasl-username',
  'registry-password': 'registry-username',
  'tls-key-passphrase': 'tls-key',
};

/** The environment variable that a secret is taken from where the keyring has none. */
export const SECRET_VARIABLES: Readonly<Record<SecretKind, string>> = {
  'sasl-password': SITE_SETTINGS['sasl-password'].variable,
  'registry-password': SITE_SETTINGS['registry-password'].variable,
  'tls-key-passphrase': SITE_SETTINGS['tls-key-passphrase'].variable,
};

/** The name under which the keyring keeps a secret: of a profile, and of its user. */
export function secretName({ name, profile }: NamedProfile, kind: SecretKind): string {
  return [name, kind, profile[NEEDED_FOR[kind]] ?? ''].join('/');
}

/**
 * The secret that the keyring keeps for a profile. Null where it keeps none, and where `inUse` — what the connection is set
 * to — is not the profile’s own: a password is not sent to brokers, or for a user, that it was not kept for.
 */
export async function storedSecret(
  keyring: Keyring,
  named: NamedProfile,
  { kind, inUse }: { readonly kind: SecretKind; readonly inUse: Profile },
): Promise<Result<string | null, KeyringProblem>> {
  const { profile } = named;
  const isNeeded = profile[NEEDED_FOR[kind]] !== undefined;
  const isOwn = BELONGS_TO[kind].every((field) => {
    const own = profile[field] ?? STANDARD[field];
    return (inUse[field] ?? own) === own;
  });
  return isNeeded && isOwn ? keyring.read(secretName(named, kind)) : ok(null);
}

/** What the keyring keeps for a profile, of those secrets that belong to what is in use; and why it does not answer, where it does not. */
export async function storedSecrets(
  keyring: Keyring,
  named: NamedProfile,
  inUse: Profile,
): Promise<{
  readonly secrets: Readonly<Partial<Record<SecretKind, string>>>;
  readonly problem: KeyringProblem | null;
}> {
  const secrets: Partial<Record<SecretKind, string>> = {};
  for (const kind of SECRET_KINDS) {
    const stored = await storedSecret(keyring, named, { kind, inUse });
    if (!stored.ok) return { secrets, problem: stored.error };
    if (stored.value !== null) secrets[kind] = stored.value;
  }
  return { secrets, problem: null };
}

/** Forgets every secret of a profile that the keyring keeps. Answers which there were. */
export async function forgetSecrets(
  keyring: Keyring,
  named: NamedProfile,
  kinds: readonly SecretKind[],
): Promise<Result<readonly SecretKind[], KeyringProblem>> {
  const forgotten: SecretKind[] = [];
  for (const kind of kinds) {
    if (named.profile[NEEDED_FOR[kind]] === undefined) continue;
    const gone = await keyring.forget(secretName(named, kind));
    if (!gone.ok) return failure(gone.error);
    if (gone.value) forgotten.push(kind);
  }
  return ok(forgotten);
}
