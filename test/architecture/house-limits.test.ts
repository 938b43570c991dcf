import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  casualTestsIn,
  isBarrel,
  suppressionsIn,
  unprovenTypesIn,
} from '../support/sources/forbidden-syntax.ts';
import { filesBelow } from '../support/sources/source-files.ts';

const MAX_FILE_LINES = 400;
const MAX_ROOT_LINES = 80;
const MAX_PRELOAD_LINES = 60;
const COMPOSITION_ROOT = /^(main\/index|services\/[^/]+\/main|cli\/index)\.ts$/;
const DRAWER = /^(utils?|helpers?|common|types|misc|index)\.tsx?$/;

const code = filesBelow('.', ['.ts', '.tsx', '.mjs', '.cjs']);
const typeScript = code.filter(({ path }) => /\.tsx?$/.test(path));
const tests = typeScript.filter(({ path }) => path.startsWith('test/'));

describe('limits of the house', () => {
  it(`keeps every file within ${MAX_FILE_LINES} lines`, () => {
    expect(code.filter(({ text }) => lines(text) > MAX_FILE_LINES).map(nameAndLines)).toEqual([]);
  });

  it(`keeps a composition root under ${MAX_ROOT_LINES} lines, the preload under ${MAX_PRELOAD_LINES}`, () => {
    const roots = code.filter(
      ({ path, text }) =>
        (COMPOSITION_ROOT.test(path) && lines(text) > MAX_ROOT_LINES) ||
        (path.startsWith('preload/') && lines(text) > MAX_PRELOAD_LINES),
    );
    expect(roots.map(nameAndLines)).toEqual([]);
  });

  it('silences no tool', () => {
    expect(code.flatMap(suppressionsIn)).toEqual([]);
  });

  it('claims no type that it does not show', () => {
    expect(typeScript.flatMap(unprovenTypesIn)).toEqual([]);
  });

  it('has no barrel and no drawer file', () => {
    const drawers = code.filter(
      (file) =>
        (DRAWER.test(basename(file.path)) && !/^(main|preload|cli)\/index\.ts$/.test(file.path)) ||
        isBarrel(file),
    );
    expect(drawers.map(({ path }) => path)).toEqual([]);
  });

  it('waits in tests for conditions, never for time, and leaves no test out', () => {
    expect(tests.flatMap(casualTestsIn)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it.each([
    'const a = b as string;',
    'const a = <string>b;',
    'const a = b!;',
    'function f(a: any) {}',
    'const a: Array<any> = [];',
  ])('find the claim in: %s', (text) => {
    expect(unprovenTypesIn({ path: 'a.ts', text })).toEqual(['a.ts:1']);
  });

  it('let `as const` and imports under another name pass', () => {
    const text = "import { a as b } from './a.ts';\nexport const c = [b] as const;";
    expect(unprovenTypesIn({ path: 'a.ts', text })).toEqual([]);
  });

  it.each([
    ['await', 'sleep', '(5);'].join(' '),
    ['await new Promise((resolve) => ', 'setTimeout', '(resolve, 5));'].join(''),
    ['it', 'only', "('x', () => {});"].join('.').replace('.(', '('),
  ])('find the careless test in: %s', (text) => {
    expect(casualTestsIn({ path: 'a.test.ts', text })).toEqual(['a.test.ts:1']);
  });

  it('find a suppression wherever it stands', () => {
    const text = `const a = 1;\n// ${'@ts-'}ignore`;
    expect(suppressionsIn({ path: 'a.ts', text })).toEqual(['a.ts:2']);
  });
});

function lines(text: string): number {
  return text.trimEnd().split('\n').length;
}

function nameAndLines({ path, text }: { path: string; text: string }): string {
  return `${path} (${lines(text)} lines)`;
}
