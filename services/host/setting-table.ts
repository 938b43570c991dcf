import { z } from 'zod';
import { parseBootstrap } from '../../adapters/kafka/connection/kafka-settings.ts';
import { isWebAddress, NO_BROKERS, NO_WEB_ADDRESS } from '../../adapters/system/site-addresses.ts';
import {
  SASL_MECHANISMS,
  SITE_SETTINGS,
  type SiteSetting,
  type SiteSettingName,
  siteSettingOf,
} from '../../adapters/system/site-settings.ts';
import { LOG_LEVELS } from './service-logger.ts';

/** One setting of a service: an option (`--name`), a variable, and a line of the file (`"name"`). */
export interface Setting extends SiteSetting {
  readonly schema: z.ZodType<string>;
}

const TEXT = z.string().refine((text) => text.trim() !== '', { error: 'is empty' });
const SECRET = z.string().min(1, 'is empty');
const SERVERS = z.string().refine((text) => parseBootstrap(text).ok, {
  error: NO_BROKERS,
});
const WEB_ADDRESS = z.string().refine(isWebAddress, { error: NO_WEB_ADDRESS });
const HTTP_ADDRESS = z.string().refine(isHttpAddress, {
  error: 'is neither host:port, with a port up to 65535, nor "off"',
});
const YES_NO = z.enum(['true', 'false'], { error: 'is neither true nor false' });
const LEVEL = z.enum(LOG_LEVELS, { error: `is none of ${LOG_LEVELS.join(', ')}` });
const MECHANISM = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(SASL_MECHANISMS, { error: `is none of ${SASL_MECHANISMS.join(', ')}` }));

const SITE_SCHEMAS: Readonly<Record<SiteSettingName, z.ZodType<string>>> = {
  'bootstrap-servers': SERVERS,
  registry: WEB_ADDRESS,
  'registry-username': TEXT,
  'registry-password': SECRET,
  tls: YES_NO,
  'tls-ca': TEXT,
  'tls-cert': TEXT,
  'tls-key': TEXT,
  'tls-key-passphrase': SECRET,
  'tls-servername': TEXT,
  'sasl-mechanism': MECHANISM,
  'sasl-username': TEXT,
  'sasl-password': SECRET,
};

function isHttpAddress(text: string): boolean {
  const port = /^[^\s/]+:(\d{1,5})$/.exec(text)?.[1];
  return text === 'off' || (port !== undefined && Number(port) <= 65_535);
}

/** What only services have. */
const SERVICE_SETTINGS = {
  'http-address': {
    schema: HTTP_ADDRESS,
    variable: 'KLAXON_HTTP_ADDRESS',
    value: 'HOST:PORT',
    summary: 'Where /health, /ready and /metrics are answered; port 0 = any, off = nowhere.',
  },
  'log-level': {
    schema: LEVEL,
    variable: 'KLAXON_LOG_LEVEL',
    value: 'LEVEL',
    summary: 'The least important lines that are written.',
    choices: LOG_LEVELS,
    fallback: 'info',
  },
} as const satisfies Readonly<Record<string, Setting>>;

/** Every setting that all services share: how a site is reached, as for the command line, and their own. */
export type SettingName = SiteSettingName | keyof typeof SERVICE_SETTINGS;

/** In the order of the help. */
export const SETTING_NAMES = [
  ...Object.keys(SITE_SETTINGS),
  ...Object.keys(SERVICE_SETTINGS),
].filter(isSettingName);

/** Whether it is the name of a setting. */
export function isSettingName(name: string): name is SettingName {
  return isSiteSetting(name) || Object.hasOwn(SERVICE_SETTINGS, name);
}

/** The setting of a name. */
export function settingOf(name: SettingName): Setting {
  if (!isSiteSetting(name)) return SERVICE_SETTINGS[name];
  return { ...siteSettingOf(name), schema: SITE_SCHEMAS[name] };
}

/** What a setting means, with its choices. */
export function settingMeaning(name: SettingName): string {
  const { summary, choices } = settingOf(name);
  return choices === undefined ? summary : `${summary} One of: ${choices.join(', ')}.`;
}

function isSiteSetting(name: string): name is SiteSettingName {
  return Object.hasOwn(SITE_SETTINGS, name);
}

/** The option and the variable that name the file of settings. */
export const FILE_OPTION = 'config';
export const FILE_VARIABLE = 'KLAXON_CONFIG';

/** The option and the variable that choose a connection profile. */
export const PROFILE_OPTION = 'profile';
export const PROFILE_VARIABLE = 'KLAXON_PROFILE';
