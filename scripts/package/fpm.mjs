#!/usr/bin/env node
// What electron-builder asks of its packaging tool fpm, done by dpkg-deb and rpmbuild, for places where fpm cannot be
// downloaded. Takes the options that electron-builder gives and no others.
import { cpSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildDeb } from './build-deb.mjs';
import { buildRpm } from './build-rpm.mjs';
import { settleModes } from './package-root.mjs';

/**
 * What is to be packed.
 * @typedef {object} PackageOrder
 * @property {string} root the folder that is installed as /
 * @property {string} file the package to be made
 * @property {string} name
 * @property {string} version
 * @property {string} architecture
 * @property {string} maintainer
 * @property {string} url
 * @property {string} license
 * @property {string} category
 * @property {string} description the first line is the summary
 * @property {string} compression
 * @property {readonly string[]} depends
 * @property {readonly string[]} recommends
 * @property {Readonly<Partial<Record<ScriptKind, string>>>} scripts file of each
 */
/** @typedef {'after-install' | 'before-remove' | 'after-remove'} ScriptKind */

const BUILDERS = { deb: buildDeb, rpm: buildRpm };
const TEXT = /** @type {const} */ ({ type: 'string', default: '' });

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { ...TEXT, short: 's' },
    target: { ...TEXT, short: 't' },
    depends: { type: 'string', short: 'd', multiple: true, default: [] },
    'deb-recommends': { type: 'string', multiple: true, default: [] },
    'deb-compression': TEXT,
    'deb-priority': TEXT,
    'rpm-compression': TEXT,
    'rpm-os': TEXT,
    'rpm-summary': TEXT,
    force: { type: 'boolean' },
    debug: { type: 'boolean' },
    log: TEXT,
    architecture: TEXT,
    'after-install': { type: 'string' },
    'before-remove': { type: 'string' },
    'after-remove': { type: 'string' },
    description: TEXT,
    version: TEXT,
    package: TEXT,
    name: TEXT,
    maintainer: TEXT,
    vendor: TEXT,
    url: TEXT,
    category: TEXT,
    license: TEXT,
  },
});

const work = mkdtempSync(join(tmpdir(), 'klaxon-package-'));
try {
  const build = Object.entries(BUILDERS).find(([kind]) => kind === values.target)?.[1];
  if (build === undefined) throw new Error(`This makes deb and rpm, not ${values.target}.`);
  const root = join(work, 'root');
  for (const mapping of positionals) copyInto(root, mapping);
  settleModes(root);
  rmSync(values.package, { force: true });
  build(orderOf(root), work);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/**
 * Copies `SOURCE=/PLACE`; a slash after the source says that its content is meant.
 * @param {string} root
 * @param {string} mapping
 */
function copyInto(root, mapping) {
  const at = mapping.lastIndexOf('=/');
  const source = mapping.slice(0, at);
  const place = join(root, mapping.slice(at + 1));
  const isContent = source.endsWith('/') || !lstatSync(source).isDirectory();
  const target = isContent ? place : join(place, source.slice(source.lastIndexOf('/') + 1));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
}

/**
 * @param {string} root
 * @returns {PackageOrder}
 */
function orderOf(root) {
  const { name, version, architecture, maintainer, url, license, category } = values;
  const summary = values['rpm-summary'];
  const description = values.description.trim();
  return {
    ...{ root, file: values.package, name, version, architecture, maintainer, url, license },
    category,
    description: summary === '' ? description : `${summary}\n${description}`,
    // For tests, which install what they have just packed: `none`, which electron-builder's settings do not know.
    compression:
      process.env['KLAXON_PACKING'] ?? (values['deb-compression'] || values['rpm-compression']),
    depends: values.depends,
    recommends: values['deb-recommends'],
    scripts: {
      ...(values['after-install'] && { 'after-install': values['after-install'] }),
      ...(values['before-remove'] && { 'before-remove': values['before-remove'] }),
      ...(values['after-remove'] && { 'after-remove': values['after-remove'] }),
    },
  };
}
