#!/usr/bin/env node
// Bundles each services/<name>/main.ts into out/services/<name>.mjs, so that a service runs with nothing but Node.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './electron-runtime.mjs';

const services = join(projectRoot, 'services');
const outdir = join(projectRoot, 'out', 'services');

/** Some CommonJS dependencies ask for `require` inside an ES module. */
const banner =
  "import { createRequire as createRequireOfBundle } from 'node:module';" +
  'const require = createRequireOfBundle(import.meta.url);';

const names = readdirSync(services).filter((name) => existsSync(join(services, name, 'main.ts')));
rmSync(outdir, { recursive: true, force: true });
if (names.length > 0) {
  await build({
    entryPoints: Object.fromEntries(names.map((name) => [name, join(services, name, 'main.ts')])),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['classic-level'],
    banner: { js: banner },
    sourcemap: 'linked',
    logLevel: 'warning',
  });
}
process.stdout.write(`services built: ${names.join(', ') || 'none'}\n`);
