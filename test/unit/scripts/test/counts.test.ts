import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  countingLine,
  judge,
  outcomeTable,
  readPlaywrightCounts,
  readVitestCounts,
} from '../../../../scripts/test/counts.mjs';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';

const GREEN = { suite: 'unit', counts: { passed: 5, failed: 0, skipped: 0 }, code: 0, seconds: 1 };

describe('judging a suite', () => {
  it('takes a green suite as it is', () => {
    expect(judge(GREEN, true)).toEqual({
      suite: 'unit',
      passed: 5,
      failed: 0,
      skipped: 0,
      seconds: 1,
      problem: '',
    });
  });

  it('fails a suite that ran no test, whatever its exit code', () => {
    const outcome = judge({ ...GREEN, counts: { passed: 0, failed: 0, skipped: 0 } }, false);
    expect(outcome).toMatchObject({ failed: 1, problem: 'ran no test (exit code 0)' });
  });

  it('fails a suite that broke off though none of its tests failed', () => {
    expect(judge({ ...GREEN, code: 124 }, false)).toMatchObject({
      passed: 5,
      failed: 1,
      problem: 'ended with exit code 124',
    });
  });

  it('counts a failed test once, not again for the exit code', () => {
    const counts = { passed: 4, failed: 1, skipped: 0 };
    expect(judge({ ...GREEN, counts, code: 1 }, false)).toMatchObject({ passed: 4, failed: 1 });
  });

  it('lets a test be skipped on a desk, and fails it in CI', () => {
    const run = { ...GREEN, counts: { passed: 4, failed: 0, skipped: 2 } };
    expect(judge(run, false)).toMatchObject({ failed: 0, skipped: 2, problem: '' });
    expect(judge(run, true)).toMatchObject({ failed: 2, skipped: 0 });
  });
});

describe('the last line', () => {
  it('adds up all suites', () => {
    expect(countingLine([judge(GREEN, true), judge(GREEN, true)])).toBe('10 passed, 0 failed');
  });

  it('names skipped tests where there are any', () => {
    const run = { ...GREEN, counts: { passed: 4, failed: 1, skipped: 2 }, code: 1 };
    expect(countingLine([judge(run, false), judge(GREEN, false)])).toBe(
      '9 passed, 1 failed, 2 skipped',
    );
  });

  it('follows a table with one row for each suite', () => {
    const rows = outcomeTable([judge(GREEN, true), judge({ ...GREEN, suite: 'e2e' }, true)]);
    expect(rows.split('\n').map((row) => row.split(/\s+/)[0])).toEqual(['suite', 'unit', 'e2e']);
  });
});

describe('reading reports', () => {
  it('reads the counts of both runners', async () => {
    const folder = await ownFolder();
    const vitest = join(folder, 'vitest.json');
    writeFileSync(
      vitest,
      JSON.stringify({
        numPassedTests: 3,
        numFailedTests: 1,
        numPendingTests: 1,
        numTodoTests: 1,
      }),
    );
    const playwright = join(folder, 'playwright.json');
    writeFileSync(
      playwright,
      JSON.stringify({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 2 } }),
    );
    expect(readVitestCounts(vitest)).toEqual({ passed: 3, failed: 1, skipped: 2 });
    expect(readPlaywrightCounts(playwright)).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  it('counts nothing where a runner left no report or half of one', async () => {
    const folder = await ownFolder();
    const half = join(folder, 'half.json');
    writeFileSync(half, '{"numPassed');
    const nothing = { passed: 0, failed: 0, skipped: 0 };
    expect(readVitestCounts(half)).toEqual(nothing);
    expect(readPlaywrightCounts(join(folder, 'missing.json'))).toEqual(nothing);
  });
});

async function ownFolder(): Promise<string> {
  const folder = await createTemporaryFolder('reports');
  onTestFinished(() => folder.remove());
  mkdirSync(folder.path);
  return folder.path;
}
