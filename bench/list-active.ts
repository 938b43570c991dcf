import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import { alarmName } from '../core/lib/alarm-name.ts';
import { epochMs } from '../core/lib/units.ts';
import { ACTIVE_ALARMS } from '../schemas/topics.ts';
import { bundleCli } from '../scripts/build/bundle-cli.mjs';
import { startBroker } from '../test/support/kafka-broker.ts';
import { startRegistry } from '../test/support/schema-registry.ts';
import { makeTopicsAnew, registeredEncoder } from './support/fill-topics.ts';
import { timeProgram } from './support/measured-child.ts';
import { type Bench, type BenchReport, medianFigure } from './support/report.ts';

const OUT = join(import.meta.dirname, '..', 'out', 'bench-cli');
const ALARMS = 100_000;
const PAIRS = 9;
const BATCH = 5_000;
const IDENTITY = { user: 'plant', producer: 'bench', host: 'localhost' };

/** `klaxon list-active` from its start to its end, beside kcat. */
export const listActive: Bench = { name: 'klaxon list-active', run };

async function run(): Promise<BenchReport> {
  const klaxon = await bundleCli(OUT);
  const [broker, registry] = await Promise.all([startBroker({ heapMiB: 1_024 }), startRegistry()]);
  try {
    await makeTopicsAnew(broker.bootstrap);
    await fill(broker.bootstrap, registry.url);
    const where = ['--bootstrap-servers', broker.bootstrap, '--registry', registry.url];
    const ours = [klaxon, 'list-active', ...where];
    const theirs = ['-C', '-e', '-q', '-b', broker.bootstrap, '-t', ACTIVE_ALARMS];
    await compareAnswers(ours, theirs);
    const walls: { ours: number; kcat: number }[] = [];
    for (let pair = 0; pair <= PAIRS; pair += 1) {
      const own = await timeProgram(process.execPath, ours);
      const kcat = await timeProgram('kcat', theirs);
      if (pair > 0) walls.push({ ours: own, kcat });
    }
    const ratios = walls.map((one) => one.ours / one.kcat);
    return {
      name: listActive.name,
      method:
        'Whole processes, A B A B after one pair that does not count, output thrown away: spawn → exit, on a real Apache Kafka 4.3.1 broker on loopback with 100,000 alarms, one record each. Ours decodes each record by its schema and prints the seeds’ line; kcat prints the bytes. That ours prints every alarm that kcat reads, once, is checked before.',
      figures: [
        medianFigure('100,000 alarms: ours : kcat, wall', ratios, '×', {
          relation: '≤',
          value: 1.5,
        }),
        medianFigure(
          '100,000 alarms: ours, wall',
          walls.map((one) => one.ours),
          'ms',
        ),
        medianFigure(
          '100,000 alarms: kcat, wall',
          walls.map((one) => one.kcat),
          'ms',
        ),
      ],
      notes: [],
    };
  } finally {
    await Promise.all([broker.stop(), registry.stop()]);
  }
}

async function fill(bootstrap: string, registry: string): Promise<void> {
  const encoder = await registeredEncoder(registry);
  const kafka = new Kafka({ clientId: 'bench', brokers: [bootstrap], logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  const startedAt = epochMs(Date.now() - ALARMS);
  for (let from = 0; from < ALARMS; from += BATCH) {
    const messages = Array.from({ length: BATCH }, (_, at) => {
      const index = from + at;
      const fact = { fact: 'epicsChanged', severity: 'MAJOR', status: 'HIHI' } as const;
      const order = { name: alarmName(nameOf(index)), fact };
      const encoded = encoder.encode(order, IDENTITY, epochMs(startedAt + index));
      if (!encoded.ok) throw new Error(encoded.error.message);
      const { key, value, headers } = encoded.value;
      return {
        key: Buffer.from(key),
        value: value === null ? null : Buffer.from(value),
        timestamp: String(startedAt + index),
        headers: Object.fromEntries(headers.map((one) => [one.name, Buffer.from(one.value)])),
      };
    });
    await producer.send({ topic: ACTIVE_ALARMS, messages, acks: -1 });
  }
  await producer.disconnect();
}

function nameOf(index: number): string {
  return `ALARM${String(index).padStart(7, '0')}`;
}

/** Both must name every alarm once, in the order of the log. */
async function compareAnswers(ours: readonly string[], theirs: readonly string[]): Promise<void> {
  const options = { maxBuffer: 1 << 28 };
  const own = await promisify(execFile)(process.execPath, [...ours], options);
  const kcat = await promisify(execFile)('kcat', [...theirs, '-f', '%k\\n'], options);
  const names = (text: string) => text.match(/ALARM\d{7}/g)?.join() ?? '';
  const wanted = Array.from({ length: ALARMS }, (_, index) => nameOf(index)).join();
  if (names(own.stdout) !== wanted || names(kcat.stdout) !== wanted) {
    throw new Error('ours and kcat do not name the same alarms');
  }
  if (!own.stdout.includes("= {'msg': {'sevr': 'MAJOR', 'stat': 'HIHI'}}\n")) {
    throw new Error('ours does not print what the records say');
  }
}
