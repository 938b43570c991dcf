#!/usr/bin/env node
// Bundles the command line into out/cli, so that `node out/cli/klaxon.cjs` runs with nothing but Node.
import { join } from 'node:path';
import { bundleCli } from './build/bundle-cli.mjs';
import { projectRoot } from './electron-runtime.mjs';

await bundleCli(join(projectRoot, 'out', 'cli'));
process.stdout.write('command line built: out/cli/klaxon.cjs\n');
