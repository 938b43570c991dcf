import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../electron-runtime.mjs';

/**
 * Bundles programs for Node, and those of Electron's main process: `<name>.cjs` is what is started, and runs
 * `<name>.program.cjs` with the compiled code of an earlier run (adapters/system/cached-program.ts).
 * @param {Readonly<Record<string, string>>} programs the main file of each, by name
 * @param {string} outdir
 */
export async function bundlePrograms(programs, outdir) {
  const names = Object.keys(programs);
  // Not the names: in stack traces they are worth more than the last kilobytes.
  const common = /** @type {const} */ ({
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'cjs',
    charset: 'ascii',
    target: 'node20',
    logLevel: 'warning',
  });
  await build({
    ...common,
    entryPoints: Object.fromEntries(
      Object.entries(programs).map(([name, main]) => [`${name}.program`, main]),
    ),
    outdir,
    outExtension: { '.js': '.cjs' },
    external: ['@napi-rs/keyring', 'classic-level', 'electron'],
    // A script that is compiled by itself can only `require`.
    supported: { 'dynamic-import': false },
    sourcemap: 'linked',
  });
  const { outputFiles } = await build({
    ...common,
    entryPoints: [join(projectRoot, 'scripts', 'build', 'program-loader.ts')],
    write: false,
  });
  const loader = outputFiles[0]?.text ?? '';
  await Promise.all(names.map((name) => writeFile(join(outdir, `${name}.cjs`), loader)));
}
