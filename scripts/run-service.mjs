#!/usr/bin/env node
// `node scripts/run-service.mjs NAME [ARGUMENTS]`: runs one headless service from its bundle, built when needed.
import { join } from 'node:path';
import { buildIfNeeded } from './build/build-all.mjs';
import { projectRoot } from './electron-runtime.mjs';
import { runInherited } from './process/child.mjs';

const [name, ...args] = process.argv.slice(2);
if (name === undefined) {
  process.stderr.write('usage: node scripts/run-service.mjs NAME [ARGUMENTS]\n');
  process.exit(64);
}
const buildCode = await buildIfNeeded();
process.exitCode =
  buildCode === 0
    ? await runInherited(process.execPath, [
        join(projectRoot, 'out', 'services', `${name}.cjs`),
        ...args,
      ])
    : buildCode;
