import { forgetLoaderCache, requirementsOf } from './requirements.mjs';
import { findProgram, run, SetUpError, tail } from './run.mjs';

/** @typedef {import('./requirements.mjs').Requirement} Requirement */

/**
 * Sees to what Electron and, in test mode, the tests need of the operating system. As root on a system with apt it is
 * installed; otherwise the exact command is printed, and without something essential the set-up fails with it.
 * @param {'start' | 'test'} mode
 * @param {import('./report.mjs').Report} report
 */
export async function setUpSystemPackages(mode, report) {
  if (process.platform !== 'linux') return;
  const machine = { hasDisplay: hasDisplay(), hasBroker: hasBroker() };
  const missing = await missingOf(requirementsOf(mode, machine));
  if (missing.length === 0) return;
  if (canInstall()) await install(missing, report);
  const left = canInstall() ? await missingOf(missing) : missing;
  if (left.length > 0) await refuse(left, report);
}

function hasDisplay() {
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** True when the user names a broker and a registry, so that none is needed of our own. */
export function hasBroker() {
  return Boolean(process.env['BOOTSTRAP_SERVERS'] && process.env['SCHEMA_REGISTRY']);
}

function canInstall() {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

/**
 * @param {readonly Requirement[]} requirements
 * @returns {Promise<Requirement[]>}
 */
async function missingOf(requirements) {
  forgetLoaderCache();
  const isPresent = await Promise.all(requirements.map((requirement) => requirement.isPresent()));
  return requirements.filter((_, at) => isPresent[at] === false);
}

/**
 * @param {readonly Requirement[]} missing
 * @param {import('./report.mjs').Report} report
 */
async function install(missing, report) {
  await report.step('read the list of system packages (apt-get update)', () => apt(['update']));
  const names = await Promise.all(missing.map(({ packages }) => knownName(packages)));
  const { code, output } = await report.step(`install ${names.join(' ')}`, () =>
    apt(['install', '-y', '--no-install-recommends', ...names]),
  );
  if (code !== 0) report.note(`apt-get install failed with code ${code}:\n${tail(output, 8)}`);
}

/** @param {readonly string[]} args */
function apt(args) {
  return run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/**
 * The first of these names that the package list has: Debian and its children renamed some.
 * @param {readonly string[]} names
 * @returns {Promise<string>}
 */
async function knownName(names) {
  for (const name of names) {
    const { output } = await run('apt-cache', ['policy', name]);
    if (/Candidate: (?!\(none\))/.test(output)) return name;
  }
  return names.at(-1) ?? '';
}

/**
 * @param {readonly Requirement[]} left
 * @param {import('./report.mjs').Report} report
 */
async function refuse(left, report) {
  const names = await Promise.all(left.map(({ packages }) => knownName(packages)));
  const things = left.map(({ name }) => name).join(', ');
  const text =
    `this system lacks ${things}. Install with\n` +
    `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}\n` +
    'or the same with the package manager of your system, then run this again.';
  if (left.some(({ isEssential }) => isEssential)) throw new SetUpError(text);
  report.note(`${text}\nUntil then the tests that need it are skipped.`);
}
