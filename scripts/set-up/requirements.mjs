import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, run } from './run.mjs';

/**
 * Something of the operating system that a command needs.
 * @typedef {object} Requirement
 * @property {string} name what a user calls it
 * @property {readonly string[]} packages Debian's names for it, the first known one is installed
 * @property {() => Promise<boolean>} isPresent
 * @property {boolean} isEssential false: without it some tests are skipped with the reason, nothing fails here
 */

const FONT_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts'];
const MIN_JAVA = 17;

/**
 * What the Electron runtime loads and a bare system may not have, each with its package under both of Debian's names.
 * @type {readonly (readonly [string, ...string[]])[]}
 */
const ELECTRON_LIBRARIES = [
  ['libgtk-3.so.0', 'libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3.so', 'libnss3'],
  ['libgbm.so.1', 'libgbm1'],
  ['libasound.so.2', 'libasound2t64', 'libasound2'],
  ['libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  ['libatspi.so.0', 'libatspi2.0-0t64', 'libatspi2.0-0'],
  ['libcups.so.2', 'libcups2t64', 'libcups2'],
  ['libdrm.so.2', 'libdrm2'],
  ['libxkbcommon.so.0', 'libxkbcommon0'],
  ['libXcomposite.so.1', 'libxcomposite1'],
  ['libXdamage.so.1', 'libxdamage1'],
  ['libXrandr.so.2', 'libxrandr2'],
  ['libXss.so.1', 'libxss1'],
  ['libnotify.so.4', 'libnotify4'],
];

/**
 * @param {'start' | 'test'} mode
 * @param {{ hasDisplay: boolean, hasBroker: boolean }} machine
 * @returns {readonly Requirement[]}
 */
export function requirementsOf(mode, machine) {
  const isVirtual = mode === 'test' || !machine.hasDisplay;
  return [
    ...ELECTRON_LIBRARIES.map(library),
    ...(isVirtual ? [program('Xvfb', 'xvfb'), program('dbus-daemon', 'dbus'), font()] : []),
    ...(mode === 'test' ? [optional(program('openbox', 'openbox'))] : []),
    ...(mode === 'test' ? [optional(program('kcat', 'kcat'))] : []),
    ...(mode === 'test' ? [optional(program('gnome-keyring-daemon', 'gnome-keyring'))] : []),
    ...(mode === 'test' ? [optional(program('script', 'bsdutils'))] : []),
    ...(mode === 'test'
      ? [optional(program('zsh', 'zsh')), optional(program('fish', 'fish'))]
      : []),
    ...(mode === 'test' && !machine.hasBroker ? [java(), optional(program('mvn', 'maven'))] : []),
  ];
}

/**
 * @param {readonly [string, ...string[]]} entry
 * @returns {Requirement}
 */
function library([soname, ...packages]) {
  return {
    name: soname,
    packages,
    isEssential: true,
    isPresent: async () => (await loaderCache()).includes(`\t${soname} `),
  };
}

/** @type {Promise<string> | undefined} */
let cached;

/** What the dynamic loader knows, asked once; forgotten by `forgetLoaderCache` after an installation. */
function loaderCache() {
  const ldconfig = findProgram('ldconfig') ?? '/sbin/ldconfig';
  cached ??= run(ldconfig, ['-p']).then(({ output }) => output);
  return cached;
}

/** After an installation the loader must be asked again. */
export function forgetLoaderCache() {
  cached = undefined;
}

/**
 * @param {string} name
 * @param {string} packageName
 * @returns {Requirement}
 */
function program(name, packageName) {
  return {
    name,
    packages: [packageName],
    isEssential: true,
    isPresent: async () => findProgram(name) !== undefined,
  };
}

/**
 * @param {Requirement} requirement
 * @returns {Requirement}
 */
function optional(requirement) {
  return { ...requirement, isEssential: false };
}

/** @returns {Requirement} */
function font() {
  return {
    name: 'DejaVu fonts',
    packages: ['fonts-dejavu-core'],
    isEssential: true,
    isPresent: async () => FONT_FOLDERS.some((folder) => hasFile(folder, 'DejaVuSans.ttf', 4)),
  };
}

/**
 * @param {string} folder
 * @param {string} wanted
 * @param {number} depth
 * @returns {boolean}
 */
function hasFile(folder, wanted, depth) {
  if (depth === 0 || !existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? hasFile(join(folder, entry.name), wanted, depth - 1)
      : entry.name === wanted,
  );
}

/** @returns {Requirement} */
function java() {
  return {
    name: `Java runtime ${MIN_JAVA} or newer`,
    packages: ['openjdk-17-jre-headless', 'openjdk-21-jre-headless', 'default-jre-headless'],
    isEssential: false,
    isPresent: async () => {
      const home = process.env['JAVA_HOME'];
      const { output } = await run(home ? join(home, 'bin', 'java') : 'java', ['-version']);
      return Number(/version "(\d+)/.exec(output)?.[1] ?? 0) >= MIN_JAVA;
    },
  };
}
