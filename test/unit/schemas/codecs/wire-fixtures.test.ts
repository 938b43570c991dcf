import { describe, expect, it } from 'vitest';
import { isObject } from '../../../../core/lib/is-object.ts';
import { failure } from '../../../../core/lib/result.ts';
import { type AvroSchema, shortName } from '../../../../schemas/codecs/avro-schema.ts';
import { type AvroType, compileAvroType } from '../../../../schemas/codecs/avro-type.ts';
import { FRAME_BYTES, frame, frameIdOf } from '../../../../schemas/codecs/frame.ts';
import { createWireDecoder } from '../../../../schemas/codecs/wire-decoder.ts';
import { createWireEncoder } from '../../../../schemas/codecs/wire-encoder.ts';
import { aLogRecord } from '../../../builders/log-record.ts';
import { readFixtureSchemas, readWireFixtures } from '../../../support/wire-fixtures.ts';

const schemas = readFixtureSchemas();
const fixtures = readWireFixtures();
const types = new Map(schemas.map((item) => [item.id, compileAvroType(item.schema)]));
const OPERATOR = { user: 'ops', producer: 'klaxon-console', host: 'console-7' };

describe('records that another language wrote', () => {
  it('are enough of them, in both generations', () => {
    expect(fixtures.length).toBeGreaterThan(0);
    expect(new Set(fixtures.map((item) => item.generation)).size).toBeGreaterThan(1);
  });

  it('decode to the values that they were made from', () => {
    const read = fixtures.map((item) => ({
      key: readKey(item.topic, item.key),
      value: item.value === null ? null : readFramed(item.value),
    }));
    const expected = fixtures.map((item) => ({ key: item.expectedKey, value: item.expectedValue }));
    expect(read).toEqual(expected);
  });

  it('encode from those values to the same bytes', () => {
    const written = fixtures.map((item) => ({
      key: item.topic === 'active-alarms' ? rewrite(item.key, item.expectedKey) : item.expectedKey,
      value: item.value === null ? null : rewrite(item.value, item.expectedValue),
    }));
    const expected = fixtures.map((item) => ({
      key: item.topic === 'active-alarms' ? item.key.toString('hex') : item.key.toString('utf8'),
      value: item.value?.toString('hex') ?? null,
    }));
    expect(written).toEqual(expected);
  });

  it('all end in domain events of the alarm and slot that the key names', () => {
    const decoder = createWireDecoder();
    for (const item of schemas) {
      decoder.learnSchema(item.id, item.schema);
    }
    const outcomes = fixtures.map((item) => {
      const outcome = decoder.decode(aLogRecord(item), true);
      return outcome.outcome === 'event'
        ? `${outcome.event.name} ${outcome.event.fact.fact}`
        : `${outcome.outcome} ${JSON.stringify(outcome)}`;
    });
    expect(outcomes).toEqual(fixtures.map((item) => `${nameOf(item.expectedKey)} ${factOf(item)}`));
  });

  it.each(['v1', 'v2'])('written anew by our encoder in %s are the same bytes', (generation) => {
    const decoder = createWireDecoder();
    const versions: Record<string, { id: number; version: number; schema: string }[]> = {};
    for (const item of schemas) {
      decoder.learnSchema(item.id, item.schema);
      if (item.generation === generation) {
        versions[item.subject] = [{ id: item.id, version: 1, schema: item.schema }];
      }
    }
    const encoder = createWireEncoder(versions);
    const ours = fixtures.filter((item) => item.generation === generation && isCanonical(item));
    const written = ours.map((item) => {
      const outcome = decoder.decode(aLogRecord(item), true);
      const event = outcome.outcome === 'event' ? outcome.event : undefined;
      const append =
        event === undefined || event.fact.fact === 'undecodable'
          ? failure('no event')
          : encoder.encode({ name: event.name, fact: event.fact }, OPERATOR, event.mark.writtenAt);
      return append.ok
        ? [Buffer.from(append.value.key).toString('hex'), hex(append.value.value)]
        : append.error;
    });
    expect(ours.length).toBeGreaterThan(100);
    expect(written).toEqual(ours.map((item) => [item.key.toString('hex'), hex(item.value)]));
  });
});

