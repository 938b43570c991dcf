import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { projectRoot } from '../electron-runtime.mjs';
import { bundleCli } from './bundle-cli.mjs';

/**
 * Packs the command line with nothing of the desktop: bundle, schemas, completions, manual.
 * @param {string} destination the folder that the tarball goes to
 * @returns {Promise<string>} its path
 */
export async function packCli(destination) {
  const folder = mkdtempSync(join(tmpdir(), 'klaxon-pack-'));
  try {
    const klaxon = await bundleCli(join(folder, 'dist'));
    rmSync(join(folder, 'dist', 'klaxon.program.cjs.map'));
    const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    writeManifest(folder, manifest);
    await writeSchemas(join(folder, 'schemas'));
    writeDocuments(folder, klaxon);
    const carried = carry(folder);
    writeManifest(folder, manifest, carried);
    for (const name of ['LICENSE', 'CHANGELOG.md']) {
      cpSync(join(projectRoot, name), join(folder, name));
    }
    cpSync(join(projectRoot, 'docs', 'cli.md'), join(folder, 'README.md'));
    cpSync(join(projectRoot, 'docs', 'seeds.md'), join(folder, 'seeds.md'));
    mkdirSync(destination, { recursive: true });
    execFileSync('npm', ['pack', '--silent', '--pack-destination', destination], {
      cwd: folder,
      shell: process.platform === 'win32',
    });
    return join(destination, `klaxon-${manifest.version}.tgz`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {Record<string, any>} manifest of the whole project
 * @param {readonly string[]} carried
 */
function writeManifest(folder, manifest, carried = []) {
  const { version, license, author, homepage, engines, dependencies } = manifest;
  const own = {
    name: 'klaxon',
    version,
    description: 'The command line of the alarm system whose whole state lives in Apache Kafka',
    license,
    author,
    homepage,
    engines,
    type: 'module',
    bin: { klaxon: 'dist/klaxon.cjs' },
    man: ['man/klaxon.1'],
    files: ['dist', 'schemas', 'completions', 'man', 'seeds.md'],
    dependencies: { 'classic-level': dependencies['classic-level'] },
    // Without it, or without its binding for this system, no keyring is open: passwords come from variables or are asked for.
    optionalDependencies: { '@napi-rs/keyring': dependencies['@napi-rs/keyring'] },
    bundleDependencies: carried,
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
}

/**
 * The schemas of the wire as files, for other programs.
 * @param {string} folder
 */
async function writeSchemas(folder) {
  mkdirSync(folder, { recursive: true });
  const bundle = join(folder, 'subjects.mjs');
  await build({
    entryPoints: [join(projectRoot, 'schemas', 'avro', 'subjects.ts')],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    logLevel: 'warning',
  });
  const { OWN_SCHEMAS } = await import(pathToFileURL(bundle).href);
  rmSync(bundle);
  for (const { subject, schema } of OWN_SCHEMAS) {
    const text = JSON.stringify(JSON.parse(schema), null, 2);
    writeFileSync(join(folder, `${subject}.avsc`), `${text}\n`);
  }
}

/**
 * Completions and manual, written by the packed program itself.
 * @param {string} folder
 * @param {string} klaxon
 */
function writeDocuments(folder, klaxon) {
  const say = (/** @type {string[]} */ ...words) =>
    execFileSync(process.execPath, [klaxon, ...words]);
  mkdirSync(join(folder, 'man'));
  writeFileSync(join(folder, 'man', 'klaxon.1'), say('man'));
  mkdirSync(join(folder, 'completions'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    writeFileSync(join(folder, 'completions', `klaxon.${shell}`), say('completions', shell));
  }
}

/**
 * Copies the embedded log's store, the way to the keyring, and what they need at run time, without sources and build files:
 * with them an installation asks nobody. Of the keyring's bindings, one package a system, those go along that are installed here.
 * @param {string} folder
 * @returns {string[]} their names
 */
function carry(folder) {
  const names = new Set(['classic-level', '@napi-rs/keyring']);
  for (const name of names) {
    const to = join(folder, 'node_modules', name);
    cpSync(join(projectRoot, 'node_modules', name), to, { recursive: true, filter: isNeeded });
    const manifest = JSON.parse(readFileSync(join(to, 'package.json'), 'utf8'));
    for (const needed of Object.keys(manifest.dependencies ?? {})) names.add(needed);
    const { optionalDependencies = {} } = manifest;
    const here = Object.entries(optionalDependencies).filter(([needed]) =>
      existsSync(join(projectRoot, 'node_modules', needed)),
    );
    for (const [needed] of here) names.add(needed);
    withoutScripts(join(to, 'package.json'), {
      ...manifest,
      optionalDependencies: Object.fromEntries(here),
    });
  }
  return [...names];
}

/** @param {string} path */
function isNeeded(path) {
  return !/[\\/](deps|prebuilds[\\/]android-[^\\/]+|test|binding\.(cc|gyp)|[^\\/]+\.md)$/.test(
    path,
  );
}

/**
 * The binaries are there: nothing is compiled or run when the package is installed.
 * @param {string} file
 * @param {Record<string, unknown>} manifest
 */
function withoutScripts(file, { scripts: _scripts, ...manifest }) {
  writeFileSync(file, `${JSON.stringify({ ...manifest, gypfile: false }, null, 2)}\n`);
}
