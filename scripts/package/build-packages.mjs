import { dirname, join } from 'node:path';
import { electronExecutable, electronVersion, projectRoot } from '../electron-runtime.mjs';
import { runInherited } from '../process/child.mjs';
import { writeLinuxFiles } from './linux-files.mjs';

const PLATFORM = { darwin: '--mac', win32: '--win' };

/**
 * Packs what is in out/ with electron-builder, around the runtime that `npm start` uses.
 * @param {{ targets: readonly string[], tools: NodeJS.ProcessEnv, settings?: readonly string[] }} wish targets by
 *   electron-builder's names, none = those of electron-builder.yml; settings as `-c.name=value`
 * @returns {Promise<number>} the exit code
 */
export function buildPackages({ targets, tools, settings = [] }) {
  if (process.platform === 'linux') writeLinuxFiles(join(projectRoot, 'out'));
  const platform = Object.entries(PLATFORM).find(([name]) => name === process.platform)?.[1];
  return runInherited(
    process.execPath,
    [
      'node_modules/electron-builder/cli.js',
      platform ?? '--linux',
      ...targets,
      `-c.electronDist=${dirname(electronExecutable())}`,
      `-c.electronVersion=${electronVersion()}`,
      ...settings,
    ],
    { cwd: projectRoot, env: { ...process.env, ...tools } },
  );
}
