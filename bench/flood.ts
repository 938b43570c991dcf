import { z } from 'zod';
import { ACTIVE_ALARMS } from '../schemas/topics.ts';
import { digestOf } from './support/answer-digest.ts';
import { bundleChildren } from './support/bundle-children.ts';
import { measureChild } from './support/measured-child.ts';
import { type Produced, producePaced } from './support/paced-producer.ts';
import { type ModelRow, modelAfter, type PacedRun } from './support/paced-records.ts';
import type { ProbedProgram } from './support/probed-program.ts';
import { type Bench, type BenchReport, type Figure, quantile } from './support/report.ts';
import { onWindowGround, type WindowGround, whenTablePainted } from './support/window-ground.ts';
import { fillWindowTopics, makeWindowTopics, raisedFirstAt } from './support/window-topics.ts';

const ALARMS = 10_000;
const SECONDS = 30;
/** Only the slower flood has bounds; of the faster one the figures are printed. */
const FLOODS = [
  { perSecond: 1_000, leastFps: 55, longestP99Ms: 34 },
  { perSecond: 10_000, leastFps: null, longestP99Ms: null },
] as const;
type Flood = (typeof FLOODS)[number];

/** The window under a flood of records. */
export const flood: Bench = { name: 'Flood', run: () => measureFlood(ALARMS, SECONDS) };

type Paths = Record<'produce-paced' | 'read-kafkajs', string>;
const FRAMES = z.array(z.number());
const SEEN = z.array(
  z
    .object({ name: z.string(), level: z.string(), status: z.string(), since: z.string() })
    .nullable(),
);
const sinceText = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** The bench at another size or length, to look into what it found. */
export async function measureFlood(alarms: number, seconds: number): Promise<BenchReport> {
  const children = await bundleChildren(['produce-paced', 'read-kafkajs']);
  const figures = await onWindowGround(async (ground) => {
    const found: Figure[] = [];
    for (const one of FLOODS) {
      const run: PacedRun = { kind: 'flood', alarms, perSecond: one.perSecond, seconds };
      found.push(...(await floodConsole(ground, children, one, run)));
      found.push(...(await floodBeside(ground, children, run)));
    }
    return found;
  });
  return {
    name: flood.name,
    method: `A producer in a process of its own, paced by its clock, gathers records for 5 ms, as clients do by default, and writes for ${seconds} s to a real broker: any of ${alarms.toLocaleString('en')} alarms, any severity, 6 % of the records clear. All of them stand in the table, sorted by level and time. Frames are the page's own animation frames, under a virtual display without a graphics card. Afterwards the whole table is read row by row and compared with a model of the same records: names, order, level, status, and the second in which each occurrence began, which differs when one clearing record is lost. The model is also compared with an independent kafkajs reader of the log. Beside it a bare window, while the same flood runs past it.`,
    figures,
    notes: ['A row that differs from the model fails the bench: 0 transitions lost is no figure.'],
  };
}

async function floodConsole(
  ground: WindowGround,
  children: Paths,
  one: Flood,
  run: PacedRun,
): Promise<Figure[]> {
  await makeWindowTopics(ground.bootstrap);
  const fill = { alarms: run.alarms, activeEvery: 1 };
  const filledAt = await fillWindowTopics(ground.bootstrap, ground.registry, fill);
  const running = ground.start('console', whenTablePainted(run.alarms, run.alarms));
  try {
    await running.started;
    const { frames, produced } = await framesDuring(running, ground, children, run);
    const endedAt = Date.now();
    const model = modelAfter(run, produced.startedAt, (index) => raisedFirstAt(filledAt, index));
    const restedAt = z.number().parse(await running.inPage('bench.whenAtRest()'));
    await compareLog(ground, children, run, model);
    compareTable(SEEN.parse(await running.inPage('bench.readTable()')), model);
    return figuresOf(`${run.perSecond.toLocaleString('en')}/s`, frames, one).concat({
      what: `${run.perSecond.toLocaleString('en')}/s: last record acknowledged → last row changed`,
      value: Math.max(0, restedAt - endedAt),
      unit: 'ms',
    });
  } finally {
    await running.close();
  }
}

/** The same flood past a bare window: what the machine itself does to frames meanwhile. */
async function floodBeside(
  ground: WindowGround,
  children: Paths,
  run: PacedRun,
): Promise<Figure[]> {
  const running = ground.start('bare', 'bench.whenAnythingPainted()');
  try {
    await running.started;
    const { frames } = await framesDuring(running, ground, children, run);
    return figuresOf(`${run.perSecond.toLocaleString('en')}/s: bare window beside it`, frames);
  } finally {
    await running.close();
  }
}

async function framesDuring(
  running: ProbedProgram,
  ground: WindowGround,
  children: Paths,
  run: PacedRun,
): Promise<{ readonly frames: readonly number[]; readonly produced: Produced }> {
  await running.inPage('bench.startFrames()');
  const produced = await producePaced(children['produce-paced'], ground, run);
  return { frames: FRAMES.parse(await running.inPage('bench.takeFrames()')), produced };
}

function figuresOf(label: string, frames: readonly number[], bounds?: Flood): Figure[] {
  const elapsedMs = frames.reduce((sum, each) => sum + each, 0);
  const fps: Figure = {
    what: `${label}: frames`,
    value: (frames.length * 1_000) / elapsedMs,
    unit: '/s',
    ...(bounds?.leastFps ? { bound: { relation: '≥', value: bounds.leastFps } as const } : {}),
  };
  const p99: Figure = {
    what: `${label}: frame, p99`,
    value: quantile(frames, 0.99),
    unit: 'ms',
    ...(bounds?.longestP99Ms
      ? { bound: { relation: '≤', value: bounds.longestP99Ms } as const }
      : {}),
  };
  return [fps, p99, { what: `${label}: longest frame`, value: Math.max(...frames), unit: 'ms' }];
}

function compareTable(seen: z.infer<typeof SEEN>, model: readonly ModelRow[]): void {
  if (seen.length !== model.length) {
    throw new Error(`the table has ${seen.length} rows, the model ${model.length}`);
  }
  for (const [at, { name, severity, status, sinceAt }] of model.entries()) {
    const wanted = { name, level: severity, status, since: sinceText.format(sinceAt) };
    const row = seen[at];
    if (JSON.stringify(row) !== JSON.stringify(wanted)) {
      throw new Error(
        `row ${at + 1} is ${JSON.stringify(row)}, the model says ${JSON.stringify(wanted)}`,
      );
    }
  }
}

async function compareLog(
  { bootstrap, registry }: WindowGround,
  children: Paths,
  run: PacedRun,
  model: readonly ModelRow[],
): Promise<void> {
  const program = [children['read-kafkajs'], bootstrap, registry, ACTIVE_ALARMS];
  const log = await measureChild(process.execPath, program);
  const wanted = digestOf(
    model.map(
      ({ name, severity, status }) => [name, 'AlarmingEPICS', `${severity} ${status}`] as const,
    ),
  );
  const records = run.alarms + run.perSecond * run.seconds;
  if (log.digest !== wanted.digest || log.records !== records) {
    throw new Error(`the log differs from the model: ${JSON.stringify({ log, wanted, records })}`);
  }
}
