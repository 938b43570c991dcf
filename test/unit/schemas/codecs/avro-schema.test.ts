import { describe, expect, it } from 'vitest';
import { MAX_SCHEMA_CHARS, parseAvroSchema } from '../../../../schemas/codecs/avro-schema.ts';

function parse(text: string): unknown {
  const parsed = parseAvroSchema(text);
  return parsed.ok ? parsed.value : parsed.error;
}

function record(fields: string, more = ''): string {
  return `{"type":"record","name":"R"${more},"fields":[${fields}]}`;
}

const FIELD_OF_ENUM =
  '{"name":"a","type":{"type":"enum","name":"E","symbols":["A"]},"default":"A"}';
const FIELD_OF_FIXED = '{"name":"c","type":{"type":"fixed","name":"x.F","size":2}}';
const OPTIONAL_FIXED = '{"name":"d","type":["null","x.F"],"default":null}';

describe('a schema that is read', () => {
  it('trap §1.1: with `logicalType` on the field, where Avro ignores it', () => {
    const field = '{"name":"expiration","type":"long","logicalType":"timestamp-millis"}';
    expect(parse(record(field, ',"namespace":"a.b"'))).toEqual({
      kind: 'record',
      name: 'a.b.R',
      fields: [{ name: 'expiration', type: { kind: 'long' } }],
    });
  });

  it.each(['"string"', 'string', ' "string" ', '{"type":"string"}', '{"type":{"type":"string"}}'])(
    'a primitive as %s',
    (text) => {
      expect(parse(text)).toEqual({ kind: 'string' });
    },
  );

  it('with names of the enclosing namespace, of another, and with defaults', () => {
    const fields = [FIELD_OF_ENUM, '{"name":"b","type":"E"}', FIELD_OF_FIXED, OPTIONAL_FIXED];
    const parsedEnum = { kind: 'enum', name: 'n.E', symbols: ['A'] };
    const parsedFixed = { kind: 'fixed', name: 'x.F', size: 2 };
    const optional = { kind: 'union', branches: [{ kind: 'null' }, parsedFixed] };
    expect(parse(record(fields.join(','), ',"namespace":"n"'))).toEqual({
      kind: 'record',
      name: 'n.R',
      fields: [
        { name: 'a', type: parsedEnum, fallback: { json: 'A' } },
        { name: 'b', type: parsedEnum },
        { name: 'c', type: parsedFixed },
        { name: 'd', type: optional, fallback: { json: null } },
      ],
    });
  });

  it('that names itself, as the same object', () => {
    const parsed = parseAvroSchema(record('{"name":"next","type":["null","R"]}'));
    const read = parsed.ok && parsed.value.kind === 'record' ? parsed.value : undefined;
    const next = read?.fields[0]?.type;
    expect(next?.kind === 'union' ? next.branches[1] : undefined).toBe(read);
  });
});

describe('a schema that is refused', () => {
  it.each([
    ['too long', `"${'x'.repeat(MAX_SCHEMA_CHARS)}"`, 'longer than'],
    ['not JSON', '{"type":', 'not JSON'],
    ['a number', '7', 'something that is no type'],
    ['nothing', '', 'not JSON'],
    ['an object without a type', '{}', 'no type'],
    ['an unknown name', '"Unknown"', 'unknown type "Unknown"'],
    ['an empty union', '[]', 'empty'],
    ['a union in a union', '["int",["null"]]', 'holds a union'],
    ['a record without fields', '{"type":"record","name":"R"}', 'has no fields'],
    ['a record without a name', '{"type":"record","fields":[]}', 'without a usable name'],
    ['a record named as a primitive', '{"type":"record","name":"int","fields":[]}', 'usable name'],
    ['a field without a name', record('{"type":"int"}'), 'without a usable name'],
    ['a field twice', record('{"name":"a","type":"int"},{"name":"a","type":"int"}'), 'twice'],
    ['a field that would be a prototype', record('{"name":"__proto__","type":"int"}'), 'usable'],
    ['code for a field', record('{"name":"a;process.exit()","type":"int"}'), 'usable name'],
    [
      'a name that is defined twice',
      record(FIELD_OF_ENUM + FIELD_OF_ENUM.replace('{"name":"a"', ',{"name":"b"')),
      'defines "E" twice',
    ],
    [
      'trap §1.5: symbols with spaces',
      '{"type":"enum","name":"E","symbols":["Stale Alarm"]}',
      'Avro does not allow: "Stale Alarm"',
    ],
    ['symbols that are none', '{"type":"enum","name":"E","symbols":[1]}', 'no list of symbols'],
    ['a size below 0', '{"type":"fixed","name":"F","size":-1}', 'no size'],
    [
      'too many symbols',
      `{"type":"enum","name":"E","symbols":[${'"A",'.repeat(4001)}"A"]}`,
      'more than 4000 symbols',
    ],
    [
      'nested too deep',
      `${'{"type":"array","items":'.repeat(60)}"int"${'}'.repeat(60)}`,
      'nested deeper',
    ],
    ['too many types', `[${'"int",'.repeat(500)}"int"]`, 'more than 400 types'],
  ])('%s', (_name, text, reason) => {
    expect(parse(text)).toContain(reason);
  });
});
