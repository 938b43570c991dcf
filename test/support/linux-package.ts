import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { buildIfNeeded } from '../../scripts/build/build-all.mjs';
import { buildPackages } from '../../scripts/package/build-packages.mjs';
import { ownTools } from '../../scripts/package/package-tools.mjs';

const execute = promisify(execFile);
const STORE = join('var', 'lib', 'dpkg');

/** Builds the .deb as `npm run package` does where nothing can be downloaded, but without compression; answers its path. */
export async function buildPlainDeb(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  if ((await buildIfNeeded()) !== 0) throw new Error('the build failed');
  const code = await buildPackages({
    targets: ['dir', 'deb'],
    tools: { ...ownTools(['deb']), KLAXON_PACKING: 'none' },
    settings: [`-c.directories.output=${folder}`],
  });
  if (code !== 0) throw new Error(`electron-builder ended with ${code}`);
  const file = (await readdir(folder)).find((name) => name.endsWith('.deb'));
  return join(folder, file ?? 'none');
}

/** A root of its own, in which dpkg installs and removes as on a computer, its scripts included. */
export interface PackageRoot {
  readonly path: string;
  install(file: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Everything in it but dpkg's own store, by path. */
  files(): Promise<readonly string[]>;
}

export async function createPackageRoot(path: string): Promise<PackageRoot> {
  for (const name of ['info', 'updates']) await mkdir(join(path, STORE, name), { recursive: true });
  for (const name of ['status', 'available']) await writeFile(join(path, STORE, name), '');
  const dpkg = (...words: readonly string[]) =>
    execute('dpkg', [
      `--root=${path}`,
      '--log=/dev/null',
      // Nothing is installed there that the package could depend on, no shell for its scripts either.
      '--force-depends,script-chrootless,not-root',
      ...words,
    ]);
  return {
    path,
    install: async (file) => void (await dpkg('--install', file)),
    remove: async (name) => void (await dpkg('--purge', name)),
    files: async () => {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(path, join(entry.parentPath, entry.name)))
        .filter((file) => !file.startsWith(STORE))
        .sort();
    },
  };
}
