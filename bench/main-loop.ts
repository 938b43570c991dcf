import { setTimeout as after } from 'node:timers/promises';
import { fillActiveAlarms, makeTopicsAnew } from './support/fill-topics.ts';
import { LOOP_DELAYS, type LoopDelays } from './support/loop-watch.ts';
import { type Bench, type BenchReport, type Figure, medianFigure } from './support/report.ts';
import { onWindowGround, type WindowGround } from './support/window-ground.ts';

const RECORDS = 1_000_000;
const RUNS = 3;
/** Decision 13: no slice of work over this, in milliseconds. */
const LONGEST_MS = 10;

/** How long main's event loop is held up while a long log is replayed into a window. */
export const mainLoop: Bench = {
  name: 'Main’s event loop',
  run: () => measureMainLoop(RECORDS, RUNS),
};

/** The bench at another size, to look into what it found. */
export async function measureMainLoop(records: number, runs: number): Promise<BenchReport> {
  const figures = await onWindowGround(async (ground) => {
    await makeTopicsAnew(ground.bootstrap);
    await fillActiveAlarms(ground.bootstrap, ground.registry, records);
    const replays: LoopDelays[] = [];
    const snapshots: LoopDelays[] = [];
    const idle: LoopDelays[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { replay, snapshot, tookMs } = await watchReplay(ground);
      replays.push(replay);
      snapshots.push(snapshot);
      idle.push(await watchBare(ground, tookMs));
    }
    return [
      ...figuresOf('replay', replays, { relation: '≤', value: LONGEST_MS }),
      ...figuresOf('rows to the window, after the replay', snapshots),
      ...figuresOf('bare window at rest', idle),
    ];
  });
  return {
    name: mainLoop.name,
    method: `The delay of main's event loop, sampled every millisecond inside the product's main process (perf_hooks) while it replays ${records.toLocaleString('en')} records over half as many alarms from a real broker: from the phase \`replaying\` to the head, then until the window has painted all rows; beside it a bare window of the same runtime, for as long. Times of the machine's own scheduling are in it.`,
    figures,
    notes: [],
  };
}

async function watchReplay(ground: WindowGround) {
  const running = ground.start('console');
  try {
    await running.reported('replaying');
    const startedAt = performance.now();
    await running.loop('start');
    await running.reported('live');
    const replay = LOOP_DELAYS.parse(await running.loop('read'));
    const tookMs = performance.now() - startedAt;
    await running.loop('start');
    await running.reported('painted');
    return { replay, snapshot: LOOP_DELAYS.parse(await running.loop('read')), tookMs };
  } finally {
    await running.close();
  }
}

async function watchBare(ground: WindowGround, forMs: number): Promise<LoopDelays> {
  const running = ground.start('bare', 'bench.whenAnythingPainted()');
  try {
    await running.started;
    await running.loop('start');
    await after(forMs);
    return LOOP_DELAYS.parse(await running.loop('read'));
  } finally {
    await running.close();
  }
}

function figuresOf(
  what: string,
  delays: readonly LoopDelays[],
  bound?: Figure['bound'],
): readonly Figure[] {
  const line = (part: string, of: (one: LoopDelays) => number, limit?: Figure['bound']) =>
    medianFigure(`${what}: ${part}`, delays.map(of), 'ms', limit);
  return [
    line('p50', ({ p50 }) => p50),
    line('p99', ({ p99 }) => p99),
    line('p99.9', ({ p999 }) => p999, bound),
    { what: `${what}: longest`, value: Math.max(...delays.map(({ max }) => max)), unit: 'ms' },
    line('longest collection of the heap', ({ longestCollection }) => longestCollection),
  ];
}
