import { spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeFileLock } from '../../../../adapters/system/file-lock.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.ts';

let place: TemporaryFolder;

beforeEach(async () => {
  place = await createTemporaryFolder('file.json');
  await mkdir(dirname(place.path), { recursive: true });
});

afterEach(() => place.remove());

describe('a lock on a file', () => {
  it('is given to one after the other, and leaves nothing behind', async () => {
    const first = await takeFileLock(place.path);
    let isSecondTaken = false;
    const second = takeFileLock(place.path).then((lock) => {
      isSecondTaken = true;
      return lock;
    });
    expect(await first?.isHeld()).toBe(true);
    expect(isSecondTaken).toBe(false);
    await first?.release();
    expect(await first?.isHeld()).toBe(false);
    const taken = await second;
    expect(await taken?.isHeld()).toBe(true);
    await first?.release();
    expect(await taken?.isHeld()).toBe(true);
    await taken?.release();
    expect(await readdir(dirname(place.path))).toEqual([]);
  });

  it('is taken over from a process that has ended', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(`${place.path}.lock`, `${pid} left`);
    const lock = await takeFileLock(place.path);
    expect(await lock?.isHeld()).toBe(true);
    await lock?.release();
    expect(await readdir(dirname(place.path))).toEqual([]);
  });
});
