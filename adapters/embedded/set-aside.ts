import { access, readdir, rename } from 'node:fs/promises';
import type { EpochMs } from '../../core/lib/units.ts';

/** A store that a crash kept from being made holds no more than these: nothing in it can have been acknowledged. */
const UNBORN = /^(LOCK|LOG|LOG\.old|MANIFEST-000001|\d{6}\.dbtmp)$/;

/**
 * What is missing of a store in its folder, or null.
 * LevelDB takes a folder without the file CURRENT for a new one and removes what lies there, so this is asked first.
 */
export async function findMissingPart(folder: string): Promise<string | null> {
  const names: readonly string[] = await readdir(folder);
  const isStore = names.some((name) => /^(MANIFEST-\d+|\d{6}\.(log|ldb|sst))$/.test(name));
  if (!isStore || names.includes('CURRENT') || names.every((name) => UNBORN.test(name))) {
    return null;
  }
  return 'its file CURRENT is missing';
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
