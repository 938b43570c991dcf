import type {
  KafkaSettings,
  SaslSettings,
} from '../../adapters/kafka/connection/kafka-settings.ts';
import type { RegistryOptions } from '../../adapters/schema-registry/registry-schema-store.ts';
import { readCertificateFiles } from '../../adapters/system/certificate-files.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { EXIT_CODES } from './exit-codes.ts';
import type { SettingProblem, SettingSources, SettingValues } from './read-settings.ts';
import { LOG_LEVELS, type LogLevel } from './service-logger.ts';

/** What a service is run with. */
export interface ServiceSettings {
  readonly kafka: Omit<KafkaSettings, 'clientId'>;
  readonly registry: RegistryOptions;
  /** Null = nowhere. */
  readonly http: { readonly host: string; readonly port: number } | null;
  readonly logLevel: LogLevel;
}

type Read = SettingSources['readFile'];

/** The settings put together, files of certificates read. Refused where some are set without those that belong to them. */
export function serviceSettings(
  values: SettingValues,
  httpAddress: string,
  readFile: Read,
): Result<ServiceSettings, SettingProblem> {
  const tls = tlsOf(values, readFile);
  if (!tls.ok) return tls;
  const sasl = saslOf(values);
  if (!sasl.ok) return sasl;
  return ok({
    kafka: {
      bootstrapServers: values['bootstrap-servers'] ?? '',
      ...(tls.value === null ? {} : { tls: tls.value }),
      ...(sasl.value === null ? {} : { sasl: sasl.value }),
    },
    registry: {
      url: values.registry ?? '',
      ...named('user', values['registry-username']),
      ...named('password', values['registry-password']),
    },
    http: httpOf(values['http-address'] ?? httpAddress),
    logLevel: LOG_LEVELS.find((level) => level === values['log-level']) ?? 'info',
  });
}

const TLS_SETTINGS = [
  'tls-ca',
  'tls-cert',
  'tls-key',
  'tls-key-passphrase',
  'tls-servername',
] as const;

function tlsOf(
  values: SettingValues,
  readFile: Read,
): Result<NonNullable<KafkaSettings['tls']> | null, SettingProblem> {
  const isMeant = TLS_SETTINGS.some((name) => values[name] !== undefined);
  if (values.tls === 'false' && isMeant) return failure(NO_TLS);
  if (values.tls !== 'true' && !isMeant) return ok(null);
  const texts = readCertificateFiles(values, readFile);
  if (!texts.ok) return failure({ ...texts.error, exitCode: EXIT_CODES.config });
  return ok({
    ...texts.value,
    ...named('passphrase', values['tls-key-passphrase']),
    ...named('servername', values['tls-servername']),
  });
}

function saslOf(values: SettingValues): Result<SaslSettings | null, SettingProblem> {
  const username = values['sasl-username'];
  const password = values['sasl-password'];
  const chosen = values['sasl-mechanism'];
  if (username === undefined && password === undefined && chosen === undefined) return ok(null);
  if (username === undefined || password === undefined) return failure(HALF_A_LOG_IN);
  const mechanism = MECHANISMS.find((known) => known === chosen) ?? 'scram-sha-512';
  return ok({ mechanism, username, password });
}

const MECHANISMS: readonly SaslSettings['mechanism'][] = [
  'plain',
  'scram-sha-256',
  'scram-sha-512',
];

const NO_TLS: SettingProblem = {
  exitCode: EXIT_CODES.config,
  message: 'Certificates are given, but tls is false.',
  remedy: 'Leave one of them out.',
};
const HALF_A_LOG_IN: SettingProblem = {
  exitCode: EXIT_CODES.config,
  message: 'A log-in needs both sasl-username and sasl-password.',
  remedy: 'Give both; the password by KLAXON_SASL_PASSWORD or in the file.',
};

function httpOf(address: string): ServiceSettings['http'] {
  if (address === 'off') return null;
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[(.*)\]$/, '$1');
  return { host, port: Number(address.slice(at + 1)) };
}

function named(field: string, value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [field]: value };
}
