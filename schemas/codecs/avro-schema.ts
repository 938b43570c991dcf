import { isObject } from '../../core/lib/is-object.ts';
import { type Failure, failure, ok, type Result } from '../../core/lib/result.ts';

/** A parsed schema: names in full, references resolved (so it may be cyclic), logical types dropped. */
export type AvroSchema =
  | AvroPrimitive
  | AvroEnum
  | AvroFixed
  | AvroRecord
  | AvroUnion
  | { readonly kind: 'array'; readonly items: AvroSchema }
  | { readonly kind: 'map'; readonly values: AvroSchema };

export const PRIMITIVES = [
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
] as const;
export interface AvroPrimitive {
  readonly kind: (typeof PRIMITIVES)[number];
}
export interface AvroEnum {
  readonly kind: 'enum';
  readonly name: string;
  readonly symbols: readonly string[];
}
export interface AvroFixed {
  readonly kind: 'fixed';
  readonly name: string;
  readonly size: number;
}
export interface AvroRecord {
  readonly kind: 'record';
  readonly name: string;
  readonly fields: readonly AvroField[];
}
export interface AvroUnion {
  readonly kind: 'union';
  readonly branches: readonly AvroSchema[];
}
export interface AvroField {
  readonly name: string;
  readonly type: AvroSchema;
  /** The default as JSON, where the field has one. */
  readonly fallback?: { readonly json: unknown };
}

/** Longest schema text that is looked at; a registry's own limit is far below. */
export const MAX_SCHEMA_CHARS = 262_144;
/** Types in one schema: compiling costs more than proportionally, and an alarm's needs a few dozen. */
const MAX_TYPES = 400;
const MAX_SYMBOLS = 4_000;
const MAX_NESTING = 48;
/** Names that would be more than a name once they are properties of an object. */
const REFUSED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads a schema's JSON text as tolerantly as is safe: attributes that Avro does not know are passed over
 * (the seeds put `logicalType` on a field). Answers the reason where it cannot be used:
 * not JSON, not Avro, too long, too many types, nested too deep, a name that is not one.
 */
export function parseAvroSchema(text: string): Result<AvroSchema, string> {
  if (text.length > MAX_SCHEMA_CHARS) {
    return failure(`the schema is longer than ${MAX_SCHEMA_CHARS} characters`);
  }
  const json = parseJson(text);
  return json.ok ? readType({ named: new Map(), types: 0, symbols: 0 }, json.value, '', 0) : json;
}

