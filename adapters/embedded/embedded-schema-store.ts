import { failure, ok } from '../../core/lib/result.ts';
import type { RegisteredSchema, SchemaStore } from '../../core/ports/schema-store.ts';

/** One line of the table that the store keeps; plain data, so that whoever opens the store can keep it anywhere. */
export interface SchemaTableRow extends RegisteredSchema {
  readonly subject: string;
}

/** A store of schemas inside the program, with the table that it came to. */
export interface EmbeddedSchemaStore extends SchemaStore {
  table(): readonly SchemaTableRow[];
}

/**
 * The schemas of the embedded log. Ids are given in order from 1; the same schema has the same id under every subject,
 * as in a registry. A text that is not JSON is refused, nothing else.
 */
export function createEmbeddedSchemaStore(
  table: readonly SchemaTableRow[] = [],
): EmbeddedSchemaStore {
  const rows = [...table];
  return {
    table: () => [...rows],
    schemaById: async (id) => {
      const row = rows.find((it) => it.id === id);
      return row === undefined ? failure(unknownId(id)) : ok(row.schema);
    },
    versionsOf: async (subject) =>
      ok(
        rows
          .filter((row) => row.subject === subject)
          .map(({ id, version, schema }) => ({ id, version, schema })),
      ),
    register: async (subject, schema) => {
      const same = canonical(schema);
      if (same === null) return failure(notASchema(subject));
      const equal = rows.filter((row) => canonical(row.schema) === same);
      const standing = equal.find((row) => row.subject === subject);
      if (standing !== undefined) return ok(standing.id);
      const id = equal[0]?.id ?? rows.reduce((highest, row) => Math.max(highest, row.id), 0) + 1;
      const versions = rows.filter((row) => row.subject === subject);
      const version = versions.reduce((highest, row) => Math.max(highest, row.version), 0) + 1;
      rows.push({ subject, id, version, schema });
      return ok(id);
    },
  };
}

/** The same text for schemas that differ in white space only; null for what is not JSON. */
function canonical(schema: string): string | null {
  try {
    return JSON.stringify(JSON.parse(schema));
  } catch {
    return null;
  }
}

function unknownId(id: number) {
  return {
    code: 'NotFound',
    message: `The embedded log has no schema with the id ${id}.`,
    remedy: 'The record was written by a program that uses another store of schemas.',
    isRetriable: false,
  } as const;
}

function notASchema(subject: string) {
  return {
    code: 'Refused',
    message: `The schema for ${subject} is not JSON.`,
    remedy: 'Give the schema as Avro in JSON.',
    isRetriable: false,
  } as const;
}
