import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundlePrograms } from '../../scripts/build/program-bundle.mjs';

const OUT = join(import.meta.dirname, '..', '..', 'out', 'bench');

/** Bundles one of bench/children as a service of ours is: it is started in the same way, with the same loader. Answers its path. */
export async function bundleOwnChild(name: string): Promise<string> {
  await mkdir(OUT, { recursive: true });
  const main = join(import.meta.dirname, '..', 'children', `${name}.ts`);
  await bundlePrograms({ [name]: main }, OUT);
  return join(OUT, `${name}.cjs`);
}

/** Bundles programs of bench/children as they would be shipped, so that a start measures no compiler; answers their paths. */
export async function bundleChildren<const N extends string>(
  names: readonly N[],
): Promise<Record<N, string>> {
  await mkdir(OUT, { recursive: true });
  await build({
    entryPoints: names.map((name) => join(import.meta.dirname, '..', 'children', `${name}.ts`)),
    outdir: OUT,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['classic-level'],
    banner: {
      js: "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const paths: Partial<Record<N, string>> = {};
  for (const name of names) paths[name] = join(OUT, `${name}.mjs`);
  return allOf(paths, names);
}

function allOf<N extends string>(
  paths: Partial<Record<N, string>>,
  names: readonly N[],
): Record<N, string> {
  const isWhole = (some: Partial<Record<N, string>>): some is Record<N, string> =>
    names.every((name) => some[name] !== undefined);
  if (!isWhole(paths)) throw new Error('a child of the bench was not bundled');
  return paths;
}
