import * as z from 'zod';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { keptBoundsSchema } from '../window/window-bounds.ts';

/** What is kept of one user between starts. `settingsVersion` counts the migrations that have been applied. */
const settingsSchema = z.object({
  settingsVersion: z.int().min(1),
  theme: z.enum(['system', 'grey', 'dark', 'highContrast']),
  /** Base address of the site's guidance documents; empty where there are none. */
  documentBase: z.string().max(2_000),
  window: keptBoundsSchema.nullable(),
});

export type Settings = z.infer<typeof settingsSchema>;

type RawSettings = Readonly<Record<string, unknown>>;

/**
 * Step N makes settings of version N + 1 out of those of version N. A file without a version is of version 0, as the
 * first builds wrote it. Steps are only ever added at the end.
 */
const MIGRATIONS: readonly ((raw: RawSettings) => RawSettings)[] = [
  (raw) => ({ ...DEFAULT_SETTINGS, ...raw }),
];

/** The version of settings that this build writes. */
export const SETTINGS_VERSION = MIGRATIONS.length;

/** Of a first start, and where the file was damaged. */
export const DEFAULT_SETTINGS: Settings = {
  settingsVersion: 1,
  theme: 'system',
  documentBase: '',
  window: null,
};

/** Why settings cannot be used, in words for the user. */
export type SettingsFault = string;

/** The settings in the text of a file, migrated; or what is wrong with it. */
export function parseSettings(text: string): Result<Settings, SettingsFault> {
  const json = parseJson(text);
  const raw = z.record(z.string(), z.unknown()).safeParse(json);
  if (!raw.success) return failure('it does not hold a JSON object');
  const version = raw.data['settingsVersion'] ?? 0;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    return failure('its version is not a number');
  }
  if (version > SETTINGS_VERSION) return failure('a newer version of the console wrote it');
  const parsed = settingsSchema.safeParse(migrate(raw.data, version));
  return parsed.success ? ok(parsed.data) : failure(z.prettifyError(parsed.error));
}

function migrate(raw: RawSettings, from: number): RawSettings {
  let migrated = raw;
  for (const step of MIGRATIONS.slice(from)) migrated = step(migrated);
  return { ...migrated, settingsVersion: SETTINGS_VERSION };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
