import type { Keyring } from '../../adapters/profiles/keyring.ts';
import type { Profile, SecretKind } from '../../adapters/profiles/profile.ts';
import type { NamedProfile } from '../../adapters/profiles/profile-problem.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { CommandCall, OptionSpec, ParsedArguments } from '../command/command.ts';
import { failed, misused, type Outcome } from '../command/outcome.ts';
import {
  BOOTSTRAP_SERVERS,
  EMBEDDED,
  PROFILE,
  SITE_OPTIONS,
  TLS,
} from '../options/site-options.ts';

/** The profile that a command works with, where one is chosen. */
export interface ChosenProfile extends NamedProfile {
  readonly keyring: Keyring;
}

/** A command line, with the values of a profile beneath its options and their variables. */
export interface SiteCall extends CommandCall {
  /** Null: none was chosen. */
  readonly chosen: ChosenProfile | null;
}

/** Puts the profile that is chosen beneath the command line: option, then variable, then profile, then default. */
export async function withProfile(call: CommandCall): Promise<Result<SiteCall, Outcome>> {
  const { given, env } = call;
  const name = given.text(PROFILE);
  // A log that is named on the command line is not the site’s, whatever the environment chooses.
  const isEmbedded = given.text(EMBEDDED) !== undefined;
  if (isEmbedded && given.has(PROFILE)) {
    return failure(misused('--embedded and --profile name two logs.', 'Leave one of them out.'));
  }
  if (name === undefined || isEmbedded) return ok({ ...call, chosen: null });
  const [{ profilesPath, readProfile }, { createSystemKeyring }] = await Promise.all([
    import('../../adapters/profiles/read-profiles.ts'),
    import('../../adapters/profiles/keyring.ts'),
  ]);
  const read = readProfile(profilesPath(env), name);
  if (!read.ok) {
    const isTyped = read.error.code === 'NoSuchProfile' || read.error.code === 'BadName';
    const { message, remedy } = read.error;
    return failure(isTyped ? misused(message, remedy) : failed(read.error));
  }
  const { profile } = read.value;
  tellOtherBrokers(call, name, profile);
  const chosen = { ...read.value, keyring: createSystemKeyring() };
  return ok({ ...call, given: beneath(call, profile), chosen });
}

/** The secret that the keyring keeps for the chosen profile; null where there is none, or no keyring is open. */
export async function secretInKeyring(
  { chosen, given }: SiteCall,
  kind: SecretKind,
): Promise<string | null> {
  if (chosen === null) return null;
  const { storedSecret } = await import('../../adapters/profiles/profile-secrets.ts');
  const inUse = Object.fromEntries(
    SITE_OPTIONS.map((option) => [option.name, given.text(option)] as const),
  );
  const stored = await storedSecret(chosen.keyring, chosen, { kind, inUse });
  return stored.ok ? stored.value : null;
}

/** Somebody who chose a plant must not act on another one without knowing. */
function tellOtherBrokers({ given, terminal }: CommandCall, name: string, profile: Profile): void {
  const servers = given.text(BOOTSTRAP_SERVERS);
  if (servers === undefined || servers === profile['bootstrap-servers']) return;
  const source = given.has(BOOTSTRAP_SERVERS)
    ? `--${BOOTSTRAP_SERVERS.name}`
    : `The variable ${BOOTSTRAP_SERVERS.env}`;
  terminal.tell(
    `klaxon: ${source} says ${servers}, which is used instead of the brokers of the profile ${name}.`,
  );
}

function beneath({ given, env }: CommandCall, profile: Profile): ParsedArguments {
  const values = new Map<string, string>(Object.entries(profile));
  const isTls = profile.tls === 'true' && (env[TLS.env ?? ''] ?? '').trim() === '';
  return {
    ...given,
    has: (option: OptionSpec) => given.has(option) || (option.name === TLS.name && isTls),
    text: (option: OptionSpec) => given.text(option) ?? values.get(option.name),
  };
}
