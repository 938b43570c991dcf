import { describe, expect, it } from 'vitest';
import { compileAvroType } from '../../../../schemas/codecs/avro-type.ts';

/** Writes a value and reads it back. */
function roundTrip(schema: unknown, value: unknown): unknown {
  const type = compileAvroType(JSON.stringify(schema));
  const written = type.ok ? type.value.write(value) : type;
  if (!type.ok || !written.ok) {
    return written.ok ? 'no type' : written.error;
  }
  const read = type.value.read(Buffer.from(written.value), 0, written.value.length);
  return read.ok ? read.value : read.error;
}

describe('longs', () => {
  it.each([
    0,
    -1,
    63,
    64,
    -65,
    2 ** 31,
    2 ** 48 - 1,
    -(2 ** 48),
    2 ** 49,
    253_402_300_800_000,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    2n ** 53n,
    2n ** 53n + 1n,
    -(2n ** 53n) - 1n,
    2n ** 63n - 1n,
    -(2n ** 63n),
  ])('trap §1.7: %s is exact, a number where it can be', (value) => {
    expect(roundTrip('long', value)).toBe(value);
  });

  it.each([1.5, Number.NaN, 2 ** 60, 2n ** 63n, '1', null])('%s is refused', (value) => {
    expect(roundTrip('long', value)).toMatch(/invalid|BigInt/);
  });

  it('in a union keep their branch', () => {
    expect(roundTrip(['null', 'long'], { long: 2n ** 60n })).toEqual({ long: 2n ** 60n });
    expect(roundTrip(['null', 'long'], null)).toBeNull();
  });
});

describe('what a type reads', () => {
  it('a union of records with the full name of its branch', () => {
    const schema = {
      type: 'record',
      name: 'V',
      namespace: 'n',
      fields: [
        {
          name: 'msg',
          type: [
            { type: 'record', name: 'A', fields: [] },
            { type: 'record', name: 'B', fields: [] },
          ],
        },
      ],
    };
    expect(roundTrip(schema, { msg: { 'n.B': {} } })).toEqual({ msg: { 'n.B': {} } });
  });

  it('a schema that names itself', () => {
    const schema = {
      type: 'record',
      name: 'N',
      fields: [{ name: 'next', type: ['null', 'N'], default: null }],
    };
    expect(roundTrip(schema, { next: { N: { next: null } } })).toEqual({
      next: { N: { next: null } },
    });
  });

  it('nothing that the guard refuses, and no value that the schema does not have', () => {
    const type = compileAvroType('{"type":"array","items":"int"}');
    const bomb = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f, 0]);
    expect(type.ok ? type.value.read(bomb, 0, bomb.length) : type).toEqual({
      ok: false,
      error: 'a block claims 2147483647 items where 1 bytes are left',
    });
    expect(type.ok ? type.value.write('x').ok : true).toBe(false);
  });

  it('nested defaults that multiply cost nothing when a schema is learned', () => {
    const levels = Array.from({ length: 12 }, (_, level) => level);
    const schema = levels.reduce<unknown>(
      (inner, level) => ({
        type: 'record',
        name: `R${level + 1}`,
        fields: Array.from({ length: 10 }, (_unused, field) => ({
          name: `f${field}`,
          type: field === 0 ? inner : `R${level}`,
          default: {},
        })),
      }),
      { type: 'record', name: 'R0', fields: [] },
    );
    const type = compileAvroType(JSON.stringify(schema));
    const read = type.ok ? type.value.read(Buffer.alloc(0), 0, 0) : type;
    expect(read).toEqual({ ok: false, error: 'the record holds more than 20000 values' });
  });
});
