import { describe, expect, it } from 'vitest';
import { SEED_0_V2 } from '../../../../schemas/avro/seed-0-v2.ts';
import { fitJson, jsonText, plainValue } from '../../../../schemas/codecs/avro-json.ts';
import { compileAvroType } from '../../../../schemas/codecs/avro-type.ts';

function typeOf(schema: unknown) {
  const type = compileAvroType(JSON.stringify(schema));
  if (!type.ok) throw new Error(type.error);
  return type.value;
}

function parsed(json: string): object {
  const value: unknown = JSON.parse(json);
  return Object(value);
}

const registered = typeOf(SEED_0_V2['registered-alarms-value']);
const VALUE = {
  producer: { 'org.jlab.kafka.alarms.DirectCAAlarm': { pv: 'p' } },
  location: 'L1',
  category: 'Gun',
  maxshelvedduration: { int: 60 },
  latching: true,
  docurl: 'd',
  edmpath: 'e',
};

describe('JSON that becomes Avro', () => {
  it('takes Avro’s own JSON, short names of branches, and bare values', () => {
    const own = fitJson(registered.schema, VALUE);
    expect(own).toEqual({ ok: true, value: VALUE });
    const short = fitJson(registered.schema, {
      ...VALUE,
      producer: { DirectCAAlarm: { pv: 'p' } },
    });
    expect(short).toEqual(own);
    const bare = fitJson(registered.schema, {
      ...VALUE,
      producer: { pv: 'p' },
      maxshelvedduration: 60,
    });
    expect(bare).toEqual(own);
  });

  it('leaves a field with a default out, and writes it', () => {
    const { latching: _latching, maxshelvedduration: _limit, ...rest } = VALUE;
    const fitted = fitJson(registered.schema, rest);
    expect(fitted).toEqual({ ok: true, value: rest });
    expect(fitted.ok && registered.write(fitted.value)).toMatchObject({ ok: true });
  });

  it.each([
    [{ ...VALUE, location: 'XX' }, 'location "XX" is not registered; choose one of: S1D'],
    [{ ...VALUE, extra: 1 }, 'extra cannot be written: the registered schema has no such field'],
    [
      { ...VALUE, ...parsed('{"__proto__":1}') },
      '__proto__ cannot be written: the registered schema has no such field',
    ],
    [
      { ...VALUE, producer: parsed('{"__proto__":{"pv":"p"}}') },
      '__proto__ cannot be written: the registered schema has no such field',
    ],
    [{ ...VALUE, docurl: undefined }, 'docurl cannot be written: it is missing; give it'],
    [{ ...VALUE, latching: 'yes' }, 'latching cannot be written'],
    [{ ...VALUE, producer: { other: 1 } }, 'other cannot be written'],
    [7, 'The value cannot be written: the registered schema wants an object'],
  ])('refuses %j', (json, sentence) => {
    expect(fitJson(registered.schema, json)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining(sentence) },
    });
  });
});

describe('Avro that becomes plain', () => {
  it('loses the names of branches', () => {
    expect(plainValue(registered.schema, VALUE)).toEqual({
      ...VALUE,
      producer: { pv: 'p' },
      maxshelvedduration: 60,
    });
  });

  it('is JSON with every digit of a long', () => {
    expect(jsonText({ a: 9_007_199_254_740_993n, b: [null, 'x'], c: undefined })).toBe(
      '{"a":9007199254740993,"b":[null,"x"]}',
    );
  });
});
