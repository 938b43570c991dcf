import { access, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochMs } from '../../core/lib/units.ts';

const STORE_FILE = /^(MANIFEST-\d+|\d{6,}\.(log|ldb|sst))$/;

/** A store that a crash kept from being made holds no more than these: nothing in it can have been acknowledged. */
const UNBORN = /^(LOCK|LOG|LOG\.old|MANIFEST-000001|\d{6}\.dbtmp)$/;

/**
 * What is missing of a store in its folder, or null.
 * LevelDB takes a folder without the file CURRENT for a new one and removes what lies there, so this is asked first.
 */
export async function findMissingPart(folder: string): Promise<string | null> {
  const names: readonly string[] = await readdir(folder);
  if (names.includes('CURRENT')) {
    return findMissingManifest(names, await readFile(join(folder, 'CURRENT'), 'utf8'));
  }
  const isStore = names.some((name) => STORE_FILE.test(name));
  return isStore && !names.every((name) => UNBORN.test(name))
    ? 'its file CURRENT is missing'
    : null;
}

function findMissingManifest(names: readonly string[], current: string): string | null {
  const manifest = /^(MANIFEST-\d+)\n$/.exec(current)?.[1];
  if (manifest === undefined) {
    return 'its file CURRENT cannot be read';
  }
  return names.includes(manifest) ? null : `its file ${manifest} is missing`;
}

/** Renames the folder to `<folder>.damaged-<time>`, with a number where that exists; answers the new name. */
export async function setAside(folder: string, now: EpochMs): Promise<string> {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const plain = `${folder}.damaged-${time}`;
  for (let number = 1; ; number += 1) {
    const aside = number === 1 ? plain : `${plain}-${number}`;
    if (!(await exists(aside))) {
      await rename(folder, aside);
      return aside;
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
