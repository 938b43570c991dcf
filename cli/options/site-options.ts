import type { SecretKind } from '../../adapters/profiles/profile.ts';
import { SECRET_VARIABLES } from '../../adapters/profiles/profile-secrets.ts';
import { type SiteSettingName, siteSettingOf } from '../../adapters/system/site-settings.ts';
import type { OptionSpec } from '../command/command.ts';

export const PROFILE: OptionSpec = {
  name: 'profile',
  value: 'NAME',
  summary: 'Reach the site as this profile says (klaxon profiles); other options win over it.',
  env: 'KLAXON_PROFILE',
};

export const BOOTSTRAP_SERVERS = optionOf('bootstrap-servers');
export const REGISTRY = optionOf('registry');
export const REGISTRY_USERNAME = optionOf('registry-username', askedFor('registry-password'));
export const TLS = optionOf('tls');
export const TLS_CA = optionOf('tls-ca');
export const TLS_CERT = optionOf('tls-cert');
export const TLS_KEY = optionOf(
  'tls-key',
  `Its passphrase is taken from ${SECRET_VARIABLES['tls-key-passphrase']}.`,
);
export const TLS_SERVERNAME = optionOf('tls-servername');
export const SASL_MECHANISM = optionOf('sasl-mechanism');
export const SASL_USERNAME = optionOf('sasl-username', askedFor('sasl-password'));

export const EMBEDDED: OptionSpec = {
  name: 'embedded',
  value: 'DIR',
  summary:
    'Use the log that the console keeps in this folder, instead of a Kafka. A console may run on it.',
};

export const TIMEOUT: OptionSpec = {
  name: 'timeout',
  value: 'SECONDS',
  summary: 'Give up when nothing is heard for this long.',
  fallback: '10',
};

/** How the connections are secured. */
const SECURITY_OPTIONS: readonly OptionSpec[] = [
  TLS,
  TLS_CA,
  TLS_CERT,
  TLS_KEY,
  TLS_SERVERNAME,
  SASL_MECHANISM,
  SASL_USERNAME,
  REGISTRY_USERNAME,
];

/** What a profile can hold of it. */
export const PROFILE_OPTIONS: readonly OptionSpec[] = [
  BOOTSTRAP_SERVERS,
  REGISTRY,
  ...SECURITY_OPTIONS,
];

/** How the log is reached: options of every command that uses it. */
export const SITE_OPTIONS: readonly OptionSpec[] = [
  PROFILE,
  BOOTSTRAP_SERVERS,
  REGISTRY,
  EMBEDDED,
  TIMEOUT,
  ...SECURITY_OPTIONS,
];

function optionOf(name: SiteSettingName, more?: string): OptionSpec {
  const { variable, value, summary, choices, fallback } = siteSettingOf(name);
  return {
    name,
    summary: more === undefined ? summary : `${summary} ${more}`,
    env: variable,
    ...(value === undefined ? {} : { value }),
    ...(choices === undefined ? {} : { choices, isCaseless: true }),
    ...(fallback === undefined ? {} : { fallback }),
  };
}

function askedFor(secret: SecretKind): string {
  return `The password is taken from the keyring where a profile keeps it there, else from ${SECRET_VARIABLES[secret]}, or asked for; never from an option, which others could read.`;
}
