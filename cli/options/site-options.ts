import {
  DEFAULT_BOOTSTRAP_SERVERS,
  DEFAULT_REGISTRY_ADDRESS,
} from '../../adapters/system/site-addresses.ts';
import type { OptionSpec } from '../command/command.ts';

export const PROFILE: OptionSpec = {
  name: 'profile',
  value: 'NAME',
  summary: 'Reach the site as this profile says (klaxon profiles); other options win over it.',
  env: 'KLAXON_PROFILE',
};

export const BOOTSTRAP_SERVERS: OptionSpec = {
  name: 'bootstrap-servers',
  value: 'HOST:PORT',
  summary: 'Brokers of the Kafka, several separated by commas.',
  env: 'BOOTSTRAP_SERVERS',
  fallback: DEFAULT_BOOTSTRAP_SERVERS,
};

export const REGISTRY: OptionSpec = {
  name: 'registry',
  value: 'URL',
  summary: 'The schema registry, with the path under which its API lies.',
  env: 'SCHEMA_REGISTRY',
  fallback: DEFAULT_REGISTRY_ADDRESS,
};

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

export const TLS: OptionSpec = { name: 'tls', summary: 'Encrypt the connections to the brokers.' };

export const TLS_CA: OptionSpec = {
  name: 'tls-ca',
  value: 'FILE',
  summary: 'Certificate (PEM) of who signed the brokers’; means --tls.',
  env: 'KLAXON_TLS_CA',
};

export const TLS_CERT: OptionSpec = {
  name: 'tls-cert',
  value: 'FILE',
  summary: 'Our own certificate (PEM), where the brokers want one; means --tls.',
  env: 'KLAXON_TLS_CERT',
};

export const TLS_KEY: OptionSpec = {
  name: 'tls-key',
  value: 'FILE',
  summary: 'The key (PEM) of --tls-cert. Its passphrase is taken from KLAXON_TLS_KEY_PASSPHRASE.',
  env: 'KLAXON_TLS_KEY',
};

export const TLS_SERVERNAME: OptionSpec = {
  name: 'tls-servername',
  value: 'NAME',
  summary: 'The name that the brokers’ certificate must hold, where it is not the host’s.',
  env: 'KLAXON_TLS_SERVERNAME',
};

export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

export const SASL_MECHANISM: OptionSpec = {
  name: 'sasl-mechanism',
  value: 'NAME',
  summary: 'How to log in to the brokers.',
  choices: SASL_MECHANISMS,
  env: 'KLAXON_SASL_MECHANISM',
  fallback: 'scram-sha-512 where a user is given',
};

export const SASL_USERNAME: OptionSpec = {
  name: 'sasl-username',
  value: 'NAME',
  summary:
    'Who logs in. The password is taken from the keyring where a profile keeps it there, else from KLAXON_SASL_PASSWORD, or asked for; never from an option, which others could read.',
  env: 'KLAXON_SASL_USERNAME',
};

export const REGISTRY_USERNAME: OptionSpec = {
  name: 'registry-username',
  value: 'NAME',
  summary:
    'Who logs in to the schema registry. The password comes as that of --sasl-username; its variable is KLAXON_REGISTRY_PASSWORD.',
  env: 'KLAXON_REGISTRY_USERNAME',
};

/** What a profile can hold of it. */
export const PROFILE_OPTIONS: readonly OptionSpec[] = [
  BOOTSTRAP_SERVERS,
  REGISTRY,
  TLS,
  TLS_CA,
  TLS_CERT,
  TLS_KEY,
  TLS_SERVERNAME,
  SASL_MECHANISM,
  SASL_USERNAME,
  REGISTRY_USERNAME,
];

/** How the log is reached: options of every command that uses it. */
export const SITE_OPTIONS: readonly OptionSpec[] = [
  PROFILE,
  BOOTSTRAP_SERVERS,
  REGISTRY,
  EMBEDDED,
  TIMEOUT,
  TLS,
  TLS_CA,
  TLS_CERT,
  TLS_KEY,
  TLS_SERVERNAME,
  SASL_MECHANISM,
  SASL_USERNAME,
  REGISTRY_USERNAME,
];
