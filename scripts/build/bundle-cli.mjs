import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../electron-runtime.mjs';

/** Some CommonJS dependencies ask for `require` inside an ES module. */
const banner =
  "import{createRequire as createRequireOfBundle}from'node:module';" +
  'const require=createRequireOfBundle(import.meta.url);';

/**
 * Bundles the command line into a folder: `klaxon.mjs`, and a chunk for what each command needs beyond it, so that
 * a command loads nothing of the others.
 * @param {string} outdir
 * @returns {Promise<string>} the path of klaxon.mjs
 */
export async function bundleCli(outdir) {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: { klaxon: join(projectRoot, 'cli', 'index.ts') },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['classic-level'],
    banner: { js: banner },
    logLevel: 'warning',
  });
  return join(outdir, 'klaxon.mjs');
}
