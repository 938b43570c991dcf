import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of this checkout. */
export const projectRoot = resolve(import.meta.dirname, '../../..');

/** What is made, fetched or kept by tools, not written. */
const NOT_WRITTEN = new Set([
  'node_modules',
  'out',
  'dist',
  'coverage',
  'results',
  'test-results',
  'playwright-report',
  '.git',
  '.cache',
]);

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every written file below `folder` whose name ends in one of `endings`, in the order of their paths. */
export function filesBelow(folder: string, endings: readonly string[]): readonly SourceFile[] {
  return pathsBelow(folder)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') }));
}

/** Every written TypeScript file of these folders. */
export function typeScriptOf(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) => filesBelow(folder, ['.ts', '.tsx']));
}

function pathsBelow(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true })
    .filter((entry) => !NOT_WRITTEN.has(entry.name))
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((entry) => {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? pathsBelow(path) : [path];
    });
}
