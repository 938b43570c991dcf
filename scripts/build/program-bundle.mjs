import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
    plugins: [lateBuiltins],
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

/** Parts of Node that take milliseconds of each start to load, and that most runs need nothing of. */
const LATE = ['crypto', 'https', 'readline', 'tls'];

/**
 * Loads these when something of them is first used, also where a library asks for them as it starts.
 * @type {import('esbuild').Plugin}
 */
const lateBuiltins = {
  name: 'late-builtins',
  setup({ onResolve, onLoad }) {
    const namespace = 'late';
    const filter = new RegExp(`^(node:)?(${LATE.join('|')})$`);
    onResolve({ filter }, ({ path, namespace: from }) =>
      from === namespace
        ? { path, external: true }
        : { path: path.replace('node:', ''), namespace },
    );
    onLoad({ filter: /.*/, namespace }, ({ path }) => {
      const names = Object.keys(createRequire(import.meta.url)(path));
      const getters = names.map(
        (name) => `get ${name}() { return require('node:${path}').${name}; }`,
      );
      return { contents: `module.exports = { ${getters.join(', ')} };` };
    });
  },
};
