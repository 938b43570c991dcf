import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One record that other people's software wrote: its bytes, and what they say. */
export interface WireFixture {
  readonly topic: string;
  readonly key: Buffer;
  readonly value: Buffer | null;
  readonly headers: readonly { readonly name: string; readonly value: Buffer }[];
  readonly timestampMs: number;
  readonly generation: string;
  readonly expectedKey: unknown;
  readonly expectedValue: unknown;
  readonly isTombstone: boolean;
}

/** A schema as the registry of those records answers it. */
export interface FixtureSchema {
  readonly id: number;
  readonly subject: string;
  readonly generation: string;
  readonly schema: string;
}

/** The folder of the fixtures: our own copy, or another of the same form named by `WIRE_FIXTURES`. */
export function fixtureFolder(): string {
  return process.env['WIRE_FIXTURES'] ?? join(import.meta.dirname, '../fixtures/wire');
}

/** All records of the folder, in their order. */
export function readWireFixtures(): readonly WireFixture[] {
  const expected = readLines('expected.jsonl').map((line) => EXPECTED.parse(line));
  return readLines('records.jsonl').map((line, index) => {
    const record = RECORD.parse(line);
    const says = EXPECTED.parse(expected[index]);
    return {
      topic: record.topic,
      key: Buffer.from(record.keyHex, 'hex'),
      value: record.valueHex === null ? null : Buffer.from(record.valueHex, 'hex'),
      headers: record.headers.map(([name, hex]) => ({ name, value: Buffer.from(hex, 'hex') })),
      timestampMs: record.timestampMs,
      generation: says.generation,
      expectedKey: says.key,
      expectedValue: says.value,
      isTombstone: says.tombstone,
    };
  });
}

/** All schemas of the folder. */
export function readFixtureSchemas(): readonly FixtureSchema[] {
  const json: unknown = JSON.parse(readFileSync(join(fixtureFolder(), 'schemas.json'), 'utf8'));
  return z
    .array(SCHEMA)
    .parse(json)
    .map((item) => ({ ...item, schema: JSON.stringify(item.schema) }));
}

const RECORD = z.object({
  topic: z.string(),
  keyHex: z.string(),
  valueHex: z.string().nullable(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  timestampMs: z.number(),
});
const EXPECTED = z.object({
  generation: z.string(),
  key: z.unknown(),
  value: z.unknown(),
  tombstone: z.boolean(),
});
const SCHEMA = z.object({
  id: z.number(),
  subject: z.string(),
  generation: z.string(),
  schema: z.unknown(),
});

/** Integers that no JavaScript number holds come as BigInt: they are marked in the text before it is parsed. */
function readLines(file: string): unknown[] {
  return readFileSync(join(fixtureFolder(), file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const marked = line.replaceAll(/("expiration": ?)(-?\d{16,})(?=[,}])/g, '$1"bigint:$2"');
      const json: unknown = JSON.parse(marked, (_key, value: unknown) =>
        typeof value === 'string' && /^bigint:-?\d+$/.test(value)
          ? exact(BigInt(value.slice(7)))
          : value,
      );
      return json;
    });
}

function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
