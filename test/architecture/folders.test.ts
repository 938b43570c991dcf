import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, projectRoot } from '../support/sources/source-files.ts';

const MAX_README_LINES = 12;
const GENERATED = new Set(['node_modules', 'out', 'dist', 'coverage', 'test-results']);
const TEXT = ['.ts', '.tsx', '.mjs', '.cjs', '.json', '.md', '.yml', '.css', '.html', '.avsc'];

/** Names that people and CI type; the house style fixes them. */
const SCRIPTS = ['start', 'test', 'dev', 'check', 'build', 'package', 'bench', 'keeper'].concat(
  ['integration', 'e2e'].map((suite) => `test:${suite}`),
);

// Put together here, so that this rule does not find itself.
const MACHINE_PATHS = [
  /(^|[\s"'`(=])\/(work|farm|root|home)\//,
  ...[
    ['registry', 'npmjs'],
    ['repo1', 'maven'],
    ['pypi', 'org'],
    ['deb', 'debian'],
  ].map((words) => new RegExp(words.join('\\.'))),
];

describe('folders and files', () => {
  it('explain each top folder in a short README', () => {
    const without = topFolders().filter((folder) => {
      const readme = join(projectRoot, folder, 'README.md');
      return (
        !existsSync(readme) ||
        readFileSync(readme, 'utf8').trimEnd().split('\n').length > MAX_README_LINES
      );
    });
    expect(without).toEqual([]);
  });

  it('offer the scripts with the names of the house', () => {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(SCRIPTS));
  });

  it('pin every dependency to one version', () => {
    const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });

  it('name no path of one machine and no registry host', () => {
    const found = filesBelow('.', TEXT)
      .filter(({ path }) => path !== 'package-lock.json')
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .flatMap((line, at) =>
            MACHINE_PATHS.some((pattern) => pattern.test(line)) ? [`${path}:${at + 1}`] : [],
          ),
      );
    expect(found).toEqual([]);
  });
});

function topFolders(): string[] {
  return readdirSync(projectRoot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => !GENERATED.has(name));
}