/** Whether we would write it so: no tombstone where the generation has a value for it, no Ack in the branch Alarming. */
function isCanonical(item: (typeof fixtures)[number]): boolean {
  const key = item.expectedKey;
  const type = isObject(key) && typeof key['type'] === 'string' ? key['type'] : undefined;
  if (item.isTombstone) {
    return type === undefined || (item.generation === 'v2' && !type.includes('EPICS'));
  }
  const branch = isObject(item.expectedValue) ? item.expectedValue['msg'] : undefined;
  return type === undefined || (isObject(branch) && type in branch);
}

function hex(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('hex');
}

function nameOf(key: unknown): string {
  return isObject(key) ? String(key['name']) : String(key);
}

function factOf(item: (typeof fixtures)[number]): string {
  const type = isObject(item.expectedKey) ? String(item.expectedKey['type']) : item.topic;
  const facts: Record<string, readonly [string, string]> = {
    Alarming: ['simpleChanged', 'simpleChanged'],
    Ack: ['simpleAcknowledged', 'simpleAcknowledged'],
    AlarmingEPICS: ['epicsChanged', 'epicsChanged'],
    AckEPICS: ['epicsAcknowledged', 'epicsAcknowledged'],
    'registered-alarms': ['registered', 'unregistered'],
    'shelved-alarms': ['shelved', 'unshelved'],
  };
  return facts[type]?.[item.isTombstone ? 1 : 0] ?? 'unknown';
}

function readKey(topic: string, key: Buffer): unknown {
  return topic === 'active-alarms' ? readFramed(key) : key.toString('utf8');
}

function typeOf(bytes: Buffer): AvroType {
  const type = types.get(frameIdOf(bytes, 0, bytes.length));
  if (type?.ok !== true) {
    throw new Error(`no schema for ${bytes.toString('hex')}`);
  }
  return type.value;
}

function readFramed(bytes: Buffer): unknown {
  const read = typeOf(bytes).read(bytes, FRAME_BYTES, bytes.length);
  return read.ok ? plain(read.value) : read.error;
}

function rewrite(bytes: Buffer, value: unknown): string {
  const type = typeOf(bytes);
  const payload = type.write(wrap(type.schema, value));
  return payload.ok
    ? Buffer.from(frame(frameIdOf(bytes, 0, bytes.length), payload.value)).toString('hex')
    : payload.error;
}

const SCALARS = new Set(['int', 'long', 'string', 'boolean', 'null']);

/** avsc's value in the fixtures' words: record branches by their short names, scalars of a union bare. */
function plain(value: unknown): unknown {
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && SCALARS.has(first[0])) {
    return first[1];
  }
  return Object.fromEntries(entries.map(([name, item]) => [shortName(name), plain(item)]));
}

/** The fixtures' value as avsc takes it. */
function wrap(schema: AvroSchema, value: unknown): unknown {
  if (schema.kind === 'record' && isObject(value)) {
    return Object.fromEntries(
      schema.fields.map((field) => [field.name, wrap(field.type, value[field.name])]),
    );
  }
  if (schema.kind !== 'union' || value === null) {
    return value;
  }
  const record = isObject(value) ? Object.entries(value)[0] : undefined;
  for (const branch of schema.branches) {
    if (record === undefined && branch.kind !== 'null' && branch.kind !== 'record') {
      return { [branch.kind]: value };
    }
    if (record !== undefined && branch.kind === 'record' && shortName(branch.name) === record[0]) {
      return { [branch.name]: wrap(branch, record[1]) };
    }
  }
  return value;
}
