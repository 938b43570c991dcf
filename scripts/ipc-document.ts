import { z } from 'zod';
import { EVENTS, REQUESTS } from '../ipc/channels.ts';
import { eventSchemas, ipcErrorSchema, requestSchemas } from '../ipc/contract.ts';

/** The part of JSON Schema that the contract's schemas turn into. */
const jsonSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  title: z.string().optional(),
});
type JsonSchema = z.infer<typeof jsonSchema>;

interface Field {
  readonly path: string;
  readonly meaning: string;
}

/** The whole of docs/ipc.md: every request and event between a window and main, with each field of what they carry. */
export function ipcDocument(): string {
  const requests = REQUESTS.flatMap((name) => [
    `### \`${name}\``,
    ...section('In', requestSchemas[name].input),
    ...section('Out', requestSchemas[name].output),
  ]);
  const events = EVENTS.flatMap((name) => [
    `### \`${name}\``,
    ...section('Payload', eventSchemas[name]),
  ]);
  return `${[
    '# Between a window and main',
    'Generated from `ipc/contract.ts` by `npm run docs`; do not edit.',
    'A window sends a request with one object and gets `{ ok: true, value }` or `{ ok: false, error }`. Main checks the ' +
      'sender, parses the input and passes the parsed value on. Events go the other way. Times are milliseconds since ' +
      '1970-01-01 UTC.',
    '## Errors of any request',
    ...section('Error', ipcErrorSchema),
    '## Requests',
    ...requests,
    '## Events',
    ...events,
  ].join('\n\n')}\n`;
}

function section(title: string, schema: z.ZodType): string[] {
  const fields = fieldsOf('', parseSchema(toJson(schema)));
  if (fields.length === 0) return [`${title}: nothing.`];
  const rows = fields.map(({ path, meaning }) => `| ${path || '(itself)'} | ${meaning} |`);
  return [`${title}:`, ['| field | what |', '|---|---|', ...rows].join('\n')];
}

function toJson(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: made }) => {
      const name = carriedClass(zodSchema);
      if (name !== undefined) made.title = name;
    },
  });
}

/** Typed arrays cross as they are; JSON Schema has no word for them. */
function carriedClass(schema: unknown): string | undefined {
  if (!(schema instanceof z.ZodCustom)) return undefined;
  const samples = [new Int32Array(), new Float64Array()];
  return samples.find((sample) => schema.safeParse(sample).success)?.constructor.name;
}

function fieldsOf(path: string, schema: JsonSchema): Field[] {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return fieldsOfUnion(path, alternatives.map(parseSchema));
  if (schema.properties !== undefined) return fieldsOfObject(path, schema);
  if (schema.items !== undefined) return fieldsOfList(path, schema);
  return [{ path, meaning: plainMeaning(schema) }];
}

function fieldsOfObject(path: string, schema: JsonSchema): Field[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    const mark = required.has(name) ? '' : '?';
    return fieldsOf(`${path === '' ? '' : `${path}.`}${name}${mark}`, parseSchema(child));
  });
}

function fieldsOfList(path: string, schema: JsonSchema): Field[] {
  const bounds = range(schema.minItems, schema.maxItems);
  const item = parseSchema(schema.items);
  if (isPlain(item))
    return [{ path: `${path}[]`, meaning: `list of ${plainMeaning(item)}${bounds}` }];
  const head = bounds === '' ? [] : [{ path: `${path}[]`, meaning: `list${bounds}` }];
  return [...head, ...fieldsOf(`${path}[]`, item)];
}

function fieldsOfUnion(path: string, alternatives: JsonSchema[]): Field[] {
  if (alternatives.every(isPlain)) {
    return [{ path, meaning: alternatives.map(plainMeaning).join(' or ') }];
  }
  const real = alternatives.filter((alternative) => alternative.type !== 'null');
  const isNullable = real.length < alternatives.length;
  const head = isNullable ? [{ path, meaning: 'may be null' }] : [];
  return [...head, ...real.flatMap((alternative) => fieldsOf(path, alternative))];
}

function isPlain(schema: JsonSchema): boolean {
  return [schema.properties, schema.items, schema.anyOf, schema.oneOf].every(
    (part) => part === undefined,
  );
}

function plainMeaning(schema: JsonSchema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.const !== undefined) return word(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(word).join(', ');
  const bounds = range(schema.minimum, schema.maximum);
  const length = schema.maxLength === undefined ? '' : `, at most ${schema.maxLength} characters`;
  const kind = [schema.type ?? 'anything'].flat().join(' or ');
  return `${kind}${bounds}${length}`;
}

/** Bounds that only say "a safe integer" tell a reader nothing. */
function range(least: number | undefined, most: number | undefined): string {
  const low = least === undefined || least <= Number.MIN_SAFE_INTEGER ? '' : `, from ${least}`;
  const high = most === undefined || most >= Number.MAX_SAFE_INTEGER ? '' : `, to ${most}`;
  return `${low}${high}`;
}

function word(value: unknown): string {
  return `\`${String(value)}\``;
}

function parseSchema(value: unknown): JsonSchema {
  return jsonSchema.parse(value);
}
