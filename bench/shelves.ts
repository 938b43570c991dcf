import { setTimeout as after } from 'node:timers/promises';
import { createShelfService } from '../services/shelf/app.ts';
import { createFakeClock } from '../test/fakes/fake-clock.ts';
import { createAlarmGround, registrationOrder, shelfOrder } from '../test/support/alarm-ground.ts';
import {
  bundleService,
  isLiveLine,
  type ServiceProcess,
  startService,
} from '../test/support/service-process.ts';
import { type Bench, type BenchReport, type Figure, quantile } from './support/report.ts';
import { onShelfGround, type ShelfGround, writeOrders } from './support/shelf-ground.ts';
import { type WatchedEnds, watchEnds } from './support/watched-ends.ts';

/** How many shelves each question is asked with. */
const SIZES = { injected: 100_000, live: 20_000, atOnce: 100_000, overdue: 1_000 } as const;
const ALARMS = 100_000;
const INJECTED_OVER_MS = 60_000;
const LIVE_OVER_MS = 20_000;
const IDLE_MS = 30_000;
/** Until then V8 gives back, in two passes, what the replay has left behind: that is work of the start. */
const SETTLED_AFTER_MS = 30_000;
const IDENTITY = { user: 'bench', host: 'localhost' };

/** Shelves that end: never early, soon after, all at once, after a restart; and what the service costs while nothing happens. */
export const shelves: Bench = { name: 'Shelves', run };

async function run(): Promise<BenchReport> {
  const injected = await endOnInjectedClock();
  const ending = await onShelfGround(async (ground) => [
    ...(await endInRealTime(ground)),
    ...(await endAtOneInstant(ground)),
  ]);
  const running = await onShelfGround(restartAndIdle);
  return {
    name: shelves.name,
    method:
      'The shelf service on a real Apache Kafka 4.3.1 broker on loopback, except where the clock is injected (a log in memory then). Decided = the tombstone is handed to the log; both against the end of the shelf. Idle = from half a minute after the start on.',
    figures: [...injected, ...ending, ...running],
    notes: [],
  };
}

/** Steps the clock through a minute, and lets the service come to rest after each step. */
async function endOnInjectedClock(): Promise<Figure[]> {
  const clock = createFakeClock();
  const ground = await createAlarmGround(clock);
  const count = SIZES.injected;
  const startAt = clock.now() + 1_000;
  const ends = endsOver(count, startAt, INJECTED_OVER_MS);
  await writeOrders(ground.writer, count, (index) => shelfAt(ends, index));
  const watched = watchEnds(ground.log, clock, ends);
  const { schemas } = ground;
  const service = createShelfService({ log: watched.log, schemas, clock, identity: IDENTITY });
  service.start();
  while (!service.condition().isReady) await turn();
  const realAt = performance.now();
  for (let stepMs = 0; stepMs <= INJECTED_OVER_MS + 1_000; stepMs += STEP_MS) {
    clock.advanceBy(STEP_MS);
    while (service.condition().dueShelves > 0) await turn();
  }
  const tookMs = performance.now() - realAt;
  await service.stop();
  return [
    earlyFigure('100,000 over 60 s on an injected clock', watched),
    { what: 'the same: ended', value: watched.durableMs.length, unit: 'shelves' },
    { what: 'the same: time that the minute took', value: tookMs / 1_000, unit: 's' },
  ];
}

const STEP_MS = 20;

async function endInRealTime(ground: ShelfGround): Promise<Figure[]> {
  const watched = await endShelves(ground, SIZES.live, LIVE_OVER_MS);
  const what = '20,000 in real time on the broker';
  return [
    earlyFigure(what, watched),
    {
      what: `${what}: decided, p99`,
      value: quantile(watched.decidedMs, 0.99),
      unit: 'ms',
      bound: { relation: '≤', value: 50 },
    },
    { what: `${what}: durable, p99`, value: quantile(watched.durableMs, 0.99), unit: 'ms' },
  ];
}

async function endAtOneInstant(ground: ShelfGround): Promise<Figure[]> {
  const watched = await endShelves(ground, SIZES.atOnce, 0);
  const what = '100,000 due at one instant';
  return [
    earlyFigure(what, watched),
    {
      what: `${what}: all cleared after`,
      value: quantile(watched.durableMs, 1) / 1_000,
      unit: 's',
      bound: { relation: '≤', value: 5 },
    },
  ];
}

