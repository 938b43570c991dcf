import { z } from 'zod';
import { parseBootstrap } from '../../adapters/kafka/connection/kafka-settings.ts';
import { LOG_LEVELS } from './service-logger.ts';

/** One setting of a service: an option (`--name`), a variable, and a line of the file (`"name"`). */
export interface Setting {
  readonly schema: z.ZodType<string>;
  /** In half a sentence. */
  readonly help: string;
  /** `KLAXON_` and the name in capitals, where nothing is said. */
  readonly variable?: string;
  readonly fallback?: string;
  /** As an option it takes no value: that it is there is `true`. */
  readonly isFlag?: true;
  /** Never an option: arguments are seen by everybody on the computer. */
  readonly isSecret?: true;
}

const TEXT = z.string().min(1, 'is empty');
const SERVERS = z.string().refine((text) => parseBootstrap(text).ok, {
  error: 'is not host:port, or several of them separated by commas',
});
const WEB_ADDRESS = z
  .string()
  .refine((text) => /^https?:\/\/[^/]/.test(text) && URL.canParse(text), {
    error: 'is not an address that begins with http:// or https://',
  });
const HTTP_ADDRESS = z.string().regex(/^(?:off|.+:\d{1,5})$/, 'is neither host:port nor "off"');
const YES_NO = z.enum(['true', 'false'], { error: 'is neither true nor false' });
const LEVEL = z.enum(LOG_LEVELS, { error: `is none of ${LOG_LEVELS.join(', ')}` });
const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
const MECHANISM = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(MECHANISMS, { error: `is none of ${MECHANISMS.join(', ')}` }));

/** Every setting that all services share. */
export const SETTINGS = {
  'bootstrap-servers': {
    schema: SERVERS,
    help: 'where the brokers listen, host:port,…',
    variable: 'BOOTSTRAP_SERVERS',
    fallback: 'localhost:9092',
  },
  registry: {
    schema: WEB_ADDRESS,
    help: 'address of the schema registry',
    variable: 'SCHEMA_REGISTRY',
    fallback: 'http://localhost:8081',
  },
  'registry-username': { schema: TEXT, help: 'user of the registry' },
  'registry-password': { schema: TEXT, help: 'its password', isSecret: true },
  tls: { schema: YES_NO, help: 'reach the brokers by TLS', isFlag: true },
  'tls-ca': { schema: TEXT, help: 'file with who signed the broker’s certificate; means tls' },
  'tls-cert': { schema: TEXT, help: 'file with our certificate' },
  'tls-key': { schema: TEXT, help: 'file with its key' },
  'tls-key-passphrase': { schema: TEXT, help: 'passphrase of the key', isSecret: true },
  'tls-servername': { schema: TEXT, help: 'name in the broker’s certificate, if not its host' },
  'sasl-mechanism': {
    schema: MECHANISM,
    help: `${MECHANISMS.join(', ')}; where a user is given, the last`,
  },
  'sasl-username': { schema: TEXT, help: 'user at the broker' },
  'sasl-password': { schema: TEXT, help: 'its password', isSecret: true },
  'http-address': {
    schema: HTTP_ADDRESS,
    help: 'where /health, /ready and /metrics are answered; port 0 = any, off = nowhere',
  },
  'log-level': { schema: LEVEL, help: LOG_LEVELS.join(', '), fallback: 'info' },
} as const satisfies Readonly<Record<string, Setting>>;
export type SettingName = keyof typeof SETTINGS;

/** In the order of the help. */
export const SETTING_NAMES = Object.keys(SETTINGS).filter(isSettingName);

/** Whether it is the name of a setting. */
export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

/** The setting of a name. */
export function settingOf(name: SettingName): Setting {
  return SETTINGS[name];
}

/** The environment variable of a setting. */
export function variableOf(name: SettingName): string {
  return settingOf(name).variable ?? `KLAXON_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** The option and the variable that name the file of settings. */
export const FILE_OPTION = 'config';
export const FILE_VARIABLE = 'KLAXON_CONFIG';

/** The option and the variable that choose a connection profile. */
export const PROFILE_OPTION = 'profile';
export const PROFILE_VARIABLE = 'KLAXON_PROFILE';
