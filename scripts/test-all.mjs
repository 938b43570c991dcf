#!/usr/bin/env node
// `npm test`: every suite in sequence, then a table and one line that adds them up. Fails when a test failed, when a
// suite ran no test or broke off, and in CI also when a test was skipped.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from './build/build-all.mjs';
import { projectRoot } from './electron-runtime.mjs';
import { LONG_GRACE_MS, runInherited, STOPPED } from './process/child.mjs';
import { CHECKS, step, unitTests } from './test/checks.mjs';
import {
  countingLine,
  judge,
  outcomeTable,
  readPlaywrightCounts,
  readVitestCounts,
} from './test/counts.mjs';

/** @typedef {import('./test/counts.mjs').Counts} Counts */

const reports = join(projectRoot, 'node_modules', '.cache', 'test-reports');
const isCi = Boolean(process.env['CI']);

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const outcomes = [await runChecks(), await runUnit(), await runIntegration(), await runEndToEnd()];
process.stdout.write(`\n${outcomeTable(outcomes)}\n\n${countingLine(outcomes)}\n`);
process.exitCode = outcomes.some(({ failed }) => failed > 0) ? 1 : 0;

/** Each check of the sources counts as one test. */
async function runChecks() {
  return timed('check', async () => {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const check of CHECKS) {
      if ((await runStep(check)) === 0) counts.passed += 1;
      else counts.failed += 1;
    }
    return { counts, code: 0 };
  });
}

async function runUnit() {
  const file = join(reports, 'unit.json');
  return timed('unit', async () => {
    const code = await runStep(unitTests(vitestReporters(file)));
    return { counts: readVitestCounts(file), code };
  });
}

async function runIntegration() {
  const file = join(reports, 'integration.json');
  const args = ['run', '--project', 'integration', ...vitestReporters(file)];
  return timed('integration', async () => {
    const code = await runStep(step('integration', 'vitest/vitest.mjs', args, 20));
    return { counts: readVitestCounts(file), code };
  });
}

async function runEndToEnd() {
  const file = join(reports, 'e2e.json');
  return timed('e2e', async () => {
    const buildCode = await buildIfNeeded();
    const code =
      buildCode !== 0
        ? buildCode
        : await runStep({
            name: 'e2e',
            command: process.execPath,
            args: [
              'scripts/with-display.mjs',
              process.execPath,
              'node_modules/@playwright/test/cli.js',
              'test',
              '--reporter=list,json',
            ],
            timeoutMs: 900_000,
            env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
          });
    return { counts: readPlaywrightCounts(file), code };
  });
}

/** @param {string} file */
function vitestReporters(file) {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

/** @param {import('./test/checks.mjs').Step & { env?: NodeJS.ProcessEnv }} job */
async function runStep({ name, command, args, timeoutMs, env }) {
  process.stdout.write(`\n== ${name}\n`);
  const code = await runInherited(command, args, {
    cwd: projectRoot,
    timeoutMs,
    graceMs: LONG_GRACE_MS,
    env: { ...process.env, ...env },
  });
  if (code === STOPPED) process.exit(STOPPED);
  return code;
}

/**
 * @param {string} suite
 * @param {() => Promise<{ counts: Counts, code: number }>} work
 */
async function timed(suite, work) {
  const startedAt = performance.now();
  const { counts, code } = await work();
  return judge({ suite, counts, code, seconds: (performance.now() - startedAt) / 1_000 }, isCi);
}
