import { ACTIVE_ALARMS } from '../schemas/topics.ts';
import { startBroker } from '../test/support/kafka-broker.ts';
import { startRegistry } from '../test/support/schema-registry.ts';
import { bundleChildren, bundleOwnChild } from './support/bundle-children.ts';
import { fillActiveAlarms, makeTopicsAnew } from './support/fill-topics.ts';
import { type MeasuredRun, measureChild, timeProgram } from './support/measured-child.ts';
import { type Bench, type BenchReport, type Figure, medianFigure } from './support/report.ts';

/** Bounds: wall time of ours over that of the peer, with the broker's join delay off and at its default of 3 s. */
const SIZES = [
  { records: 10_000, pairs: 7, withoutDelay: 0.75, withDelay: 0.1 },
  { records: 100_000, pairs: 7, withoutDelay: 0.6, withDelay: 0.15 },
  { records: 1_000_000, pairs: 5, withoutDelay: 0.65, withDelay: 0.45 },
] as const;
const DELAYED_RUNS = 3;

type Paths = Record<'read-klaxon' | 'read-kafkajs', string>;

/** From the start of a process to the correct, folded state at the head of the log. */
export const coldStartHeadless: Bench = {
  name: 'Cold start, headless',
  run,
};

async function run(): Promise<BenchReport> {
  const children = {
    'read-klaxon': await bundleOwnChild('read-klaxon'),
    ...(await bundleChildren(['read-kafkajs'])),
  };
  const registry = await startRegistry();
  const figures: Figure[] = [];
  const quick = await startBroker({
    properties: { 'group.initial.rebalance.delay.ms': '0' },
    heapMiB: 1_024,
  });
  try {
    for (const size of SIZES) {
      await makeTopicsAnew(quick.bootstrap);
      await fillActiveAlarms(quick.bootstrap, registry.url, size.records);
      figures.push(...(await pairUp(children, quick.bootstrap, registry.url, size)));
    }
  } finally {
    await quick.stop();
  }
  const slow = await startBroker({
    properties: { 'group.initial.rebalance.delay.ms': '3000' },
    heapMiB: 1_024,
  });
  try {
    for (const size of SIZES) {
      await makeTopicsAnew(slow.bootstrap);
      await fillActiveAlarms(slow.bootstrap, registry.url, size.records);
      figures.push(await pairWithDelay(children, slow.bootstrap, registry.url, size));
    }
  } finally {
    await slow.stop();
    await registry.stop();
  }
  return {
    name: coldStartHeadless.name,
    method:
      'Whole processes, A B A B after one pair that does not count (in it our loader keeps its compiled code, as at the first start of every headless program of ours): spawn → state at the head of a real Apache Kafka 4.3.1 ' +
      'broker on loopback (one partition, uncompacted). Ours reads all four topics and folds occurrences; the peer is a ' +
      'kafkajs consumer (eachBatch, a group of its own) that decodes the same records into a Map. The digests of both ' +
      'answers are equal in every run, or the bench fails.',
    figures,
    notes: ['kcat reads the same records with its checksum test on and decodes nothing.'],
  };
}

async function pairUp(
  children: Paths,
  bootstrap: string,
  registry: string,
  size: (typeof SIZES)[number],
): Promise<Figure[]> {
  const ours: MeasuredRun[] = [];
  const peers: MeasuredRun[] = [];
  const kcat: number[] = [];
  for (let pair = 0; pair <= size.pairs; pair += 1) {
    const [own, peer] = await onePair(children, bootstrap, registry, size.records);
    const c = await timeProgram('kcat', [
      '-C',
      '-e',
      '-q',
      '-b',
      bootstrap,
      '-t',
      ACTIVE_ALARMS,
      '-X',
      'check.crcs=true',
    ]);
    if (pair === 0) continue;
    ours.push(own);
    peers.push(peer);
    kcat.push(c);
  }
  const label = size.records.toLocaleString('en');
  const ratios = ours.map((own, index) => own.wallMs / (peers[index]?.wallMs ?? Number.NaN));
  const perRecord = (runs: readonly MeasuredRun[]) =>
    runs.map(({ cpuMs }) => (cpuMs * 1_000) / size.records);
  const walls = (runs: readonly MeasuredRun[]) => runs.map(({ wallMs }) => wallMs);
  return [
    medianFigure(`${label}: ours : kafkajs (join delay 0), wall`, ratios, '×', {
      relation: '≤',
      value: size.withoutDelay,
    }),
    medianFigure(`${label}: ours, wall`, walls(ours), 'ms'),
    medianFigure(`${label}: kafkajs, wall`, walls(peers), 'ms'),
    medianFigure(`${label}: kcat, wall`, kcat, 'ms'),
    medianFigure(`${label}: ours, processor`, perRecord(ours), 'µs/record'),
    medianFigure(`${label}: kafkajs, processor`, perRecord(peers), 'µs/record'),
    medianFigure(
      `${label}: ours, peak memory`,
      ours.map(({ peakMiB }) => peakMiB),
      'MiB',
    ),
    medianFigure(
      `${label}: kafkajs, peak memory`,
      peers.map(({ peakMiB }) => peakMiB),
      'MiB',
    ),
  ];
}

async function pairWithDelay(
  children: Paths,
  bootstrap: string,
  registry: string,
  size: (typeof SIZES)[number],
): Promise<Figure> {
  const ratios: number[] = [];
  for (let pair = 0; pair <= DELAYED_RUNS; pair += 1) {
    const [own, peer] = await onePair(children, bootstrap, registry, size.records);
    if (pair > 0) ratios.push(own.wallMs / peer.wallMs);
  }
  const label = size.records.toLocaleString('en');
  const bound = { relation: '≤', value: size.withDelay } as const;
  return medianFigure(
    `${label}: ours : kafkajs (broker’s default join delay), wall`,
    ratios,
    '×',
    bound,
  );
}

/** Both sides once, their answers compared. */
async function onePair(
  children: Paths,
  bootstrap: string,
  registry: string,
  records: number,
): Promise<readonly [MeasuredRun, MeasuredRun]> {
  const own = await measureChild(process.execPath, [children['read-klaxon'], bootstrap, registry]);
  const peer = await measureChild(process.execPath, [
    children['read-kafkajs'],
    bootstrap,
    registry,
    ACTIVE_ALARMS,
  ]);
  if (own.digest !== peer.digest || own.records !== records || peer.records !== records) {
    throw new Error(`the answers differ: ${JSON.stringify({ own, peer, records })}`);
  }
  return [own, peer];
}
