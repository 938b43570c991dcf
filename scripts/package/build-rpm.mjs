import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { everythingIn } from './package-root.mjs';

/** @typedef {import('./fpm.mjs').PackageOrder} PackageOrder */

/** rpm's names of our scripts. */
const SECTIONS = /** @type {const} */ ({
  'after-install': 'post',
  'before-remove': 'preun',
  'after-remove': 'postun',
});
/** How each packs, as in build-deb.mjs. */
const PAYLOADS = /** @type {const} */ ({ xzmt: 'w2T0.xzdio', gzip: 'w6.gzdio', none: 'w0.gzdio' });
/** rpm's names of processors, by those that electron-builder uses. */
const ARCHITECTURES = /** @type {const} */ ({ amd64: 'x86_64', arm64: 'aarch64' });
/** Folders that are ours; the others belong to the system. */
const OURS = /^\/(opt\/Klaxon|usr\/share\/doc\/klaxon)(\/|$)/;

/**
 * Makes a package for Fedora and its relatives, with rpmbuild.
 * @param {PackageOrder} order
 * @param {string} work a folder for what is made on the way
 */
export function buildRpm(order, work) {
  const spec = join(work, 'klaxon.spec');
  writeFileSync(spec, specText(order));
  const named = Object.entries(ARCHITECTURES).find(([name]) => name === order.architecture);
  const architecture = named?.[1] ?? order.architecture;
  const places = ['--define', `_topdir ${work}/rpm`, '--buildroot', order.root];
  execFileSync('rpmbuild', ['-bb', '--quiet', `--target=${architecture}`, ...places, spec], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const folder = join(work, 'rpm', 'RPMS', architecture);
  const [made = ''] = readdirSync(folder);
  renameSync(join(folder, made), order.file);
}

/** @param {PackageOrder} order */
function specText(order) {
  const [summary = '', ...text] = order.description.split('\n');
  const payload = Object.entries(PAYLOADS).find(([name]) => name === order.compression)?.[1];
  return [
    // The runtime is packed as it is: nothing is stripped, compiled, or looked through for what it needs.
    '%global __os_install_post %{nil}',
    '%global _build_id_links none',
    '%global debug_package %{nil}',
    `%define _binary_payload ${payload ?? PAYLOADS.xzmt}`,
    `Name: ${order.name}`,
    `Version: ${order.version}`,
    'Release: 1',
    `Summary: ${summary}`,
    `License: ${order.license}`,
    `Group: ${order.category}`,
    `URL: ${order.url}`,
    `Packager: ${order.maintainer}`,
    'AutoReqProv: no',
    ...order.depends.map((name) => `Requires: ${name}`),
    '%description',
    ...(text.length === 0 ? [summary] : text),
    ...Object.entries(SECTIONS).flatMap(([kind, section]) => scriptLines(order, kind, section)),
    '%files',
    ...everythingIn(order.root).flatMap((path) => fileLines(order.root, path)),
    '',
  ].join('\n');
}

/**
 * @param {PackageOrder} order
 * @param {string} kind
 * @param {string} section
 */
function scriptLines({ scripts }, kind, section) {
  const file = Object.entries(scripts).find(([one]) => one === kind)?.[1];
  if (file === undefined) return [];
  return [`%${section}`, readFileSync(file, 'utf8').replaceAll('%', '%%')];
}

/**
 * @param {string} root
 * @param {string} path
 */
function fileLines(root, path) {
  const place = `/${relative(root, path)}`.replaceAll('%', '%%');
  const status = lstatSync(path);
  if (!status.isDirectory()) return [`%attr(-, root, root) "${place}"`];
  return OURS.test(place) ? [`%dir %attr(0755, root, root) "${place}"`] : [];
}
