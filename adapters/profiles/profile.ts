import { isAbsolute } from 'node:path';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { parseBootstrap } from '../kafka/connection/kafka-settings.ts';
import { isWebAddress, NO_BROKERS, NO_WEB_ADDRESS } from '../system/site-addresses.ts';

/** What a profile may hold, by the names of the command line’s options and of the services’ settings. */
export const PROFILE_FIELDS = [
  'bootstrap-servers',
  'registry',
  'registry-username',
  'tls',
  'tls-ca',
  'tls-cert',
  'tls-key',
  'tls-servername',
  'sasl-mechanism',
  'sasl-username',
] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

/** How one site is reached, without any secret; `tls` is `true` or `false`, files are absolute paths. */
export type Profile = Readonly<Partial<Record<ProfileField, string>>>;

/** What a profile never holds, and the keyring may. */
export const SECRET_KINDS = ['sasl-password', 'registry-password', 'tls-key-passphrase'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** What is wrong with one field of a profile. */
export interface FieldFault {
  readonly field: string;
  /** Goes on after the field’s name. */
  readonly fault: string;
}

/** Whether it is a field of a profile. */
export function isProfileField(name: string): name is ProfileField {
  return PROFILE_FIELDS.some((field) => field === name);
}

/** Whether it can be the name of a profile: letters, digits, `.`, `_` and `-`, the first a letter or digit, 64 at most. */
export function isProfileName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name);
}

/**
 * The profile in what a file or a command line holds. Fields that this version does not know are passed over; refused is a
 * field that cannot be, two that contradict each other, and any secret.
 */
export function parseProfile(raw: Readonly<Record<string, unknown>>): Result<Profile, FieldFault> {
  for (const kind of SECRET_KINDS) if (Object.hasOwn(raw, kind)) return faulty(kind, IS_SECRET);
  const profile: Partial<Record<ProfileField, string>> = {};
  for (const field of PROFILE_FIELDS) {
    if (!Object.hasOwn(raw, field)) continue;
    const text = textOf(raw[field]);
    if (text === null) return faulty(field, 'is no text');
    const fault = text === '' ? 'is empty' : FAULT_OF[field](text);
    if (fault !== null) return faulty(field, fault);
    profile[field] = text;
  }
  return contradictionIn(profile) ?? ok(profile);
}

const IS_SECRET = 'is a secret, which a profile never holds';

function faulty(field: string, fault: string) {
  return failure({ field, fault });
}

function textOf(value: unknown): string | null {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value.trim() : null;
}

const MECHANISMS: readonly string[] = ['plain', 'scram-sha-256', 'scram-sha-512'];

const FAULT_OF: Readonly<Record<ProfileField, (text: string) => string | null>> = {
  'bootstrap-servers': (text) => (parseBootstrap(text).ok ? null : NO_BROKERS),
  registry: registryFault,
  'registry-username': anyText,
  tls: (text) => (text === 'true' || text === 'false' ? null : 'is neither true nor false'),
  'tls-ca': pathFault,
  'tls-cert': pathFault,
  'tls-key': pathFault,
  'tls-servername': anyText,
  'sasl-mechanism': (text) =>
    MECHANISMS.includes(text) ? null : `is none of ${MECHANISMS.join(', ')}`,
  'sasl-username': anyText,
};

function anyText(): null {
  return null;
}

function pathFault(text: string): string | null {
  return isAbsolute(text) ? null : 'is not the whole path of a file, from the root';
}

function registryFault(text: string): string | null {
  if (!isWebAddress(text)) return NO_WEB_ADDRESS;
  const { username, password } = new URL(text);
  return username === '' && password === ''
    ? null
    : 'holds a user or a password: give registry-username, and keep the password in the keyring';
}

function contradictionIn(profile: Profile) {
  if (profile['bootstrap-servers'] === undefined) return faulty('bootstrap-servers', 'is missing');
  const files = ['tls-ca', 'tls-cert', 'tls-key', 'tls-servername'] as const;
  const meant = files.find((field) => profile[field] !== undefined);
  if (profile.tls === 'false' && meant !== undefined) {
    return faulty('tls', `is false, but ${meant} is given`);
  }
  if ((profile['tls-cert'] === undefined) !== (profile['tls-key'] === undefined)) {
    const given = profile['tls-cert'] === undefined ? 'tls-key' : 'tls-cert';
    return faulty(given, 'is given alone: certificate and key belong together');
  }
  return profile['sasl-mechanism'] !== undefined && profile['sasl-username'] === undefined
    ? faulty('sasl-mechanism', 'is given without sasl-username')
    : null;
}
