import { z } from 'zod';
import { type Bench, type BenchReport, type Figure, medianFigure } from './support/report.ts';
import { onWindowGround, type WindowGround, whenTablePainted } from './support/window-ground.ts';
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

async function measure(pairs: number): Promise<BenchReport> {
  const figures = await onWindowGround(async (ground) => {
    const found: Figure[] = [];
    for (const size of SIZES) {
      await makeWindowTopics(ground.bootstrap);
      const fill = { alarms: size.alarms, activeEvery: ACTIVE_EVERY };
      await fillWindowTopics(ground.bootstrap, ground.registry, fill);
      found.push(...(await pairUp(ground, size, pairs)));
    }
    return found;
  });
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
  ground: WindowGround,
  size: (typeof SIZES)[number],
  pairs: number,
): Promise<Figure[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let pair = 0; pair <= pairs; pair += 1) {
    const own = await timeToPaint(
      ground,
      'console',
      whenTablePainted(size.alarms, size.alarms / ACTIVE_EVERY),
    );
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

async function timeToPaint(
  ground: WindowGround,
  program: 'console' | 'bare',
  startScript: string,
): Promise<number> {
  const running = ground.start(program, startScript);
  try {
    return z.number().parse(await running.started) - running.spawnedAt;
  } finally {
    await running.close();
  }
}
