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

export type ExportedSchema = z.infer<typeof SCHEMA>;
export type ExportedRecord = z.infer<typeof RECORD>;

/** A file that `klaxon export` wrote. */
export interface Exported {
  readonly topics: readonly string[];
  readonly schemas: readonly ExportedSchema[];
  readonly records: readonly ExportedRecord[];
}

/** Reads such a file; refused naming the first line that is none of it. */
export function parseExport(text: string): Result<Exported, string> {
  const lines = text.split('\n');
  const head = HEAD.safeParse(jsonOf(lines[0] ?? ''));
  if (!head.success)
    return failure('This is no file of klaxon export: its first line says nothing.');
  const schemas: ExportedSchema[] = [];
  const records: ExportedRecord[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line === '') continue;
    const json = jsonOf(line);
    const record = RECORD.safeParse(json);
    const schema = record.success ? null : SCHEMA.safeParse(json);
    if (record.success) records.push(record.data);
    else if (schema?.success === true) schemas.push(schema.data);
    else return failure(`Line ${index + 1} is neither a schema nor a record.`);
  }
  return ok({ topics: head.data.topics, schemas, records });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
