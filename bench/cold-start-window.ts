import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startBroker } from '../test/support/kafka-broker.ts';
import { startRegistry } from '../test/support/schema-registry.ts';
import { bundleWindowParts, type WindowParts } from './support/bundle-window.ts';
import { type ProgramStart, startProgram } from './support/probed-program.ts';
import { type Bench, type BenchReport, type Figure, medianFigure } from './support/report.ts';
import { fillWindowTopics, makeWindowTopics } from './support/window-topics.ts';

/** One alarm in ten is active. Bounds: time of ours over that of the bare window. */
const SIZES = [
  { alarms: 10_000, bound: 1.6 },
  { alarms: 100_000, bound: 3 },
] as const;
const ACTIVE_EVERY = 10;
const PAIRS = 5;

/** From the start of the program to the complete list, painted. */
export const coldStartWindow: Bench = { name: 'Cold start, window', run: () => measure(PAIRS) };

interface Ground {
  readonly parts: WindowParts;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

async function measure(pairs: number): Promise<BenchReport> {
  const parts = await bundleWindowParts();
  const folder = await mkdtemp(join(tmpdir(), 'klaxon-bench-'));
  const registry = await startRegistry();
  const broker = await startBroker({ heapMiB: 1_024 });
  const env = { BOOTSTRAP_SERVERS: broker.bootstrap, SCHEMA_REGISTRY: registry.url };
  const figures: Figure[] = [];
  try {
    for (const size of SIZES) {
      await makeWindowTopics(broker.bootstrap);
      const fill = { alarms: size.alarms, activeEvery: ACTIVE_EVERY };
      await fillWindowTopics(broker.bootstrap, registry.url, fill);
      figures.push(...(await pairUp({ parts, folder, env }, size, pairs)));
    }
  } finally {
    await broker.stop();
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return {
    name: coldStartWindow.name,
    method:
      'Whole programs on a virtual display, A B A B after one pair that does not count: spawn → second animation frame ' +
      'after the page shows what it must. Of ours: live, every active alarm in the table, and a line that accounts for ' +
      'every registered alarm, read from a real broker (one alarm in ten active). Of the peer, a window of the same ' +
      'runtime, size and switches: one sentence.',
    figures,
    notes: [
      'A run whose table or account is not the one that was produced never counts as painted.',
    ],
  };
}

async function pairUp(
  ground: Ground,
  size: (typeof SIZES)[number],
  pairs: number,
): Promise<Figure[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let pair = 0; pair <= pairs; pair += 1) {
    const own = await timeToPaint(ground, 'console', tableScript(size.alarms));
    const peer = await timeToPaint(ground, 'bare', 'bench.whenAnythingPainted()');
    if (pair === 0) continue;
    ours.push(own);
    bare.push(peer);
  }
  const ratios = ours.map((own, index) => own / (bare[index] ?? Number.NaN));
  const label = `${size.alarms.toLocaleString('en')} alarms`;
  const bound = { relation: '≤', value: size.bound } as const;
  return [
    medianFigure(`${label}: ours : bare window`, ratios, '×', bound),
    medianFigure(`${label}: ours, complete list painted`, ours, 'ms'),
    medianFigure(`${label}: bare window, painted`, bare, 'ms'),
  ];
}

/** Answers when the table holds what was produced, in the words of the window. */
function tableScript(alarms: number): string {
  const active = alarms / ACTIVE_EVERY;
  const text = (value: number) => value.toLocaleString('en-US');
  const account = `${text(active)} of ${text(active)} abnormal shown · ${text(alarms)} registered = ${text(alarms - active)} normal + ${text(active)} active`;
  return `bench.whenTablePainted(${active}, ${JSON.stringify(account)})`;
}

async function timeToPaint(
  { parts, folder, env }: Ground,
  program: ProgramStart['program'],
  startScript: string,
): Promise<number> {
  const userFolder = join(folder, program);
  const running = startProgram({ program, parts, userFolder, env, startScript });
  try {
    return z.number().parse(await running.started) - running.spawnedAt;
  } finally {
    await running.close();
  }
}
