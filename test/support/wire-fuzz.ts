import type { LogHeader, LogRecord } from '../../core/ports/alarm-log.ts';
import type { WireDecoder } from '../../schemas/codecs/wire.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { aLogRecord } from '../builders/log-record.ts';
import { mutate, seededRandom } from './mutated-records.ts';
import { readFixtureSchemas, readWireFixtures, type WireFixture } from './wire-fixtures.ts';

/** What became of a run of mutated records. */
export interface FuzzReport {
  readonly records: number;
  /** Decoded, rightly or wrongly: a mutation may leave a record that is a record. */
  readonly events: number;
  readonly undecodable: number;
  /** Of the undecodable ones: those whose key still names an alarm. */
  readonly named: number;
  readonly thrown: readonly string[];
  /** Milliseconds of the longest decode: pauses of the machine and of the heap are in it. */
  readonly slowestMs: number;
  /** The longest of those over a millisecond when decoded three times more, taking the best: what the bytes themselves cost. */
  readonly slowestAgainMs: number;
  /** Growth of the heap over the run, in megabytes. */
  readonly grownMb: number;
}

/** Sends `count` mutated fixtures through one decoder whose registry knows the fixtures' ids and no other. */
export function fuzzDecoder(count: number, seed: number): FuzzReport {
  const decoder = createWireDecoder();
  for (const item of readFixtureSchemas()) {
    decoder.learnSchema(item.id, item.schema);
  }
  const fixtures = readWireFixtures();
  const random = seededRandom(seed);
  const tally = { events: 0, undecodable: 0, named: 0, slowestMs: 0, slowestAgainMs: 0 };
  const thrown: string[] = [];
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < count; index += 1) {
    const fixture = fixtures[index % fixtures.length];
    if (fixture !== undefined) {
      decodeOne(decoder, mutateRecord(fixture, random), tally, thrown);
    }
  }
  const grownMb = (process.memoryUsage().heapUsed - before) / 1e6;
  return { records: count, ...tally, thrown, grownMb };
}

interface Tally {
  events: number;
  undecodable: number;
  named: number;
  slowestMs: number;
  slowestAgainMs: number;
}

type RawRecord = Pick<WireFixture, 'topic' | 'key' | 'value'> & {
  readonly headers: readonly LogHeader[];
};

function mutateRecord(fixture: WireFixture, random: () => number): RawRecord {
  const { topic, key, value } = fixture;
  const which = random();
  return {
    topic,
    key: which < 0.3 ? mutate(key, random) : key,
    value: value !== null && which > 0.2 ? mutate(value, random) : value,
    headers: random() < 0.1 ? brokenHeaders(random) : fixture.headers,
  };
}

function brokenHeaders(random: () => number): readonly LogHeader[] {
  const names = ['user', 'producer', 'host', 'answers', 'user', '', 'trace'];
  return names
    .filter(() => random() < 0.5)
    .map((name) => ({
      name,
      value: random() < 0.2 ? null : mutate(Buffer.from('active-alarms/0/12'), random),
    }));
}

function decodeOne(decoder: WireDecoder, raw: RawRecord, tally: Tally, thrown: string[]): void {
  const record = aLogRecord(raw);
  const start = performance.now();
  try {
    let outcome = decoder.decode(record, true);
    for (let asked = 0; outcome.outcome === 'schemaNeeded' && asked < 2; asked += 1) {
      for (const id of outcome.schemaIds) decoder.rejectSchema(id, 'no such schema');
      outcome = decoder.decode(record, true);
    }
    tally.events += outcome.outcome === 'event' ? 1 : 0;
    tally.undecodable += outcome.outcome === 'undecodable' ? 1 : 0;
    tally.named += outcome.outcome === 'undecodable' && outcome.event !== undefined ? 1 : 0;
  } catch (cause) {
    thrown.push(String(cause));
  }
  const tookMs = performance.now() - start;
  tally.slowestMs = Math.max(tally.slowestMs, tookMs);
  if (tookMs > 1) {
    tally.slowestAgainMs = Math.max(tally.slowestAgainMs, bestOfThree(decoder, record));
  }
}

function bestOfThree(decoder: WireDecoder, record: LogRecord): number {
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    decoder.decode(record, true);
    return performance.now() - start;
  });
  return Math.min(...times);
}
