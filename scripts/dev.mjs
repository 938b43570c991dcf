#!/usr/bin/env node
// `npm run dev [-- ARGUMENTS]`: the console with the renderer reloading as its sources change.
import { electronArguments, electronExecutable, projectRoot } from './electron-runtime.mjs';
import { runInherited } from './process/child.mjs';

const isSandboxed = electronArguments().args.length === 0;
const appArguments = process.argv.slice(2);
process.exitCode = await runInherited(
  process.execPath,
  [
    'node_modules/electron-vite/bin/electron-vite.js',
    'dev',
    ...(isSandboxed ? [] : ['--noSandbox']),
    ...(appArguments.length === 0 ? [] : ['--', ...appArguments]),
  ],
  { cwd: projectRoot, env: { ...process.env, ELECTRON_EXEC_PATH: electronExecutable() } },
);
