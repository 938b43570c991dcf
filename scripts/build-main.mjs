#!/usr/bin/env node
// Bundles the desktop's main process and the thread that reads the log into out/main.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePrograms } from './build/program-bundle.mjs';
import { projectRoot } from './electron-runtime.mjs';

const main = join(projectRoot, 'main');
const outdir = join(projectRoot, 'out', 'main');

rmSync(outdir, { recursive: true, force: true });
await bundlePrograms(
  { index: join(main, 'index.ts'), 'log-thread': join(main, 'log-thread', 'main.ts') },
  outdir,
);
