import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addProfile,
  removeProfile,
  setProfile,
} from '../../../../adapters/profiles/change-profiles.ts';
import { readProfile, readProfilesFile } from '../../../../adapters/profiles/read-profiles.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.ts';

const NOW = epochMs(1_700_000_000_000);
const PLANT = { 'bootstrap-servers': 'kafka:9093', tls: 'true' } as const;

let folder: TemporaryFolder;
let place: { readonly path: string; readonly now: typeof NOW };

beforeEach(async () => {
  folder = await createTemporaryFolder('Klaxon');
  place = { path: join(folder.path, 'profiles.json'), now: NOW };
});

afterEach(() => folder.remove());

async function lay(text: string): Promise<void> {
  await mkdir(dirname(place.path), { recursive: true });
  await writeFile(place.path, text);
}

const onDisk = async (): Promise<unknown> => JSON.parse(await readFile(place.path, 'utf8'));

describe('the file of profiles', () => {
  it('is made with the first one, for this user alone', async () => {
    expect(readProfilesFile(place.path)).toMatchObject({ ok: true });
    expect(await addProfile(place, 'plant', PLANT)).toEqual({
      ok: true,
      value: { setAside: null },
    });
    expect(await onDisk()).toEqual({
      profilesVersion: 1,
      profiles: { plant: { 'bootstrap-servers': 'kafka:9093', tls: true } },
    });
    expect(await readdir(folder.path)).toEqual(['profiles.json']);
    if (process.platform !== 'win32') {
      expect((await stat(place.path)).mode & 0o777).toBe(0o600);
      expect((await stat(folder.path)).mode & 0o777).toBe(0o700);
    }
    expect(readProfile(place.path, 'plant')).toEqual({
      ok: true,
      value: { name: 'plant', profile: PLANT },
    });
  });

  it('keeps what a newer version has written, in the file and in the profile', async () => {
    const later = {
      profilesVersion: 2,
      colours: [1],
      profiles: { plant: { ...PLANT, site: 'x' } },
    };
    await lay(JSON.stringify(later));
    await setProfile(place, 'plant', {
      fields: { registry: 'http://registry:8081' },
      unset: ['tls'],
    });
    expect(await onDisk()).toEqual({
      ...later,
      profiles: {
        plant: {
          'bootstrap-servers': 'kafka:9093',
          site: 'x',
          registry: 'http://registry:8081',
        },
      },
    });
  });

  it('keeps what has the name that objects have of themselves', async () => {
    const before =
      '{"__proto__":1,"profiles":{"__proto__":{"registry":"x"},"plant":{"bootstrap-servers":"kafka:9093","__proto__":"x"}}}';
    await lay(before);
    const file = readProfilesFile(place.path);
    expect(file.ok && [...file.value.profiles.keys()]).toEqual(['__proto__', 'plant']);
    await setProfile(place, 'plant', { fields: PLANT, unset: [] });
    expect(JSON.stringify(await onDisk())).toBe(
      '{"profilesVersion":1,"__proto__":1,"profiles":{"__proto__":{"registry":"x"},"plant":{"bootstrap-servers":"kafka:9093","__proto__":"x","tls":true}}}',
    );
  });

  it('loses nothing of writers at once', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `plant-${at}`);
    const added = await Promise.all(names.map((name) => addProfile(place, name, PLANT)));
    expect(added.every(({ ok }) => ok)).toBe(true);
    const file = readProfilesFile(place.path);
    expect(file.ok && [...file.value.profiles.keys()].toSorted()).toEqual(names.toSorted());
    expect(await readdir(folder.path)).toEqual(['profiles.json']);
  });

  it('refuses a name twice, a name that is none, and a change of what is not there', async () => {
    await addProfile(place, 'plant', PLANT);
    const code = async (done: ReturnType<typeof addProfile>) => {
      const outcome = await done;
      return outcome.ok ? null : outcome.error.code;
    };
    expect(await code(addProfile(place, 'plant', PLANT))).toBe('ProfileExists');
    expect(await code(addProfile(place, '../x', PLANT))).toBe('BadName');
    expect(await code(addProfile(place, 'b', {}))).toBe('BadProfile');
    expect(await code(removeProfile(place, 'b'))).toBe('NoSuchProfile');
    expect(await code(removeProfile(place, 'toString'))).toBe('NoSuchProfile');
    expect(await code(setProfile(place, 'b', { fields: PLANT, unset: [] }))).toBe('NoSuchProfile');
    const unset = ['bootstrap-servers'] as const;
    expect(await code(setProfile(place, 'plant', { fields: {}, unset }))).toBe('BadProfile');
    expect(await code(removeProfile(place, 'plant'))).toBeNull();
    expect(await onDisk()).toEqual({ profilesVersion: 1, profiles: {} });
  });

  it('with one bad profile names file, field and remedy, and keeps the others in use', async () => {
    const bad = { ...PLANT, 'tls-ca': 'ca.pem' };
    await lay(JSON.stringify({ profiles: { bad, good: PLANT } }));
    expect(readProfile(place.path, 'good')).toMatchObject({ ok: true });
    const read = readProfile(place.path, 'bad');
    expect(read).toMatchObject({ ok: false, error: { code: 'BadProfile' } });
    expect(!read.ok && read.error.message).toBe(
      `The field tls-ca of the profile bad in ${place.path} is not the whole path of a file, from the root.`,
    );
    expect(!read.ok && read.error.remedy).toContain('klaxon profiles set bad --tls-ca');
    await addProfile(place, 'third', PLANT);
    expect(await onDisk()).toMatchObject({ profiles: { bad, third: {} } });
  });

  it.each([
    ['{"profiles":', 'is not a JSON object'],
    ['[]', 'is not a JSON object'],
    ['{}', 'has no object "profiles"'],
    ['{"profiles":[]}', 'has no object "profiles"'],
    ['{"profiles":{"plant":1}}', 'holds a profile "plant" that is no object'],
    ['{"profiles":{"__proto__":1}}', 'holds a profile "__proto__" that is no object'],
  ])('damaged as %s is refused, and set aside by the next change', async (text, fault) => {
    await lay(text);
    const read = readProfile(place.path, 'plant');
    expect(read).toMatchObject({ ok: false, error: { code: 'FileDamaged' } });
    expect(!read.ok && read.error.message).toContain(`${place.path} ${fault}`);
    expect(await removeProfile(place, 'plant')).toMatchObject({ error: { code: 'FileDamaged' } });
    expect(await readFile(place.path, 'utf8')).toBe(text);
    const setAside = join(folder.path, `profiles.damaged-${NOW}.json`);
    expect(await addProfile(place, 'plant', PLANT)).toEqual({ ok: true, value: { setAside } });
    expect(await readFile(setAside, 'utf8')).toBe(text);
    expect(readProfile(place.path, 'plant')).toMatchObject({ ok: true });
  });

  it('that cannot be read is not taken for an empty one', async () => {
    await mkdir(place.path, { recursive: true });
    expect(readProfilesFile(place.path)).toMatchObject({ error: { code: 'FileUnusable' } });
    expect(await addProfile(place, 'plant', PLANT)).toMatchObject({
      error: { code: 'FileUnusable' },
    });
  });
});
