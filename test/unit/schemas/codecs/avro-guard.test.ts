import { describe, expect, it } from 'vitest';
import {
  compileAvroGuard,
  MAX_DEPTH,
  MAX_EMPTY_ITEMS,
  MAX_STEPS,
} from '../../../../schemas/codecs/avro-guard.ts';
import { parseAvroSchema } from '../../../../schemas/codecs/avro-schema.ts';

/** What the guard says of bytes in a schema; null = one record of it. */
function check(schema: unknown, bytes: readonly number[] | Buffer): string | null {
  const parsed = parseAvroSchema(JSON.stringify(schema));
  if (!parsed.ok) {
    throw new Error(parsed.error);
  }
  const padded = Buffer.concat([
    Buffer.from([0xff]),
    Buffer.from(bytes),
    Buffer.from([0x02, 0x02]),
  ]);
  return compileAvroGuard(parsed.value)(padded, 1, 1 + bytes.length);
}

const CYCLIC = {
  type: 'record',
  name: 'Node',
  fields: [{ name: 'next', type: ['null', 'Node'] }],
};
const ENDLESS = { type: 'record', name: 'Ring', fields: [{ name: 'self', type: 'Ring' }] };
const EMPTY = { type: 'record', name: 'Empty', fields: [] };

describe('what is a record', () => {
  it.each([
    ['null', [], 'null'],
    ['boolean', [1], 'boolean'],
    ['int', [0xff, 0xff, 0xff, 0xff, 0x0f], 'int'],
    ['long', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], 'long'],
    ['float', [0, 0, 0, 0], 'float'],
    ['double', [0, 0, 0, 0, 0, 0, 0, 0], 'double'],
    ['bytes', [4, 0xff, 0xfe], 'bytes'],
    ['string', [8, 0xc3, 0xa9, 0x20, 0x78], 'string'],
    ['fixed', [1, 2, 3], { type: 'fixed', name: 'F', size: 3 }],
    ['enum', [2], { type: 'enum', name: 'E', symbols: ['A', 'B'] }],
    ['union', [2, 1], ['null', 'boolean']],
    ['array', [4, 2, 4, 0], { type: 'array', items: 'int' }],
    ['array with a measured block', [3, 4, 2, 4, 0], { type: 'array', items: 'int' }],
    ['map', [2, 2, 0x61, 2, 0], { type: 'map', values: 'int' }],
    ['chain', [2, 2, 0], CYCLIC],
  ])('%s', (_name, bytes, schema) => {
    expect(check(schema, bytes)).toBeNull();
  });
});

describe('what is refused', () => {
  const FORGED = [0xfe, 0xff, 0xff, 0xff, 0x0f];
  it.each([
    [
      'six bytes that claim 2^31-1 items',
      [...FORGED, 0],
      { type: 'array', items: 'int' },
      'claims 2147483647 items',
    ],
    [
      'a map that claims 2^31-1 entries',
      [...FORGED, 0],
      { type: 'map', values: 'int' },
      'claims 2147483647 items',
    ],
    [
      'a measured block that claims too many',
      [0xfd, 0xff, 0xff, 0xff, 0x0f, 2, 0, 0],
      { type: 'array', items: 'int' },
      'claims',
    ],
    [
      'empty items beyond the bound',
      [0x82, 0x04, 0],
      { type: 'array', items: 'null' },
      `${MAX_EMPTY_ITEMS + 1} items`,
    ],
    [
      'empty records beyond the bound',
      [0x82, 0x04, 0],
      { type: 'array', items: EMPTY },
      `${MAX_EMPTY_ITEMS + 1} items`,
    ],
    [
      'a block that is not as long as it says',
      [3, 6, 2, 4, 0, 0],
      { type: 'array', items: 'int' },
      'not as long as it claims',
    ],
    ['a text longer than the record', [0x7e, 0x61], 'string', 'claims 63 bytes where 1 are left'],
    ['a text of negative length', [1, 0x61], 'string', 'claims -1 bytes'],
    [
      'bytes longer than the record',
      [0xfe, 0xff, 0xff, 0xff, 0x0f, 1],
      'bytes',
      'claims 2147483647 bytes',
    ],
    ['a text that is not UTF-8', [4, 0xc3, 0x28], 'string', 'not UTF-8'],
    ['a branch that does not exist', [4], ['null', 'int'], 'branch 2 of a union of 2'],
    ['a negative branch', [1], ['null', 'int'], 'branch -1'],
    [
      'a symbol that does not exist',
      [4],
      { type: 'enum', name: 'E', symbols: ['A', 'B'] },
      'symbol 2',
    ],
    ['an int of six bytes', [0x80, 0x80, 0x80, 0x80, 0x80, 0], 'int', 'longer than its type'],
    ['an int above 32 bits', [0xff, 0xff, 0xff, 0xff, 0x10], 'int', 'larger than its type'],
    [
      'a long of eleven bytes',
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0],
      'long',
      'longer than its type',
    ],
    [
      'a long above 64 bits',
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],
      'long',
      'larger than its type',
    ],
    ['a boolean of 2', [2], 'boolean', 'neither 0 nor 1'],
    ['a boolean that is not there', [], 'boolean', 'end before'],
    ['a number that is cut', [0x80], 'int', 'end within a number'],
    ['a number that is not there', [], 'int', 'end within a value'],
    ['a double that is cut', [0, 0], 'double', 'end within a value'],
    [
      'a fixed that is cut',
      [0],
      { type: 'fixed', name: 'F', size: 2_000_000_000 },
      'end within a value',
    ],
    ['bytes that are left over', [1, 9], 'boolean', '1 bytes are left over'],
    ['a record of itself without end', [], ENDLESS, `nested deeper than ${MAX_DEPTH}`],
    ['a chain deeper than the bound', Array.from({ length: 60 }, () => 2), CYCLIC, 'nested deeper'],
  ])('%s', (_name, bytes, schema, reason) => {
    expect(check(schema, bytes)).toContain(reason);
  });

  it('records that multiply themselves without a byte', () => {
    const levels = Array.from({ length: 9 }, (_, level) => ({
      type: 'record',
      name: `R${level + 1}`,
      fields: Array.from({ length: 10 }, (_unused, field) => ({
        name: `f${field}`,
        type: `R${level}`,
      })),
    }));
    const nested = levels.reduce<unknown>(
      (inner, level) => ({
        ...level,
        fields: level.fields.map((field, index) =>
          index === 0 ? { ...field, type: inner } : field,
        ),
      }),
      { ...EMPTY, name: 'R0' },
    );
    expect(check(nested, [])).toBe(`the record holds more than ${MAX_STEPS} values`);
  });

  it('arrays in arrays deeper than the bound', () => {
    let schema: unknown = 'int';
    for (let depth = 0; depth < 40; depth += 1) {
      schema = { type: 'array', items: schema };
    }
    expect(check(schema, Buffer.alloc(100, 2))).toContain('nested deeper');
  });
});
