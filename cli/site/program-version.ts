import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';

const MANIFEST = z.object({ name: z.string(), version: z.string() });

/** The version of the package that this file was installed with. */
export function programVersion(): string {
  let folder = import.meta.dirname;
  while (folder !== dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return MANIFEST.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
    folder = dirname(folder);
  }
  return 'unknown';
}
