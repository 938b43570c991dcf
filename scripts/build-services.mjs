#!/usr/bin/env node
// Bundles each services/<name>/main.ts into out/services/<name>.cjs, so that a service runs with nothing but Node.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePrograms } from './build/program-bundle.mjs';
import { projectRoot } from './electron-runtime.mjs';

const services = join(projectRoot, 'services');
const outdir = join(projectRoot, 'out', 'services');

const names = readdirSync(services).filter((name) => existsSync(join(services, name, 'main.ts')));
rmSync(outdir, { recursive: true, force: true });
if (names.length > 0) {
  const mains = names.map((name) => [name, join(services, name, 'main.ts')]);
  await bundlePrograms(Object.fromEntries(mains), outdir);
}
process.stdout.write(`services built: ${names.join(', ') || 'none'}\n`);
