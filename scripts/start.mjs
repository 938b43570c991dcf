#!/usr/bin/env node
// `npm start [-- ARGUMENTS]`: builds what has changed and opens the console. On a machine with no display the same app
// runs on a virtual one, and what its window shows is printed.
import { join } from 'node:path';
import { buildIfNeeded } from './build/build-all.mjs';
import { electronArguments, electronExecutable, projectRoot } from './electron-runtime.mjs';
import { runInherited, STOPPED } from './process/child.mjs';
import { runUnseen } from './process/unseen-console.mjs';
import { hasDisplay } from './process/virtual-display.mjs';

const screenshot = join(projectRoot, 'out', 'klaxon.png');

process.exitCode = await start(process.argv.slice(2));

/**
 * @param {readonly string[]} appArguments
 * @returns {Promise<number>}
 */
async function start(appArguments) {
  const buildCode = await buildIfNeeded();
  if (buildCode !== 0) return buildCode;
  const { args, reason } = electronArguments();
  if (reason !== '') process.stdout.write(`Electron's sandbox is off: ${reason}.\n`);
  const command = [...args, projectRoot, ...appArguments];
  if (!hasDisplay()) return runUnseen(electronExecutable(), command, screenshot);
  const code = await runInherited(electronExecutable(), command, { cwd: projectRoot });
  return code === STOPPED ? 0 : code;
}
