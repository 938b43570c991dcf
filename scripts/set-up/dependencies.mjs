import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmComplaint, runNpm, SetUpError } from './run.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} LockedPackages */

/**
 * Installs exactly what package-lock.json names, when the installed tree is not that already.
 * No install script of a package runs: none is needed, and the Electron runtime has a step of its own.
 * @param {string} root
 * @param {import('./report.mjs').Report} report
 */
export async function setUpDependencies(root, report) {
  const stampFile = join(root, 'node_modules', '.klaxon-lock');
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = stampOf(lockText);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!isInstalledAsLocked(root, lockText)) await install(root, report);
  writeFileSync(stampFile, stamp);
}

/**
 * @param {string} root
 * @param {import('./report.mjs').Report} report
 */
async function install(root, report) {
  const { code, output } = await report.step('install the locked dependencies (npm ci)', () =>
    runNpm(['ci', '--ignore-scripts', '--no-fund', '--no-audit'], {
      cwd: root,
      env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
    }),
  );
  if (code !== 0) throw new SetUpError(`npm ci failed with code ${code}:\n${npmComplaint(output)}`);
}

/** @param {string} lockText */
function stampOf(lockText) {
  const hash = createHash('sha256').update(lockText).digest('hex');
  return `${hash} ${process.platform} ${process.arch}\n`;
}

/**
 * True when npm's own record of the installed tree agrees with the lockfile: somebody ran npm by hand, and there is
 * no reason to install everything again. npm writes that record last, so a broken-off install has none.
 * @param {string} root
 * @param {string} lockText
 */
function isInstalledAsLocked(root, lockText) {
  const recordFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(recordFile)) return false;
  const locked = packagesOf(lockText);
  const installed = packagesOf(readFileSync(recordFile, 'utf8'));
  const isEachLocked = Object.entries(installed).every(
    ([path, entry]) => locked[path]?.version === entry.version,
  );
  const isEachInstalled = Object.entries(locked).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional === true ||
      entry.devOptional === true ||
      installed[path]?.version === entry.version,
  );
  return isEachLocked && isEachInstalled;
}

/**
 * @param {string} lockText
 * @returns {LockedPackages}
 */
function packagesOf(lockText) {
  return JSON.parse(lockText).packages ?? {};
}
