import type { Keyring } from '../../adapters/profiles/keyring.ts';
import { SECRET_KINDS, type SecretKind } from '../../adapters/profiles/profile.ts';
import type { NamedProfile } from '../../adapters/profiles/profile-problem.ts';
import {
  NEEDED_FOR,
  SECRET_VARIABLES,
  storedSecrets,
} from '../../adapters/profiles/profile-secrets.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { EXIT_CODES } from './exit-codes.ts';
import type { ProfiledSettings, SettingProblem, SettingValues } from './read-settings.ts';

/**
 * The settings with the secrets that the keyring keeps for their profile: those win over variable and file. Refused where a
 * user of the profile has a password nowhere. Without a profile nothing is asked for.
 */
export async function withStoredSecrets(
  { values, chosen }: ProfiledSettings,
  keyring: Keyring,
): Promise<Result<SettingValues, SettingProblem>> {
  if (chosen === null) return ok(values);
  const { secrets, problem } = await storedSecrets(keyring, chosen, values);
  const all: SettingValues = { ...values, ...secrets };
  // A key may well have no passphrase; a user has a password.
  const missing = SECRET_KINDS.find(
    (kind) =>
      kind !== 'tls-key-passphrase' &&
      all[NEEDED_FOR[kind]] !== undefined &&
      all[kind] === undefined,
  );
  if (missing === undefined) return ok(all);
  const user = all[NEEDED_FOR[missing]] ?? '';
  const why = problem?.message ?? 'The keyring keeps none for it.';
  return failure(noPassword({ chosen, kind: missing, user, why }));
}

function noPassword(asked: {
  readonly chosen: NamedProfile;
  readonly kind: SecretKind;
  readonly user: string;
  readonly why: string;
}): SettingProblem {
  const { chosen, kind, user, why } = asked;
  const place = kind === 'registry-password' ? 'the schema registry' : 'Kafka';
  const keep = `klaxon profiles set-secret ${chosen.name}${kind === 'sasl-password' ? '' : ` --secret ${kind}`}`;
  return {
    exitCode: EXIT_CODES.config,
    message: `No password of ${user} at ${place} is known for the profile ${chosen.name}. ${why}`,
    remedy: `Start Klaxon with ${SECRET_VARIABLES[kind]} set, or keep it with: ${keep}`,
  };
}
