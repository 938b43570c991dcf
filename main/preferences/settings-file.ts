import { readFile, rename } from 'node:fs/promises';
import type { EpochMs } from '../../core/lib/units.ts';
import { DEFAULT_SETTINGS, parseSettings, type Settings } from './settings.ts';

/** The settings of this start, and what the user must be told about them. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly notices: readonly string[];
}

/**
 * Reads the settings. A file that cannot be used is set aside under another name, never overwritten or deleted: the
 * defaults are used and a notice says so. A missing file is a first start.
 */
export async function readSettingsFile(path: string, now: EpochMs): Promise<ReadSettings> {
  const text = await textOf(path);
  if (text === null) return { settings: DEFAULT_SETTINGS, notices: [] };
  const parsed = parseSettings(text);
  if (parsed.ok) return { settings: parsed.value, notices: [] };
  const aside = path.replace(/(\.json)?$/, `.damaged-${now}.json`);
  await rename(path, aside);
  const notice = `The settings file could not be used (${parsed.error}). It was set aside as ${aside}, and the defaults are in use.`;
  return { settings: DEFAULT_SETTINGS, notices: [notice] };
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}
