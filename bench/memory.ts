import { setTimeout as after } from 'node:timers/promises';
import { type ProgramMemory, programMemory } from './support/process-memory.ts';
import { type Bench, type BenchReport, type Figure, medianFigure } from './support/report.ts';
import { onWindowGround, type WindowGround, whenTablePainted } from './support/window-ground.ts';
import { fillWindowTopics, makeWindowTopics } from './support/window-topics.ts';

const ALARMS = 100_000;
const ACTIVE_EVERY = 10;
const RUNS = 3;
/** Time for what a start leaves behind to be collected. */
const REST_MS = 5_000;

/** Memory of the console with many alarms, beside a bare window. */
export const memory: Bench = { name: 'Memory', run: () => measure(ALARMS, RUNS) };

async function measure(alarms: number, runs: number): Promise<BenchReport> {
  const figures = await onWindowGround(async (ground) => {
    await makeWindowTopics(ground.bootstrap);
    const fill = { alarms, activeEvery: ACTIVE_EVERY };
    await fillWindowTopics(ground.bootstrap, ground.registry, fill);
    const ours: ProgramMemory[] = [];
    const bare: ProgramMemory[] = [];
    for (let run = 0; run < runs; run += 1) {
      ours.push(
        await restingMemory(ground, 'console', whenTablePainted(alarms, alarms / ACTIVE_EVERY)),
      );
      bare.push(await restingMemory(ground, 'bare', 'bench.whenAnythingPainted()'));
    }
    return figuresOf(ours, bare);
  });
  return {
    name: memory.name,
    method: `PSS of each process, ${REST_MS / 1_000} s after the complete list of ${alarms.toLocaleString('en')} registered alarms (one in ten active) was painted, and of a bare window as long after its paint. Nothing forces a collection.`,
    figures,
    notes: [],
  };
}

async function restingMemory(
  ground: WindowGround,
  program: 'console' | 'bare',
  startScript: string,
): Promise<ProgramMemory> {
  const running = ground.start(program, startScript);
  try {
    await running.started;
    await after(REST_MS);
    return await programMemory(running.pid);
  } finally {
    await running.close();
  }
}

function figuresOf(ours: readonly ProgramMemory[], bare: readonly ProgramMemory[]): Figure[] {
  const both = ({ main, renderer }: ProgramMemory) => main + renderer;
  const ratios = ours.map((own, index) => both(own) / both(bare[index] ?? own));
  const line = (what: string, from: readonly ProgramMemory[], of: (m: ProgramMemory) => number) =>
    medianFigure(what, from.map(of), 'MiB');
  return [
    medianFigure('main + renderer, ours : bare window', ratios, '×'),
    line('ours, main', ours, ({ main }) => main),
    line('ours, renderer', ours, ({ renderer }) => renderer),
    line('ours, all processes', ours, ({ all }) => all),
    line('bare window, main', bare, ({ main }) => main),
    line('bare window, renderer', bare, ({ renderer }) => renderer),
    line('bare window, all processes', bare, ({ all }) => all),
  ];
}
