import { Buffer } from 'node:buffer';
import { assertNever } from '../../core/lib/invariant.ts';
import { isObject } from '../../core/lib/is-object.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { isWireLong } from './avro-long.ts';
import { type AvroRecord, type AvroSchema, shortName } from './avro-schema.ts';
import { isWritableText } from './utf-8.ts';
import type { EncodeProblem } from './wire.ts';

/** A value that fits into one field without being a record. */
export type Scalar = string | number | bigint | boolean | null;

/** Longest text that we write into one field, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 8192;

/** One branch of a union as it was read: the name without its namespace, and what is in it. Null is no branch. */
export interface Branch {
  readonly name: string;
  readonly content: unknown;
}

/** The branch of a union's value; null where it holds null or is no union. */
export function branchOf(value: unknown): Branch | null {
  if (!isObject(value)) {
    return null;
  }
  for (const name in value) {
    return { name: shortName(name), content: value[name] };
  }
  return null;
}

/** A scalar that may stand in a union: the scalar itself. */
export function unwrapped(value: unknown): unknown {
  const branch = branchOf(value);
  return branch === null ? value : branch.content;
}

/** The branch of a union that is a record of this name (without namespace). */
export function recordBranch(schema: AvroSchema | undefined, name: string): AvroRecord | undefined {
  if (schema?.kind !== 'union') {
    return undefined;
  }
  for (const branch of schema.branches) {
    if (branch.kind === 'record' && shortName(branch.name) === name) {
      return branch;
    }
  }
  return undefined;
}

/** The type of a record's field. */
export function fieldType(schema: AvroSchema | undefined, name: string): AvroSchema | undefined {
  return schema?.kind === 'record'
    ? schema.fields.find((field) => field.name === name)?.type
    : undefined;
}

/** The symbols of a field that is an enumeration; none where it is not. */
export function symbolsOf(type: AvroSchema | undefined): readonly string[] {
  if (type?.kind === 'union') {
    return type.branches.flatMap(symbolsOf);
  }
  return type?.kind === 'enum' ? type.symbols : [];
}

/** Whether every field of a record is one of these, or has a default. */
export function hasOnlyFields(schema: AvroRecord, names: readonly string[]): boolean {
  return schema.fields.every((field) => names.includes(field.name) || field.fallback !== undefined);
}

/**
 * A record's value for avsc from plain scalars. A scalar for which the schema has no field is left out where it says
 * nothing (null, false, empty) and refused otherwise; a field without a scalar takes its default.
 */
export function fitRecord(
  schema: AvroRecord,
  scalars: Readonly<Record<string, Scalar>>,
): Result<Record<string, unknown>, EncodeProblem> {
  const value: Record<string, unknown> = {};
  for (const [name, scalar] of Object.entries(scalars)) {
    const type = fieldType(schema, name);
    if (type === undefined) {
      if (scalar !== null && scalar !== false && scalar !== '') {
        return failure(notExpressible(name, 'the registered schema has no such field'));
      }
      continue;
    }
    const fitted = fitScalar(type, scalar, name);
    if (!fitted.ok) {
      return fitted;
    }
    value[name] = fitted.value;
  }
  return ok(value);
}

/** A scalar as avsc wants it in a field of this type; refused with the field's name and the remedy where it does not fit. */
export function fitScalar(
  type: AvroSchema,
  scalar: Scalar,
  field: string,
): Result<unknown, EncodeProblem> {
  switch (type.kind) {
    case 'union':
      return fitUnion(type.branches, scalar, field);
    case 'enum':
      return typeof scalar === 'string' && type.symbols.includes(scalar)
        ? ok(scalar)
        : failure(unknownSymbol(field, scalar, type.symbols));
    case 'string':
      return typeof scalar === 'string' ? fitText(scalar, field) : misfit(type, scalar, field);
    case 'int':
      return typeof scalar === 'number' && (scalar | 0) === scalar
        ? ok(scalar)
        : misfit(type, scalar, field);
    case 'long':
      return isWireLong(scalar) ? ok(scalar) : misfit(type, scalar, field);
    case 'boolean':
      return typeof scalar === 'boolean' ? ok(scalar) : misfit(type, scalar, field);
    case 'null':
      return scalar === null ? ok(null) : misfit(type, scalar, field);
    case 'float':
    case 'double':
    case 'bytes':
    case 'fixed':
    case 'array':
    case 'map':
    case 'record':
      return misfit(type, scalar, field);
    default:
      return assertNever(type);
  }
}

/** The refusal of something that the registered generation cannot say. */
export function notExpressible(field: string, remedy: string): EncodeProblem {
  return { code: 'NotExpressible', message: `${field} cannot be written: ${remedy}.` };
}

function fitUnion(
  branches: readonly AvroSchema[],
  scalar: Scalar,
  field: string,
): Result<unknown, EncodeProblem> {
  let refused: Result<unknown, EncodeProblem> = failure(
    notExpressible(field, 'the registered schema has no place for it'),
  );
  for (const branch of branches) {
    const fitted = fitScalar(branch, scalar, field);
    if (fitted.ok) {
      return branch.kind === 'null' ? ok(null) : ok({ [branchName(branch)]: fitted.value });
    }
    refused = branch.kind === 'null' ? refused : fitted;
  }
  return refused;
}

function branchName(schema: AvroSchema): string {
  return 'name' in schema ? schema.name : schema.kind;
}

function fitText(text: string, field: string): Result<string, EncodeProblem> {
  if (!isWritableText(text)) {
    return failure(notExpressible(field, 'it holds half of a character; type it anew'));
  }
  const length = Buffer.byteLength(text);
  return length > MAX_TEXT_BYTES
    ? failure(
        notExpressible(field, `it is ${length} bytes long; shorten it to ${MAX_TEXT_BYTES} bytes`),
      )
    : ok(text);
}

function misfit(type: AvroSchema, scalar: Scalar, field: string): Result<never, EncodeProblem> {
  const given = scalar === null ? 'nothing' : String(scalar).slice(0, 60);
  return failure(
    notExpressible(field, `the registered schema wants a value of type ${type.kind}, not ${given}`),
  );
}

function unknownSymbol(field: string, scalar: Scalar, symbols: readonly string[]): EncodeProblem {
  return {
    code: 'UnknownSymbol',
    message: `${field} ${JSON.stringify(String(scalar).slice(0, 60))} is not registered; choose one of: ${symbols.join(', ')}.`,
  };
}
