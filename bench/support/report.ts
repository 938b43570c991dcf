import { cpus, totalmem } from 'node:os';

/** One line of a bench: what was measured, and the bound that the project set itself, where there is one. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** At most (`≤`) or at least (`≥`) this. */
  readonly bound?: { readonly relation: '≤' | '≥'; readonly value: number };
  /** Lowest and highest of the runs behind a median. */
  readonly spread?: readonly [number, number];
}

/** What one bench found. */
export interface BenchReport {
  readonly name: string;
  /** One sentence: what is compared with what, and how. */
  readonly method: string;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

/** A bench: one file, its peer in the same run, the answers compared before a time counts. */
export interface Bench {
  readonly name: string;
  run(): Promise<BenchReport>;
}

/** Whether the figure keeps its bound; null where it has none. */
export function keepsBound({ bound, value }: Figure): boolean | null {
  if (bound === undefined) return null;
  return bound.relation === '≤' ? value <= bound.value : value >= bound.value;
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which this part of the values lies (nearest rank). */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1));
  return sorted[index] ?? Number.NaN;
}

/** A figure that is the median of several runs, with their spread. */
export function medianFigure(
  what: string,
  values: readonly number[],
  unit: string,
  bound?: Figure['bound'],
): Figure {
  const spread: [number, number] = [Math.min(...values), Math.max(...values)];
  return { what, value: median(values), unit, spread, ...(bound === undefined ? {} : { bound }) };
}

/** The report as a section of docs/benchmarks.md. */
export function asMarkdown(report: BenchReport): string {
  const rows = report.figures.map((figure) => {
    const { spread, bound } = figure;
    const range = spread === undefined ? '' : `${round(spread[0])} – ${round(spread[1])}`;
    const limit = bound === undefined ? '' : `${bound.relation} ${bound.value}`;
    const kept = keepsBound(figure);
    const verdict = kept === null ? '' : kept ? 'kept' : '**missed**';
    return `| ${figure.what} | ${round(figure.value)} ${figure.unit} | ${range} | ${limit} | ${verdict} |`;
  });
  return [
    `## ${report.name}`,
    '',
    report.method,
    '',
    '| figure | median or value | lowest – highest | bound | |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    ...report.notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

/** The machine, as cores and memory only. */
export function machine(): string {
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores, ${gib} GiB of memory, Node ${process.versions.node}`;
}

function round(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) || Math.abs(value) >= 1_000)
    return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
}
