import type {
  KafkaSettings,
  SaslSettings,
} from '../../adapters/kafka/connection/kafka-settings.ts';
import type { RegistryOptions } from '../../adapters/schema-registry/registry-schema-store.ts';
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

const TLS_FILES = { ca: 'tls-ca', cert: 'tls-cert', key: 'tls-key' } as const;
const TLS_WORDS = { passphrase: 'tls-key-passphrase', servername: 'tls-servername' } as const;

function tlsOf(
  values: SettingValues,
  readFile: Read,
): Result<NonNullable<KafkaSettings['tls']> | null, SettingProblem> {
  const belonging = [...Object.values(TLS_FILES), ...Object.values(TLS_WORDS)];
  const isMeant = belonging.some((name) => values[name] !== undefined);
  if (values.tls === 'false' && isMeant) return failure(NO_TLS);
  if (values.tls !== 'true' && !isMeant) return ok(null);
  const tls: Record<string, string> = {};
  for (const [field, name] of Object.entries(TLS_FILES)) {
    const path = values[name];
    if (path === undefined) continue;
    const text = textOf(name, path, readFile);
    if (!text.ok) return text;
    tls[field] = text.value;
  }
  for (const [field, name] of Object.entries(TLS_WORDS))
    Object.assign(tls, named(field, values[name]));
  return ok(tls);
}

function textOf(name: string, path: string, readFile: Read): Result<string, SettingProblem> {
  try {
    return ok(readFile(path));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const message = `The file that ${name} names cannot be read: ${why}.`;
    return failure({ exitCode: EXIT_CODES.config, message, remedy: 'Check its path and rights.' });
  }
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
