import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasDisplay, startVirtualDisplay } from '../scripts/process/virtual-display.mjs';
import { coldStartHeadless } from './cold-start-headless.ts';
import { coldStartWindow } from './cold-start-window.ts';
import { decoderLimits } from './decoder-limits.ts';
import { flood } from './flood.ts';
import { listActive } from './list-active.ts';
import { mainLoop } from './main-loop.ts';
import { memory } from './memory.ts';
import { produceToPaint } from './produce-to-paint.ts';
import { shelfKills } from './shelf-kills.ts';
import { shelves } from './shelves.ts';
import { asMarkdown, type Bench, type BenchReport, machine } from './support/report.ts';
import { benchmarksDocument, boundsLine, slugOf } from './support/results.ts';

/** Every bench, in the order in which it runs. */
const BENCHES: readonly Bench[] = [
  coldStartHeadless,
  listActive,
  coldStartWindow,
  flood,
  produceToPaint,
  mainLoop,
  memory,
  decoderLimits,
  shelves,
  shelfKills,
];

const RESULTS = join(import.meta.dirname, 'results');
const DOCUMENT = join(import.meta.dirname, '..', 'docs', 'benchmarks.md');

process.exitCode = await runAll(process.argv.slice(2));

/**
 * Runs the benches whose names hold one of the words, or all. Answers the exit code: 1 where one failed, because the
 * answers that it compared differ or it could not be run; a bound that was missed is told and fails nothing.
 */
async function runAll(words: readonly string[]): Promise<number> {
  const chosen = BENCHES.filter(({ name }) => isChosen(name, words));
  if (chosen.length === 0) {
    const names = BENCHES.map(({ name }) => `  ${slugOf(name)}`).join('\n');
    process.stdout.write(`No bench has such a name. There are:\n${names}\n`);
    return 64;
  }
  const stopDisplay = await openDisplay();
  let failed = 0;
  const reports: BenchReport[] = [];
  try {
    for (const bench of chosen) {
      const report = await runOne(bench);
      if (report === null) failed += 1;
      else reports.push(report);
    }
    await writeFile(DOCUMENT, await benchmarksDocument(RESULTS, BENCHES));
  } finally {
    await stopDisplay();
  }
  process.stdout.write(`${boundsLine(reports)}, ${failed} of ${chosen.length} benches failed\n`);
  return failed > 0 ? 1 : 0;
}

function isChosen(name: string, words: readonly string[]): boolean {
  return words.length === 0 || words.some((word) => slugOf(name).includes(slugOf(word)));
}

/** Windows need a display: where there is none they get one that nobody sees. */
async function openDisplay(): Promise<() => Promise<void>> {
  if (hasDisplay()) return () => Promise.resolve();
  const display = await startVirtualDisplay({ withWindowManager: true });
  Object.assign(process.env, display.env);
  return display.stop;
}

async function runOne(bench: Bench): Promise<BenchReport | null> {
  process.stdout.write(`${bench.name} …\n`);
  const startedAt = performance.now();
  try {
    const report = await bench.run();
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    process.stdout.write(`\n${asMarkdown(report)}\n(${seconds} s)\n\n`);
    await mkdir(RESULTS, { recursive: true });
    const kept = { machine: machine(), ...report };
    const file = join(RESULTS, `${slugOf(bench.name)}.json`);
    await writeFile(file, `${JSON.stringify(kept, null, 2)}\n`);
    return report;
  } catch (thrown) {
    process.stdout.write(`FAILED ${bench.name}: ${String(thrown)}\n`);
    if (thrown instanceof Error) process.stdout.write(`${thrown.stack ?? ''}\n`);
    return null;
  }
}
