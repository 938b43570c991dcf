import * as z from 'zod/mini';
import { failure, ok, type Result } from '../../core/lib/result.ts';

const HEAD = z.object({ klaxonExport: z.literal(1), topics: z.array(z.string()) });
const SCHEMA = z.object({
  subject: z.nullable(z.string()),
  version: z.nullable(z.number()),
  id: z.number(),
  schema: z.string(),
});
const RECORD = z.object({
  topic: z.string(),
  partition: z.number(),
  offset: z.number(),
  timestampAt: z.number(),
  key: z.nullable(z.string()),
  value: z.nullable(z.string()),
  headers: z.array(z.tuple([z.string(), z.nullable(z.string())])),
});
const END = z.object({
  klaxonExportEnd: z.object({ records: z.number(), unreadable: z.number() }),
});

const NEW_LINE = 0x0a;
const NOT_AN_EXPORT = 'This is no file of klaxon export: its first line says nothing.';
const NOT_WHOLE =
  'This export is not whole: its last line is missing, and with it what was to come before.';

export type ExportedSchema = z.infer<typeof SCHEMA>;
export type ExportedRecord = z.infer<typeof RECORD>;

/** A file that `klaxon export` wrote. */
export interface Exported {
  readonly topics: readonly string[];
  readonly schemas: readonly ExportedSchema[];
  readonly records: readonly ExportedRecord[];
  /** Stretches of the log that could not be read when it was written: it has holes. */
  readonly unreadable: number;
}

/** Reads such a file; refused where it is not whole, or naming the first line that is none of it. */
export function parseExport(bytes: Uint8Array): Result<Exported, string> {
  const lines = linesOf(bytes);
  const head = HEAD.safeParse(jsonOf(lines[0]));
  if (!head.success) return failure(NOT_AN_EXPORT);
  const end = END.safeParse(jsonOf(lines.at(-1)));
  if (!end.success) return failure(NOT_WHOLE);
  const schemas: ExportedSchema[] = [];
  const records: ExportedRecord[] = [];
  for (const [index, line] of lines.slice(1, -1).entries()) {
    const json = jsonOf(line);
    const record = RECORD.safeParse(json);
    const schema = record.success ? null : SCHEMA.safeParse(json);
    if (record.success) records.push(record.data);
    else if (schema?.success === true) schemas.push(schema.data);
    else return failure(`Line ${index + 2} is neither a schema nor a record.`);
  }
  const { records: told, unreadable } = end.data.klaxonExportEnd;
  return records.length === told
    ? ok({ topics: head.data.topics, schemas, records, unreadable })
    : failure(`This export holds ${records.length} records, and ends by saying ${told}.`);
}

/** Line by line, since a text can be shorter than a backup is long. Empty lines are none. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(NEW_LINE, from);
    const to = found < 0 ? bytes.length : found;
    if (to > from) lines.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return lines;
}

function jsonOf(line: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(line ?? []).toString('utf8'));
  } catch {
    return undefined;
  }
}
