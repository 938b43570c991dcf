import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../electron-runtime.mjs';
import { bundlePrograms } from './program-bundle.mjs';

/**
 * Bundles the command line into a folder. One file, of which only what a command needs is ever compiled, and that is kept
 * (adapters/system/cached-program.ts).
 * @param {string} outdir
 * @returns {Promise<string>} the path of the program, which a shell can start
 */
export async function bundleCli(outdir) {
  rmSync(outdir, { recursive: true, force: true });
  await bundlePrograms({ klaxon: join(projectRoot, 'cli', 'index.ts') }, outdir);
  const file = join(outdir, 'klaxon.cjs');
  writeFileSync(file, `#!/usr/bin/env node\n${readFileSync(file, 'utf8')}`);
  chmodSync(file, 0o755);
  return file;
}
