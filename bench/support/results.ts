import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { asMarkdown, type Bench, type BenchReport, keepsBound, machine } from './report.ts';

const BOUND = z.object({ relation: z.enum(['≤', '≥']), value: z.number() });
const FIGURE = z.object({
  what: z.string(),
  value: z.number(),
  unit: z.string(),
  bound: BOUND.exactOptional(),
  spread: z.tuple([z.number(), z.number()]).exactOptional(),
});
const REPORT = z.object({
  name: z.string(),
  method: z.string(),
  figures: z.array(FIGURE),
  notes: z.array(z.string()),
});

/** The name of a bench as a file is named. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The page of all benches from what each found last, in the order in which they run. */
export async function benchmarksDocument(
  folder: string,
  benches: readonly Bench[],
): Promise<string> {
  const reports: BenchReport[] = [];
  for (const { name } of benches) {
    const report = await lastReport(join(folder, `${slugOf(name)}.json`));
    if (report !== null) reports.push(report);
  }
  return [
    '# Benchmarks',
    '',
    `Written by \`npm run bench\` on a machine with ${machine()}. Every bench compares its answers before its times count; peers run in the same run, and ratios to them say more than milliseconds do.`,
    '',
    `${boundsLine(reports)}.`,
    '',
    ...reports.map(asMarkdown),
  ].join('\n');
}

/** How many bounds were kept, and which were missed. */
export function boundsLine(reports: readonly BenchReport[]): string {
  const verdicts = reports.flatMap(({ figures }) =>
    figures.flatMap((figure) => {
      const isKept = keepsBound(figure);
      return isKept === null ? [] : [{ isKept, what: figure.what }];
    }),
  );
  const missed = verdicts.filter(({ isKept }) => !isKept).map(({ what }) => what);
  const named = missed.length === 0 ? '' : ` (${missed.join('; ')})`;
  return `${verdicts.length - missed.length} bounds kept, ${missed.length} missed${named}`;
}

async function lastReport(file: string): Promise<BenchReport | null> {
  if (!existsSync(file)) return null;
  return REPORT.parse(JSON.parse(await readFile(file, 'utf8')));
}
