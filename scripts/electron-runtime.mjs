import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Where things live that are too large to make again for each checkout.
 * @param {string} name
 */
export function cacheFolder(name) {
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(base, 'klaxon', name);
}

/** The version of Electron that the lockfile names. */
export function electronVersion() {
  const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
  /** @type {string} */
  const version = lock.packages['node_modules/electron'].version;
  return version;
}

/** The folder of the Electron runtime that set-up puts together where the official download is not reachable. */
export function assembledRuntimeFolder() {
  return cacheFolder(`electron-${electronVersion()}-${process.platform}-${process.arch}`);
}

/**
 * The Electron executable that can run this project, or undefined when set-up has not run.
 * The official download wins over the assembled runtime.
 * @returns {string | undefined}
 */
export function findElectronExecutable() {
  return [officialExecutable(), join(assembledRuntimeFolder(), 'electron')].find(
    (path) => path !== undefined && existsSync(path),
  );
}

/**
 * The Electron executable that can run this project.
 * Throws with the command to run when set-up has not run.
 * @returns {string}
 */
export function electronExecutable() {
  const executable = findElectronExecutable();
  if (executable === undefined) {
    throw new Error('There is no Electron runtime: run `node scripts/set-up.mjs start`.');
  }
  return executable;
}

/**
 * What the runtime must be told on this machine, and the sentence that says why; empty where nothing is special.
 * @returns {{ readonly args: readonly string[], readonly reason: string }}
 */
export function electronArguments() {
  const reason = process.platform === 'linux' ? reasonAgainstSandbox() : '';
  return { args: reason === '' ? [] : ['--no-sandbox'], reason };
}

/** Chromium's own sandbox needs either unprivileged user namespaces or a helper that belongs to root. */
function reasonAgainstSandbox() {
  if (process.getuid?.() === 0) return 'running as root';
  const isForbidden =
    readSwitch('/proc/sys/kernel/unprivileged_userns_clone') === '0' ||
    readSwitch('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    readSwitch('/proc/sys/user/max_user_namespaces') === '0';
  return isForbidden ? 'this system forbids unprivileged user namespaces' : '';
}

/** @param {string} path */
function readSwitch(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

function officialExecutable() {
  const folder = join(projectRoot, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  return join(folder, 'dist', readFileSync(pathFile, 'utf8'));
}
