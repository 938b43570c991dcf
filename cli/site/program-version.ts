import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';

const MANIFEST = z.object({ name: z.literal('klaxon'), version: z.string() });

/** The version of the package that this program came with. */
export function programVersion(): string {
  // A bundle is a script with a folder of its own; the sources are run from the project's.
  let folder = typeof __dirname === 'string' ? __dirname : process.cwd();
  while (folder !== dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return MANIFEST.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
    folder = dirname(folder);
  }
  return 'unknown';
}
