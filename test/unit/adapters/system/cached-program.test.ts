import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { userCacheFolder } from '../../../../adapters/system/cached-program.ts';
import { bundlePrograms } from '../../../../scripts/build/program-bundle.mjs';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.ts';

const run = promisify(execFile);
let folder: TemporaryFolder;
let cacheRoot = '';

beforeEach(async () => {
  folder = await createTemporaryFolder('programs');
  await mkdir(folder.path);
  cacheRoot = join(folder.path, 'cache');
  await bundleProgram('first');
});

afterEach(() => folder.remove());

async function bundleProgram(says: string): Promise<void> {
  const main = join(folder.path, 'hello.ts');
  const text = `import { basename } from 'node:path';
    import('node:os').then(({ EOL }) => process.stdout.write(process.argv[2] + ' ${says} ' + basename(__filename) + EOL));`;
  await writeFile(main, text);
  await bundlePrograms({ hello: main }, folder.path);
}

/** Runs the program and answers what it printed and what is in its cache then. */
async function start(root = cacheRoot) {
  const env = { ...process.env, XDG_CACHE_HOME: root };
  const { stdout } = await run(process.execPath, [join(folder.path, 'hello.cjs'), 'said'], { env });
  const caches = join(root, 'klaxon', 'code');
  const names = await readdir(caches).catch(() => []);
  return { stdout, files: names.map((name) => join(caches, name)) };
}

const FIRST = 'said first hello.program.cjs\n';

describe('runCachedProgram', () => {
  it('runs a program, and keeps its code for the next start', async () => {
    const first = await start();
    expect(first.stdout).toBe(FIRST);
    const [file = ''] = first.files;
    const { ino, mode } = await stat(file);
    expect(mode & 0o077).toBe(0);
    const second = await start();
    expect(second).toEqual(first);
    // Code that is of use is not written again.
    expect((await stat(file)).ino).toBe(ino);
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 3)],
    ['with a byte changed', (bytes: Buffer) => bytes.fill(0x55, 200, 201)],
    ['of nothing but zeros', (bytes: Buffer) => bytes.fill(0)],
  ])('makes a cache anew that is %s', async (_case, damage) => {
    const [file = ''] = (await start()).files;
    const whole = await readFile(file);
    const damaged = damage(Buffer.from(whole));
    await writeFile(file, damaged);
    expect((await start()).stdout).toBe(FIRST);
    expect((await readFile(file)).equals(damaged)).toBe(false);
    expect((await start()).stdout).toBe(FIRST);
  });

  it('takes no code of another bundle', async () => {
    await start();
    await bundleProgram('other');
    const other = await start();
    expect(other.stdout).toBe('said other hello.program.cjs\n');
    expect(other.files).toHaveLength(2);
  });

  it('discards what was kept for a program of long ago', async () => {
    const [file = ''] = (await start()).files;
    const longAgo = new Date(Date.now() - 31 * 86_400_000);
    await utimes(file, longAgo, longAgo);
    await bundleProgram('other');
    const { files } = await start();
    expect(files).toHaveLength(1);
    expect(files).not.toContain(file);
  });

  it('runs where nothing can be kept', async () => {
    await writeFile(cacheRoot, 'a file in the place of the folder');
    expect((await start()).stdout).toBe(FIRST);
  });
});

describe('userCacheFolder', () => {
  it('is where the user keeps caches', () => {
    expect(userCacheFolder({ XDG_CACHE_HOME: '/caches' })).toBe(join('/caches', 'klaxon', 'code'));
    expect(userCacheFolder({ LOCALAPPDATA: '/local' })).toBe(join('/local', 'klaxon', 'code'));
    expect(userCacheFolder({})).toContain(join('.cache', 'klaxon', 'code'));
    expect(userCacheFolder({ XDG_CACHE_HOME: '' })).toBe(userCacheFolder({}));
    expect(userCacheFolder({ XDG_CACHE_HOME: 'here' })).toBe(userCacheFolder({}));
  });
});
