import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { projectRoot } from '../electron-runtime.mjs';

/** The part of electron-builder's context that is used here. */
/** @typedef {{ appOutDir: string, electronPlatformName: string, packager: { appInfo: { productFilename: string } } }} Packed */

/** What the runtime is called beside the launcher that has its name. */
const RUNTIME = 'klaxon-console';

/**
 * electron-builder's hook, after the application has been put together and before it is packed: sets the fuses, and on Linux puts
 * the launcher, deploy/desktop/linux/klaxon, before the runtime.
 * @param {Packed} packed
 */
export async function afterPack(packed) {
  const { appOutDir, electronPlatformName } = packed;
  const executable = join(appOutDir, executableOf(packed));
  await flipFuses(executable, { version: FuseVersion.V1, ...fusesOf(electronPlatformName) });
  if (electronPlatformName !== 'linux') return;
  rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true });
  renameSync(executable, join(appOutDir, RUNTIME));
  cpSync(join(projectRoot, 'deploy', 'desktop', 'linux', 'klaxon'), executable);
}

/**
 * The switches inside the executable. `RunAsNode` lets the command line use the runtime on Linux; where the system gives rights
 * and secrets to a program by its name or signature, no script may have them (docs/decisions/0014).
 * @param {string} platform
 */
export function fusesOf(platform) {
  return {
    [FuseV1Options.RunAsNode]: platform === 'linux',
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  };
}

/** @param {Packed} packed */
function executableOf({ electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'linux') return 'klaxon';
  return electronPlatformName === 'win32' ? `${name}.exe` : `${name}.app`;
}