/** The part of a full name after the last dot. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

interface Reading {
  readonly named: Map<string, AvroSchema>;
  types: number;
  symbols: number;
}
type Read = Result<AvroSchema, string>;

function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text));
  } catch {
    // A bare primitive name is a schema too, and some registries answer it without quotes.
    return isPrimitiveName(text.trim()) ? ok(text.trim()) : failure('the schema is not JSON');
  }
}

function readType(reading: Reading, json: unknown, namespace: string, depth: number): Read {
  reading.types += 1;
  if (reading.types > MAX_TYPES) {
    return failure(`the schema has more than ${MAX_TYPES} types`);
  }
  if (depth > MAX_NESTING) {
    return failure(`the schema is nested deeper than ${MAX_NESTING}`);
  }
  if (typeof json === 'string') {
    return readReference(reading, json, namespace);
  }
  if (Array.isArray(json)) {
    return readUnion(reading, json, namespace, depth);
  }
  return isObject(json)
    ? readComplex(reading, json, namespace, depth)
    : failure('the schema holds something that is no type');
}

function readReference(reading: Reading, name: string, namespace: string): Read {
  if (isPrimitiveName(name)) {
    return ok({ kind: name });
  }
  const known = reading.named.get(qualify(name, namespace)) ?? reading.named.get(name);
  return known === undefined
    ? failure(`the schema names an unknown type ${clip(name)}`)
    : ok(known);
}

function readUnion(
  reading: Reading,
  json: readonly unknown[],
  namespace: string,
  depth: number,
): Read {
  const branches: AvroSchema[] = [];
  for (const item of json) {
    const branch = readType(reading, item, namespace, depth + 1);
    if (!branch.ok) {
      return branch;
    }
    if (branch.value.kind === 'union') {
      return failure('a union of the schema holds a union');
    }
    branches.push(branch.value);
  }
  return branches.length === 0
    ? failure('a union of the schema is empty')
    : ok({ kind: 'union', branches });
}

function readComplex(
  reading: Reading,
  json: Readonly<Record<string, unknown>>,
  namespace: string,
  depth: number,
): Read {
  switch (json['type']) {
    case 'record':
    case 'error':
      return readRecord(reading, json, namespace, depth);
    case 'enum':
      return readEnum(reading, json, namespace);
    case 'fixed':
      return readFixed(reading, json, namespace);
    case 'array': {
      const items = readType(reading, json['items'], namespace, depth + 1);
      return items.ok ? ok({ kind: 'array', items: items.value }) : items;
    }
    case 'map': {
      const values = readType(reading, json['values'], namespace, depth + 1);
      return values.ok ? ok({ kind: 'map', values: values.value }) : values;
    }
    default:
      return readType(reading, json['type'], namespace, depth + 1);
  }
}

function readRecord(
  reading: Reading,
  json: Readonly<Record<string, unknown>>,
  namespace: string,
  depth: number,
): Read {
  const name = readName(reading, json, namespace);
  if (!name.ok) {
    return name;
  }
  if (!Array.isArray(json['fields'])) {
    return failure(`record ${name.value} of the schema has no fields`);
  }
  const fields: AvroField[] = [];
  const record: AvroRecord = { kind: 'record', name: name.value, fields };
  // Known before its fields are read: a field may name the record that it stands in.
  reading.named.set(name.value, record);
  for (const item of json['fields']) {
    const field = readField(reading, item, namespaceOf(name.value), depth);
    if (!field.ok) {
      return field;
    }
    if (fields.some((other) => other.name === field.value.name)) {
      return failure(`record ${name.value} of the schema has a field twice`);
    }
    fields.push(field.value);
  }
  return ok(record);
}

function readField(
  reading: Reading,
  json: unknown,
  namespace: string,
  depth: number,
): Result<AvroField, string> {
  if (!isObject(json) || typeof json['name'] !== 'string' || !isName(json['name'])) {
    return failure('the schema has a field without a usable name');
  }
  const type = readType(reading, json['type'], namespace, depth + 1);
  if (!type.ok) {
    return type;
  }
  const field = { name: json['name'], type: type.value };
  return ok('default' in json ? { ...field, fallback: { json: json['default'] } } : field);
}

function readEnum(
  reading: Reading,
  json: Readonly<Record<string, unknown>>,
  namespace: string,
): Read {
  const name = readName(reading, json, namespace);
  if (!name.ok) {
    return name;
  }
  const listed = json['symbols'];
  const symbols = Array.isArray(listed) ? listed.filter((item) => typeof item === 'string') : [];
  if (!Array.isArray(listed) || symbols.length !== listed.length || symbols.length === 0) {
    return failure(`enumeration ${name.value} of the schema has no list of symbols`);
  }
  reading.symbols += symbols.length;
  if (reading.symbols > MAX_SYMBOLS) {
    return failure(`the schema has more than ${MAX_SYMBOLS} symbols`);
  }
  const odd = symbols.find((symbol) => !isName(symbol));
  if (odd !== undefined) {
    return failure(`enumeration ${name.value} has a symbol that Avro does not allow: ${clip(odd)}`);
  }
  return keep(reading, { kind: 'enum', name: name.value, symbols });
}

function readFixed(
  reading: Reading,
  json: Readonly<Record<string, unknown>>,
  namespace: string,
): Read {
  const name = readName(reading, json, namespace);
  const size = json['size'];
  if (!name.ok) {
    return name;
  }
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
    ? keep(reading, { kind: 'fixed', name: name.value, size })
    : failure(`fixed type ${name.value} of the schema has no size`);
}

function keep(reading: Reading, named: AvroEnum | AvroFixed): Read {
  reading.named.set(named.name, named);
  return ok(named);
}

function readName(
  reading: Reading,
  json: Readonly<Record<string, unknown>>,
  enclosing: string,
): Result<string, string> {
  const given = json['name'];
  const namespace = typeof json['namespace'] === 'string' ? json['namespace'] : enclosing;
  if (typeof given !== 'string') {
    return nameless();
  }
  const name = qualify(given, namespace);
  if (!name.split('.').every(isName) || isPrimitiveName(name)) {
    return nameless();
  }
  return reading.named.has(name) ? failure(`the schema defines ${clip(name)} twice`) : ok(name);
}

function nameless(): Failure<string> {
  return failure('the schema has a type without a usable name');
}

function qualify(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;
}

function namespaceOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(0, dot);
}

function isName(text: string): boolean {
  return NAME.test(text) && text.length <= 200 && !REFUSED_NAMES.has(text);
}

function isPrimitiveName(text: string): text is AvroPrimitive['kind'] {
  return PRIMITIVES.some((name) => name === text);
}

function clip(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