/** Writes the shelves while a service runs, which ends them. */
async function endShelves(
  ground: ShelfGround,
  count: number,
  overMs: number,
): Promise<WatchedEnds> {
  const { log, schemas, clock, writer } = ground;
  const ends = endsOver(count, clock.now() + WRITE_WITHIN_MS, overMs);
  const watched = watchEnds(log, clock, ends);
  const service = createShelfService({ log: watched.log, schemas, clock, identity: IDENTITY });
  service.start();
  await writeOrders(writer, count, (index) => shelfAt(ends, index));
  if (clock.now() > (ends.get('shelf-0') ?? 0))
    throw new Error('the shelves were written too slowly');
  await watched.until(count);
  await service.stop();
  return watched;
}

/** Time to write a hundred thousand shelves before they end. */
const WRITE_WITHIN_MS = 25_000;

/** The service as a program: what it finds overdue at its start, then what it costs. */
async function restartAndIdle(ground: ShelfGround): Promise<Figure[]> {
  const { writer, clock } = ground;
  const shelf = await bundleService('shelf');
  await writeOrders(writer, ALARMS, (index) => registrationOrder(`alarm-${index}`, 86_400));
  const names = Array.from({ length: SIZES.overdue }, (_, index) => `alarm-${index}`);
  const hourOn = clock.now() + 3_600_000;
  await writeOrders(writer, names.length, (index) => shelfOrder(`alarm-${index + 50_000}`, hourOn));
  await writeOrders(writer, names.length, (index) => shelfOrder(`alarm-${index}`, clock.now() + 1));
  const startedAt = performance.now();
  const service = startService([SMALL_YOUNG_GENERATION, ...shelf.program], {
    ...GIVEN_BACK,
    BOOTSTRAP_SERVERS: ground.bootstrap,
    SCHEMA_REGISTRY: ground.registry,
    KLAXON_HTTP_ADDRESS: '127.0.0.1:0',
    KLAXON_LOG_LEVEL: 'info',
  });
  try {
    const address = String((await service.said(({ event }) => event === 'started'))['http']);
    await service.said(isLiveLine);
    while (
      (await metric(address, 'klaxon_records_written_total{topic="shelved-alarms"}')) < names.length
    );
    const clearedMs = performance.now() - startedAt;
    return [
      {
        what: `${SIZES.overdue.toLocaleString('en')} overdue after a restart, from the start of the process`,
        value: clearedMs / 1_000,
        unit: 's',
        bound: { relation: '≤', value: 3 },
      },
      ...(await idle(address)),
    ];
  } finally {
    await stopped(service);
    await shelf.remove();
  }
}

/** As the unit files and the image run it. */
const SMALL_YOUNG_GENERATION = '--max-semi-space-size=2';
const GIVEN_BACK = { MALLOC_MMAP_THRESHOLD_: '131072' } as const;

async function idle(address: string): Promise<Figure[]> {
  await after(SETTLED_AFTER_MS);
  const before = await metric(address, 'process_cpu_seconds_total');
  await after(IDLE_MS);
  const used = (await metric(address, 'process_cpu_seconds_total')) - before;
  const bytes = await metric(address, 'process_resident_memory_bytes');
  return [
    {
      what: 'idle with 100,000 alarms: of one core',
      value: (used / (IDLE_MS / 1_000)) * 100,
      unit: '%',
      bound: { relation: '≤', value: 0.3 },
    },
    {
      what: 'idle with 100,000 alarms: resident',
      value: bytes / 1e6,
      unit: 'MB',
      bound: { relation: '≤', value: 90 },
    },
  ];
}

async function metric(address: string, name: string): Promise<number> {
  const response = await fetch(`http://${address}/metrics`);
  const line = (await response.text()).split('\n').find((text) => text.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

async function stopped(service: ServiceProcess): Promise<void> {
  service.signal('SIGTERM');
  await service.ended;
}

function endsOver(count: number, fromAt: number, overMs: number): ReadonlyMap<string, number> {
  return new Map(
    Array.from({ length: count }, (_, index) => [
      `shelf-${index}`,
      Math.round(fromAt + (overMs * index) / count),
    ]),
  );
}

function shelfAt(ends: ReadonlyMap<string, number>, index: number) {
  const name = `shelf-${index}`;
  return shelfOrder(name, ends.get(name) ?? 0);
}

function earlyFigure(what: string, watched: WatchedEnds): Figure {
  const value = earlyOf(watched);
  return { what: `${what}: early`, value, unit: 'shelves', bound: { relation: '≤', value: 0 } };
}

function earlyOf({ decidedMs }: WatchedEnds): number {
  return decidedMs.filter((ms) => ms < 0).length;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
