#!/usr/bin/env node
// `npm run dev [-- ARGUMENTS]`: the console with the renderer reloading as its sources change.
import { forgetBuild } from './build/build-all.mjs';
import { electronArguments, electronExecutable, projectRoot } from './electron-runtime.mjs';
import { runInherited } from './process/child.mjs';
import { hasDisplay } from './process/virtual-display.mjs';

if (!hasDisplay()) {
  process.stderr.write('This machine has no display; `npm start` shows the console without one.\n');
  process.exit(1);
}
const isSandboxed = electronArguments().args.length === 0;
const env = {
  ...process.env,
  ELECTRON_EXEC_PATH: electronExecutable(),
  ...(isSandboxed ? {} : { NO_SANDBOX: '1' }),
};
const appArguments = process.argv.slice(2);
// What it leaves in out/ is no build for `npm start`.
forgetBuild();
const mainCode = await runInherited(process.execPath, ['scripts/build-main.mjs'], {
  cwd: projectRoot,
});
if (mainCode !== 0) process.exit(mainCode);
process.exitCode = await runInherited(
  process.execPath,
  [
    'node_modules/electron-vite/bin/electron-vite.js',
    'dev',
    ...(appArguments.length === 0 ? [] : ['--', ...appArguments]),
  ],
  { cwd: projectRoot, env },
);
