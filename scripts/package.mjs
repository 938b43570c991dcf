#!/usr/bin/env node
// `npm run package [-- TARGETS]`: the built console as an installable application, around the same runtime that
// `npm start` uses; nothing is downloaded.
import { dirname } from 'node:path';
import { buildAll } from './build/build-all.mjs';
import { electronExecutable, electronVersion, projectRoot } from './electron-runtime.mjs';
import { runInherited } from './process/child.mjs';

const PLATFORM = { darwin: '--mac', win32: '--win' };
const platform = Object.entries(PLATFORM).find(([name]) => name === process.platform)?.[1];
const targets = process.argv.slice(2);

const buildCode = await buildAll();
process.exitCode =
  buildCode === 0
    ? await runInherited(
        process.execPath,
        [
          'node_modules/electron-builder/cli.js',
          platform ?? '--linux',
          ...(targets.length === 0 ? ['dir'] : targets),
          `-c.electronDist=${dirname(electronExecutable())}`,
          `-c.electronVersion=${electronVersion()}`,
        ],
        { cwd: projectRoot, env: { ...process.env, ELECTRON_BUILDER_OFFLINE: 'true' } },
      )
    : buildCode;
