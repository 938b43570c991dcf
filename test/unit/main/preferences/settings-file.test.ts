import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMs } from '../../../../core/lib/units.ts';
import { DEFAULT_SETTINGS } from '../../../../main/preferences/settings.ts';
import { readSettingsFile } from '../../../../main/preferences/settings-file.ts';

const now = epochMs(1_767_225_600_000);
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'klaxon-settings-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const pathIn = () => join(folder, 'settings.json');

describe('readSettingsFile', () => {
  it('uses the defaults at a first start and says nothing', async () => {
    expect(await readSettingsFile(pathIn(), now)).toEqual({
      settings: DEFAULT_SETTINGS,
      notices: [],
    });
  });

  it('reads what was kept', async () => {
    const kept = { ...DEFAULT_SETTINGS, theme: 'dark', documentBase: 'https://docs.example.org/' };
    await writeFile(pathIn(), JSON.stringify(kept));
    expect(await readSettingsFile(pathIn(), now)).toEqual({ settings: kept, notices: [] });
  });

  it('brings settings without a version up to date', async () => {
    await writeFile(pathIn(), JSON.stringify({ theme: 'dark' }));
    const { settings, notices } = await readSettingsFile(pathIn(), now);
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(notices).toEqual([]);
  });

  it.each([
    ['is cut off', '{"settingsVersion":1,"the'],
    ['is empty', ''],
    ['is not an object', '[1]'],
    ['holds an unknown theme', JSON.stringify({ ...DEFAULT_SETTINGS, theme: 'pink' })],
    ['comes from a newer console', JSON.stringify({ ...DEFAULT_SETTINGS, settingsVersion: 99 })],
    [
      'has a version that is no number',
      JSON.stringify({ ...DEFAULT_SETTINGS, settingsVersion: 'x' }),
    ],
  ])('sets a file aside that %s, says so and uses the defaults', async (_, text) => {
    await writeFile(pathIn(), text);
    const { settings, notices } = await readSettingsFile(pathIn(), now);
    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(notices).toHaveLength(1);
    const aside = `settings.damaged-${now}.json`;
    expect(await readdir(folder)).toEqual([aside]);
    expect(notices[0]).toContain(aside);
    expect(await readFile(join(folder, aside), 'utf8')).toBe(text);
  });
});
