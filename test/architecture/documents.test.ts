import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, projectRoot } from '../support/sources/source-files.ts';

const documents = filesBelow('.', ['.md']);
const decisions = filesBelow('docs/decisions', ['.md']);

describe('documents', () => {
  it('number each decision once, without a gap, in name and title', () => {
    const numbers = decisions.map(({ path }) => /\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1]);
    expect(numbers).toEqual(decisions.map((_, at) => String(at).padStart(4, '0')));
    const titles = decisions.map(({ text }) => /^# (\d{4}): \S/.exec(text)?.[1]);
    expect(titles).toEqual(numbers);
  });

  it('list every decision in docs/README.md', () => {
    const index = readFileSync(join(projectRoot, 'docs/README.md'), 'utf8');
    const listed = [...index.matchAll(/\(decisions\/([^)]+\.md)\)/g)].map(([, name]) => name);
    expect(listed).toEqual(decisions.map(({ path }) => path.slice('docs/decisions/'.length)));
  });

  it('link to nothing that is not there', () => {
    const broken = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
        .filter(([, target = '']) => !existsSync(join(projectRoot, dirname(path), target)))
        .map(([link]) => `${path}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('hold every decision that the sources name', () => {
    const sources = filesBelow('.', ['.ts', '.tsx', '.mjs', '.css', '.yml']);
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bdocs\/decisions\/(\d{4}[a-z0-9-]*)/g)]
        .filter(([, name = '']) => !decisions.some((known) => known.path.includes(`/${name}`)))
        .map(([target]) => `${path}: ${target}`),
    );
    expect(missing).toEqual([]);
  });
});
