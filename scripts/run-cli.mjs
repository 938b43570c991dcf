#!/usr/bin/env node
// `npm run klaxon -- COMMAND …`: the command line from its bundle, built when needed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleCli } from './build/bundle-cli.mjs';
import { projectRoot } from './electron-runtime.mjs';
import { runInherited } from './process/child.mjs';

const file = join(projectRoot, 'out', 'cli', 'klaxon.cjs');
if (!existsSync(file)) await bundleCli(join(projectRoot, 'out', 'cli'));
process.exitCode = await runInherited(process.execPath, [file, ...process.argv.slice(2)]);
