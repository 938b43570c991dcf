import { existsSync, readFileSync } from 'node:fs';

/**
 * How a suite went. `problem` says why a suite counts as failed beyond its tests.
 * @typedef {{ suite: string, passed: number, failed: number, skipped: number, seconds: number, problem: string }} Outcome
 */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const NONE = { passed: 0, failed: 0, skipped: 0 };

/**
 * The counts in vitest's JSON report; none where the report is missing or broken.
 * @param {string} file
 * @returns {Counts}
 */
export function readVitestCounts(file) {
  const report = readJson(file);
  if (report === undefined) return NONE;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * The counts in Playwright's JSON report; none where the report is missing or broken. A test that passes only at a
 * second try counts as failed.
 * @param {string} file
 * @returns {Counts}
 */
export function readPlaywrightCounts(file) {
  const stats = readJson(file)?.stats;
  if (stats === undefined) return NONE;
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  };
}

/**
 * Judges a suite by its counts and its exit code: one that ran no test, or that ended badly though no test failed
 * (a file that does not load, a crash, time over), counts as one more failure.
 * @param {{ suite: string, counts: Counts, code: number, seconds: number }} run
 * @param {boolean} isCi in CI a skipped test is a failed one
 * @returns {Outcome}
 */
export function judge({ suite, counts, code, seconds }, isCi) {
  const { passed, skipped } = counts;
  const failed = counts.failed + (isCi ? skipped : 0);
  const problem = problemOf(counts, code);
  return {
    suite,
    passed,
    failed: failed + (problem === '' ? 0 : 1),
    skipped: isCi ? 0 : skipped,
    seconds,
    problem: [problem, isCi && skipped > 0 ? `${skipped} skipped, in CI a failure` : '']
      .filter(Boolean)
      .join('; '),
  };
}

/**
 * @param {Counts} counts
 * @param {number} code
 */
function problemOf({ passed, failed, skipped }, code) {
  if (passed + failed + skipped === 0) return `ran no test (exit code ${code})`;
  if (code !== 0 && failed === 0) return `ended with exit code ${code}`;
  return '';
}

/**
 * The last line of a test run: all suites added up.
 * @param {readonly Outcome[]} outcomes
 */
export function countingLine(outcomes) {
  /** @param {'passed' | 'failed' | 'skipped'} kind */
  const sum = (kind) => outcomes.reduce((total, outcome) => total + outcome[kind], 0);
  const skipped = sum('skipped');
  const ending = skipped > 0 ? `, ${skipped} skipped` : '';
  return `${sum('passed')} passed, ${sum('failed')} failed${ending}`;
}

/**
 * One line a suite.
 * @param {readonly Outcome[]} outcomes
 */
export function outcomeTable(outcomes) {
  const head = `${'suite'.padEnd(14)}${['passed', 'failed', 'skipped', 'seconds'].map(cell).join('')}`;
  const rows = outcomes.map(({ suite, passed, failed, skipped, seconds, problem }) => {
    const cells = [passed, failed, skipped, seconds.toFixed(1)].map(cell).join('');
    return `${suite.padEnd(14)}${cells}  ${problem}`.trimEnd();
  });
  return [head, ...rows].join('\n');
}

/** @param {string | number} value */
function cell(value) {
  return String(value).padStart(9);
}

/** @param {string} file */
function readJson(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
