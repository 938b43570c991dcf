import { isObject } from '../../core/lib/is-object.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { isWireLong } from './avro-long.ts';
import { type AvroRecord, type AvroSchema, shortName } from './avro-schema.ts';
import { fitScalar, notExpressible, type Scalar } from './avro-values.ts';
import type { EncodeProblem } from './wire.ts';

type Fitted = Result<unknown, EncodeProblem>;

/**
 * JSON that a person or a script wrote, as a value of a schema for `AvroType.write`. Unions may be in Avro's own JSON
 * (`{"int": 5}`, `{"full.Name": {…}}`, also by the name without its namespace) or bare, where the first branch that
 * takes the value counts. Refused with the field's path and the remedy: a symbol that is not registered (with those
 * that are), a field that is missing or that the schema does not have, a value of another type.
 */
export function fitJson(schema: AvroSchema, json: unknown, path = 'The value'): Fitted {
  switch (schema.kind) {
    case 'record':
      return fitObject(schema, json, path);
    case 'union':
      return fitBranch(schema.branches, json, path);
    case 'array':
      return Array.isArray(json)
        ? fitItems(schema.items, json, path)
        : failure(notExpressible(path, 'the registered schema wants a list'));
    case 'map':
    case 'fixed':
    case 'bytes':
    case 'float':
    case 'double':
    case 'null':
    case 'boolean':
    case 'int':
    case 'long':
    case 'string':
    case 'enum':
      return isScalar(json)
        ? fitScalar(schema, json, path)
        : failure(
            notExpressible(path, `the registered schema wants a value of type ${schema.kind}`),
          );
    default:
      return schema satisfies never;
  }
}

/** A value as `AvroType.read` gives it, without the names of union branches: what the seeds' programs print. */
export function plainValue(schema: AvroSchema, value: unknown): unknown {
  switch (schema.kind) {
    case 'union':
      return plainBranch(schema.branches, value);
    case 'record':
      return isObject(value)
        ? Object.fromEntries(
            schema.fields.map(({ name, type }) => [name, plainValue(type, value[name])]),
          )
        : value;
    case 'array':
      return Array.isArray(value) ? value.map((item) => plainValue(schema.items, item)) : value;
    case 'map':
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, item]) => [name, plainValue(schema.values, item)]),
          )
        : value;
    case 'null':
    case 'boolean':
    case 'int':
    case 'long':
    case 'float':
    case 'double':
    case 'bytes':
    case 'fixed':
    case 'string':
    case 'enum':
      return value;
    default:
      return schema satisfies never;
  }
}

/** JSON of a value of Avro's: numbers beyond 2^53 in full, bytes in hex. */
export function jsonText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return JSON.stringify(hex(value));
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${jsonText(field)}`).join(',')}}`;
}

function fitObject(schema: AvroRecord, json: unknown, path: string): Fitted {
  if (!isObject(json))
    return failure(notExpressible(path, 'the registered schema wants an object'));
  const known = schema.fields.map(({ name }) => name);
  const stranger = Object.keys(json).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    const remedy = `the registered schema has no such field; it has ${known.join(', ') || 'none'}`;
    return failure(notExpressible(stranger, remedy));
  }
  const value: Record<string, unknown> = {};
  for (const { name, type, fallback } of schema.fields) {
    const given = Object.hasOwn(json, name) ? json[name] : undefined;
    if (given === undefined && fallback !== undefined) continue;
    if (given === undefined) return failure(notExpressible(name, 'it is missing; give it'));
    const fitted = fitJson(type, given, name);
    if (!fitted.ok) return fitted;
    value[name] = fitted.value;
  }
  return ok(value);
}

function fitItems(items: AvroSchema, json: readonly unknown[], path: string): Fitted {
  const values: unknown[] = [];
  for (const item of json) {
    const fitted = fitJson(items, item, path);
    if (!fitted.ok) return fitted;
    values.push(fitted.value);
  }
  return ok(values);
}

function fitBranch(branches: readonly AvroSchema[], json: unknown, path: string): Fitted {
  if (json === null && branches.some(({ kind }) => kind === 'null')) return ok(null);
  const named = namedBranch(branches, json);
  if (named !== null) return wrapped(named.branch, fitJson(named.branch, named.content, path));
  let refused: Fitted = failure(notExpressible(path, 'the registered schema has no place for it'));
  for (const branch of branches) {
    const fitted = fitJson(branch, json, path);
    if (fitted.ok) return wrapped(branch, fitted);
    refused = branch.kind === 'null' ? refused : fitted;
  }
  return refused;
}

function namedBranch(branches: readonly AvroSchema[], json: unknown) {
  if (!isObject(json)) return null;
  const [name, ...more] = Object.keys(json);
  if (name === undefined || more.length > 0) return null;
  const branch = branches.find(
    (one) => fullName(one) === name || shortName(fullName(one)) === name,
  );
  return branch === undefined ? null : { branch, content: json[name] };
}

function wrapped(branch: AvroSchema, fitted: Fitted): Fitted {
  return fitted.ok ? ok({ [fullName(branch)]: fitted.value }) : fitted;
}

function plainBranch(branches: readonly AvroSchema[], value: unknown): unknown {
  const named = namedBranch(branches, value);
  return named === null ? value : plainValue(named.branch, named.content);
}

function fullName(schema: AvroSchema): string {
  return 'name' in schema ? schema.name : schema.kind;
}

function isScalar(json: unknown): json is Scalar {
  return json === null || typeof json === 'string' || typeof json === 'boolean' || isWireLong(json);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
