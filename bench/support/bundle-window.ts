import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const BENCH = join(import.meta.dirname, '..');
const OUT = join(BENCH, '..', 'out', 'bench');

/** What a bench with a window needs besides the built product. */
export interface WindowParts {
  /** The probe that is loaded into a main process. */
  readonly probe: string;
  /** The bare program that we are compared with. */
  readonly bareApp: string;
  /** A script that puts the functions of page/window-watch.ts into a page, as `bench`. */
  readonly pageScript: string;
}

/** Bundles them into out/bench. */
export async function bundleWindowParts(): Promise<WindowParts> {
  await mkdir(OUT, { recursive: true });
  const [probe, bareApp] = [join(OUT, 'probe.cjs'), join(OUT, 'bare-electron.cjs')];
  await bundleMain(join(BENCH, 'children', 'probe.ts'), probe);
  await bundleMain(join(BENCH, 'children', 'bare-electron', 'main.ts'), bareApp);
  const { outputFiles } = await build({
    entryPoints: [join(BENCH, 'page', 'window-watch.ts')],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'bench',
    target: 'chrome130',
    logLevel: 'warning',
  });
  return { probe, bareApp, pageScript: outputFiles[0]?.text ?? '' };
}

async function bundleMain(from: string, to: string): Promise<void> {
  await build({
    entryPoints: [from],
    outfile: to,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['electron'],
    logLevel: 'warning',
  });
}
