import { join } from 'node:path';
import { projectRoot } from '../electron-runtime.mjs';
import { isReachable } from '../process/reachable.mjs';
import { findProgram } from '../set-up/run.mjs';

/** Where electron-builder downloads its tools from. */
const DOWNLOADS = 'https://github.com/electron-userland/electron-builder-binaries/releases/';

/** What makes the packages, and Debian's package of it. */
const PACKERS = /** @type {const} */ ({
  deb: { name: 'dpkg-deb', packages: 'dpkg' },
  rpm: { name: 'rpmbuild', packages: 'rpm' },
});
const NO_APPIMAGE =
  'An AppImage needs the runtime that electron-builder downloads, which is not reachable: set APPIMAGE_TOOLS_PATH to a ' +
  'folder that has it, or make a deb, an rpm or a tar.gz.';

/** A tool of this system cannot be found; the message says how to get it. */
export class ToolError extends Error {}

/**
 * What electron-builder is told about its tools: nothing where it can download them, else where this system's are.
 * Throws `ToolError` where a target needs what this system does not have.
 * @param {readonly string[]} targets
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function toolsFor(targets) {
  if (await isReachable(process.env['ELECTRON_BUILDER_BINARIES_MIRROR'] ?? DOWNLOADS)) return {};
  return ownTools(targets);
}

/**
 * The same without asking: dpkg-deb, rpmbuild and 7za of this system.
 * @param {readonly string[]} targets
 * @returns {NodeJS.ProcessEnv}
 */
export function ownTools(targets) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ELECTRON_BUILDER_OFFLINE: 'true' };
  for (const target of targets) Object.assign(env, ownTool(target.toLowerCase()));
  return { ...env, ...alreadyGiven(Object.keys(env)) };
}

/**
 * @param {string} target
 * @returns {NodeJS.ProcessEnv}
 */
function ownTool(target) {
  if (target === 'appimage') return appImageRuntime();
  if (target === 'deb' || target === 'rpm') {
    const program = PACKERS[target];
    need(program.name, program.packages);
    return { CUSTOM_FPM_PATH: join(projectRoot, 'scripts', 'package', 'fpm.mjs') };
  }
  if (!/^(zip|7z|tar\..+)$/.test(target)) return {};
  const sevenZip = need('7za', 'p7zip-full');
  // The highest, its default, takes minutes for one hundredth of the bytes.
  return { ELECTRON_BUILDER_7ZIP_PATH: sevenZip, ELECTRON_BUILDER_COMPRESSION_LEVEL: '5' };
}

/** @returns {NodeJS.ProcessEnv} */
function appImageRuntime() {
  if (process.env['APPIMAGE_TOOLS_PATH'] !== undefined) return {};
  throw new ToolError(NO_APPIMAGE);
}

/**
 * @param {string} program
 * @param {string} packages Debian's name of what has it
 * @returns {string} its path
 */
function need(program, packages) {
  const path = findProgram(program);
  if (path !== undefined) return path;
  throw new ToolError(
    `electron-builder's tools cannot be downloaded, and this system has no ${program}. ` +
      `On Debian: sudo apt-get install -y --no-install-recommends ${packages}`,
  );
}

/** @param {readonly string[]} names */
function alreadyGiven(names) {
  return Object.fromEntries(
    names
      .filter((name) => process.env[name] !== undefined)
      .map((name) => [name, process.env[name]]),
  );
}
