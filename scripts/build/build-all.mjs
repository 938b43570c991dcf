import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../electron-runtime.mjs';
import { runInherited } from '../process/child.mjs';

/** Everything that ends up in out/, or decides how. */
const SOURCES = [
  'core',
  'schemas',
  'ipc',
  'adapters',
  'main',
  'preload',
  'renderer',
  'services',
  'cli',
  'electron.vite.config.ts',
  'package-lock.json',
  'scripts/build-main.mjs',
  'scripts/build-services.mjs',
  'scripts/build/program-bundle.mjs',
  'scripts/build/bundle-cli.mjs',
];
const stampFile = join(projectRoot, 'out', '.sources');

/**
 * Builds the desktop, the services and the command line into out/.
 * @returns {Promise<number>} the exit code, 0 when all was built
 */
export async function buildAll() {
  forgetBuild();
  const stamp = hashSources();
  const steps = [
    ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'error'],
    ['scripts/build-main.mjs'],
    ['scripts/build-services.mjs'],
    ['scripts/build-cli.mjs'],
  ];
  for (const args of steps) {
    const code = await runInherited(process.execPath, args, { cwd: projectRoot });
    if (code !== 0) return code;
  }
  writeFileSync(stampFile, stamp);
  return 0;
}

/**
 * Builds only when a source has changed since the last complete build.
 * @returns {Promise<number>} the exit code, 0 when out/ is up to date
 */
export async function buildIfNeeded() {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashSources()) return 0;
  process.stdout.write('The sources are newer than the build: building.\n');
  return buildAll();
}

/** Makes the next `buildIfNeeded` build, whatever is in out/. */
export function forgetBuild() {
  rmSync(stampFile, { force: true });
}

function hashSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) addPath(hash, source);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function addPath(hash, path) {
  const full = join(projectRoot, path);
  if (!existsSync(full)) return;
  if (statSync(full).isFile()) {
    hash.update(path).update('\0').update(readFileSync(full)).update('\0');
    return;
  }
  for (const name of readdirSync(full).sort()) addPath(hash, `${path}/${name}`);
}
