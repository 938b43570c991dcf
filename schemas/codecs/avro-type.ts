import type { Buffer } from 'node:buffer';
import type { Type } from 'avsc';
import avscTypes from 'avsc/lib/types.js';
import { assertNever } from '../../core/lib/invariant.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { compileAvroGuard } from './avro-guard.ts';
import { EXACT_LONG } from './avro-long.ts';
import { type AvroField, type AvroSchema, parseAvroSchema } from './avro-schema.ts';

/**
 * One schema, ready to read and write. Values are avsc's: a record is an object, a union is null or
 * `{'full.branch.Name': value}`, a long is a number where that is exact and a BigInt beyond.
 */
export interface AvroType {
  readonly schema: AvroSchema;
  /** Why a range is not one record of the schema; null where it is. */
  check(bytes: Uint8Array, start: number, end: number): string | null;
  /** Reads one record that fills the range; answers the reason where it does not. Never throws. */
  read(bytes: Buffer, start: number, end: number): Result<unknown, string>;
  /** Writes a value; answers the reason where it is not one of the schema. Never throws. */
  write(value: unknown): Result<Uint8Array, string>;
}

/**
 * Compiles a schema's text; answers the reason where it cannot be used. Never throws.
 * avsc's part is built when the first value is read or written: most schemas that are learned by mistake never need it.
 */
export function compileAvroType(text: string): Result<AvroType, string> {
  const parsed = parseAvroSchema(text);
  if (!parsed.ok) {
    return parsed;
  }
  const schema = parsed.value;
  const guard = compileAvroGuard(schema);
  let reader: Result<Type, string> | undefined;
  let writer: Result<Type, string> | undefined;
  return ok({
    schema,
    check: guard,
    read: (bytes, start, end) => {
      const reason = guard(bytes, start, end);
      if (reason !== null) {
        return failure(reason);
      }
      reader ??= buildAvsc(schema, false);
      return reader.ok ? readValue(reader.value, bytes, start, end) : reader;
    },
    write: (value) => {
      writer ??= buildAvsc(schema, true);
      return writer.ok ? writeValue(writer.value, value) : writer;
    },
  });
}

function readValue(type: Type, bytes: Buffer, start: number, end: number): Result<unknown, string> {
  try {
    const read: { value: unknown; offset: number } = type.decode(bytes, start);
    return read.offset === end
      ? ok(read.value)
      : failure('the record ends elsewhere than it should');
  } catch (cause) {
    return failure(`the record cannot be read: ${messageOf(cause)}`);
  }
}

function writeValue(type: Type, value: unknown): Result<Uint8Array, string> {
  try {
    return ok(type.toBuffer(value));
  } catch (cause) {
    return failure(messageOf(cause));
  }
}

/**
 * Defaults are for writing only: avsc builds each default when it compiles, and nested defaults of nested records
 * can be made to take for ever. What is read needs none, since we read by the writer's own schema.
 */
function buildAvsc(schema: AvroSchema, withDefaults: boolean): Result<Type, string> {
  const json = plainJson(schema, withDefaults, new Set());
  if (!isAvscSchema(json)) {
    return failure('the schema cannot be used');
  }
  try {
    return ok(
      avscTypes.Type.forSchema(json, {
        wrapUnions: 'always',
        omitRecordMethods: true,
        registry: { long: EXACT_LONG },
      }),
    );
  } catch (cause) {
    return failure(`the schema cannot be used: ${messageOf(cause)}`);
  }
}

/** The schema as avsc wants it: full names, each defined once. */
function plainJson(schema: AvroSchema, withDefaults: boolean, defined: Set<string>): unknown {
  switch (schema.kind) {
    case 'union':
      return schema.branches.map((branch) => plainJson(branch, withDefaults, defined));
    case 'array':
      return { type: 'array', items: plainJson(schema.items, withDefaults, defined) };
    case 'map':
      return { type: 'map', values: plainJson(schema.values, withDefaults, defined) };
    case 'enum':
    case 'fixed':
    case 'record':
      return plainNamed(schema, withDefaults, defined);
    case 'null':
    case 'boolean':
    case 'int':
    case 'long':
    case 'float':
    case 'double':
    case 'bytes':
    case 'string':
      return schema.kind;
    default:
      return assertNever(schema);
  }
}

function plainNamed(
  schema: Extract<AvroSchema, { readonly name: string }>,
  withDefaults: boolean,
  defined: Set<string>,
): unknown {
  if (defined.has(schema.name)) {
    return schema.name;
  }
  defined.add(schema.name);
  switch (schema.kind) {
    case 'enum':
      return { type: 'enum', name: schema.name, symbols: [...schema.symbols] };
    case 'fixed':
      return { type: 'fixed', name: schema.name, size: schema.size };
    case 'record':
      return {
        type: 'record',
        name: schema.name,
        fields: schema.fields.map((field) => plainField(field, withDefaults, defined)),
      };
    default:
      return assertNever(schema);
  }
}

function plainField(field: AvroField, withDefaults: boolean, defined: Set<string>): unknown {
  const plain = { name: field.name, type: plainJson(field.type, withDefaults, defined) };
  return withDefaults && field.fallback !== undefined
    ? { ...plain, default: field.fallback.json }
    : plain;
}

type AvscSchema = Parameters<typeof avscTypes.Type.forSchema>[0];

/** What `plainJson` makes is what avsc takes; its own type cannot say that of an array of schemas. */
function isAvscSchema(json: unknown): json is AvscSchema {
  return typeof json === 'string' || (typeof json === 'object' && json !== null);
}

function messageOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
}
