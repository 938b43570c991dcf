import { DEFAULT_BOOTSTRAP_SERVERS, DEFAULT_REGISTRY_ADDRESS } from './site-addresses.ts';

/**
 * One setting of how a site is reached. It has one name everywhere: as an option (`--name`), in a service's file (`"name"`),
 * and, in capitals behind `KLAXON_`, as a variable, but for the two whose variables seed 0's programs have named.
 */
export interface SiteSetting {
  readonly variable: string;
  /** What stands for its value in help; absent: a flag, whose variable is `true` or `false`. */
  readonly value?: string;
  /** One sentence. */
  readonly summary: string;
  /** The only values that there are, in any case of letters. */
  readonly choices?: readonly string[];
  /** What holds where nothing is said. */
  readonly fallback?: string;
  /** Never an option: arguments are seen by everybody on the computer. */
  readonly isSecret?: true;
}

export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** How the command line and every service reach a site, in the order of the help. */
export const SITE_SETTINGS = {
  'bootstrap-servers': {
    variable: 'BOOTSTRAP_SERVERS',
    value: 'HOST:PORT',
    summary: 'Brokers of the Kafka, several separated by commas.',
    fallback: DEFAULT_BOOTSTRAP_SERVERS,
  },
  registry: {
    variable: 'SCHEMA_REGISTRY',
    value: 'URL',
    summary: 'The schema registry, with the path under which its API lies.',
    fallback: DEFAULT_REGISTRY_ADDRESS,
  },
  'registry-username': {
    variable: 'KLAXON_REGISTRY_USERNAME',
    value: 'NAME',
    summary: 'Who logs in to the schema registry.',
  },
  'registry-password': {
    variable: 'KLAXON_REGISTRY_PASSWORD',
    value: 'PASSWORD',
    summary: 'The password of --registry-username.',
    isSecret: true,
  },
  tls: { variable: 'KLAXON_TLS', summary: 'Encrypt the connections to the brokers.' },
  'tls-ca': {
    variable: 'KLAXON_TLS_CA',
    value: 'FILE',
    summary: 'Certificate (PEM) of who signed the brokers’; means --tls.',
  },
  'tls-cert': {
    variable: 'KLAXON_TLS_CERT',
    value: 'FILE',
    summary: 'Our own certificate (PEM), where the brokers want one; means --tls.',
  },
  'tls-key': {
    variable: 'KLAXON_TLS_KEY',
    value: 'FILE',
    summary: 'The key (PEM) of --tls-cert.',
  },
  'tls-key-passphrase': {
    variable: 'KLAXON_TLS_KEY_PASSPHRASE',
    value: 'PASSPHRASE',
    summary: 'The passphrase of --tls-key.',
    isSecret: true,
  },
  'tls-servername': {
    variable: 'KLAXON_TLS_SERVERNAME',
    value: 'NAME',
    summary: 'The name that the brokers’ certificate must hold, where it is not the host’s.',
  },
  'sasl-mechanism': {
    variable: 'KLAXON_SASL_MECHANISM',
    value: 'NAME',
    summary: 'How to log in to the brokers; the last where only a user is given.',
    choices: SASL_MECHANISMS,
  },
  'sasl-username': {
    variable: 'KLAXON_SASL_USERNAME',
    value: 'NAME',
    summary: 'Who logs in to the brokers.',
  },
  'sasl-password': {
    variable: 'KLAXON_SASL_PASSWORD',
    value: 'PASSWORD',
    summary: 'The password of --sasl-username.',
    isSecret: true,
  },
} as const satisfies Readonly<Record<string, SiteSetting>>;
export type SiteSettingName = keyof typeof SITE_SETTINGS;

/** The setting of a name, with all that a setting may have. */
export function siteSettingOf(name: SiteSettingName): SiteSetting {
  return SITE_SETTINGS[name];
}
