import { z } from 'zod';
import { bundleChildren } from './support/bundle-children.ts';
import { type Produced, producePaced } from './support/paced-producer.ts';
import { type PacedRun, recordsOf, writtenAt } from './support/paced-records.ts';
import { type Bench, type BenchReport, type Figure, quantile } from './support/report.ts';
import { onWindowGround, type WindowGround, whenTablePainted } from './support/window-ground.ts';
import { fillWindowTopics, makeWindowTopics, nameOfAlarm } from './support/window-topics.ts';

const SECONDS = 30;
/** The first records meet code that has never run; a console runs for weeks. */
const WARM_UP_MS = 2_000;
/** An alarm changes so seldom that each of its changes can be told from the next. */
const CHANGES_PER_ALARM_AND_SECOND = 2.5;
/** Texts come again after eight: further ahead one could be taken for another. */
const AHEAD = 7;
/** The first rows of the table: what else stands in the window may take room from below. */
const ROWS = 15;
const RATES = [
  { perSecond: 100, p50: 40, p99: 120 },
  { perSecond: 1_000, p50: null, p99: null },
] as const;
type Rate = (typeof RATES)[number];

/** From a record's acknowledgement by the broker to its row on the screen. */
export const produceToPaint: Bench = {
  name: 'Produce to paint',
  run: () => measureProduceToPaint(SECONDS),
};

const SIGHTINGS = z.array(
  z.object({
    name: z.string(),
    status: z.string(),
    firstFrameAt: z.number(),
    secondFrameAt: z.number(),
  }),
);
type Sighting = z.infer<typeof SIGHTINGS>[number];

/** How long after its acknowledgement a record was painted, by two measures, in milliseconds. */
interface Latency {
  readonly toFirstFrame: number;
  readonly toSecondFrame: number;
}

/** The bench at another size or length, to look into what it found. */
export async function measureProduceToPaint(seconds: number): Promise<BenchReport> {
  const { 'produce-paced': program } = await bundleChildren(['produce-paced']);
  const figures = await onWindowGround(async (ground) => {
    const found: Figure[] = [];
    for (const rate of RATES) found.push(...(await paintAt(ground, program, rate, seconds)));
    return found;
  });
  return {
    name: produceToPaint.name,
    method: `A producer in a process of its own, which gathers records for 5 ms, changes the status text of one alarm after the other on a real broker for ${seconds} s; the page notes, for each row in sight whose text changed, the second animation frame after. One machine, one clock. The first ${WARM_UP_MS / 1_000} s do not count. Every record of an alarm in sight is found on the page, in order, or the bench fails.`,
    figures,
    notes: [
      'The text changes in the task that brings the message, so that the next animation frame draws it; when the second begins, it has been drawn. The first is told without a bound: it only begins the drawing.',
    ],
  };
}

async function paintAt(
  ground: WindowGround,
  program: string,
  rate: Rate,
  seconds: number,
): Promise<Figure[]> {
  const alarms = rate.perSecond / CHANGES_PER_ALARM_AND_SECOND;
  const run: PacedRun = { kind: 'paint', alarms, perSecond: rate.perSecond, seconds };
  await makeWindowTopics(ground.bootstrap);
  await fillWindowTopics(ground.bootstrap, ground.registry, { alarms, activeEvery: 1 });
  const running = ground.start('console', whenTablePainted(alarms, alarms));
  try {
    await running.started;
    const inSight = z.array(z.string()).parse(await running.inPage(`bench.watchRows(${ROWS})`));
    const produced = await producePaced(program, ground, run);
    const last = lastStatuses(run, inSight);
    await running.inPage(`bench.whenRowsSay(${JSON.stringify(last)})`);
    const sightings = SIGHTINGS.parse(await running.inPage('bench.takeSightings()'));
    return figuresOf(rate, latencies(run, produced, inSight, sightings), produced);
  } finally {
    await running.close();
  }
}

/** What the rows in sight say in the end. */
function lastStatuses(run: PacedRun, inSight: readonly string[]): Record<string, string> {
  const last: Record<string, string> = {};
  for (const { index, status } of recordsOf(run)) {
    const name = nameOfAlarm(index);
    if (inSight.includes(name)) last[name] = status;
  }
  return last;
}

function latencies(
  run: PacedRun,
  produced: Produced,
  inSight: readonly string[],
  sightings: readonly Sighting[],
): Latency[] {
  const waiting = waitingByName(run, produced, inSight);
  const found: Latency[] = [];
  for (const sighting of sightings) {
    const records = waiting.get(sighting.name) ?? [];
    const at = records.slice(0, AHEAD).findIndex(({ status }) => status === sighting.status);
    // What came and went within one frame was painted as what it had become by then.
    for (const { dueMs, acknowledgedAt } of records.splice(0, at + 1)) {
      if (dueMs < WARM_UP_MS) continue;
      found.push({
        toFirstFrame: sighting.firstFrameAt - acknowledgedAt,
        toSecondFrame: sighting.secondFrameAt - acknowledgedAt,
      });
    }
  }
  for (const [name, records] of waiting) {
    if (records.length > 0) throw new Error(`${records.length} of ${name} were never painted`);
  }
  return found;
}

interface WaitingRecord {
  readonly status: string;
  /** When it was due, from the beginning of the run. */
  readonly dueMs: number;
  readonly acknowledgedAt: number;
}

function waitingByName(
  run: PacedRun,
  produced: Produced,
  inSight: readonly string[],
): Map<string, WaitingRecord[]> {
  const waiting = new Map<string, WaitingRecord[]>(inSight.map((name) => [name, []]));
  let at = 0;
  for (const { index, status } of recordsOf(run)) {
    const acknowledgedAt = produced.acknowledgedAt[at] ?? Number.NaN;
    const dueMs = writtenAt(0, at, run.perSecond);
    waiting.get(nameOfAlarm(index))?.push({ status, dueMs, acknowledgedAt });
    at += 1;
  }
  return waiting;
}

function figuresOf(rate: Rate, found: readonly Latency[], produced: Produced): Figure[] {
  const label = `${rate.perSecond.toLocaleString('en')}/s`;
  const seconds = found.map(({ toSecondFrame }) => toSecondFrame);
  const firsts = found.map(({ toFirstFrame }) => toFirstFrame);
  const bounded = (what: string, value: number, limit: number | null): Figure => ({
    what: `${label}: ${what}`,
    value,
    unit: 'ms',
    ...(limit === null ? {} : { bound: { relation: '≤', value: limit } as const }),
  });
  return [
    bounded('acknowledged → second frame after, p50', quantile(seconds, 0.5), rate.p50),
    bounded('acknowledged → second frame after, p99', quantile(seconds, 0.99), rate.p99),
    bounded('acknowledged → second frame after, longest', Math.max(...seconds), null),
    bounded('acknowledged → frame that draws it begins, p50', quantile(firsts, 0.5), null),
    bounded('acknowledged → frame that draws it begins, p99', quantile(firsts, 0.99), null),
    bounded('sent → acknowledged, p50', quantile(produced.roundTripsMs, 0.5), null),
    { what: `${label}: records whose row was in sight`, value: found.length, unit: 'records' },
  ];
}
