import { failure, ok } from '../../core/lib/result.ts';
import type { SchemaProblem, SchemaStore } from '../../core/ports/schema-store.ts';
import { OWN_SCHEMAS } from '../../schemas/avro/subjects.ts';

/**
 * The schemas of an embedded log: a table that ships with the program, so that a newcomer needs no registry. Ids count from
 * 1 in the order of the table; records on disk carry them, so an entry is never moved or changed, only added at the end.
 */
export function createShippedSchemas(): SchemaStore {
  const shipped = OWN_SCHEMAS.map((own, index) => ({ ...own, id: index + 1, version: 1 }));
  return {
    schemaById(id) {
      const found = shipped.find((own) => own.id === id);
      return Promise.resolve(
        found === undefined ? failure(notFound(`schema ${id}`)) : ok(found.schema),
      );
    },
    versionsOf(subject) {
      const versions = shipped
        .filter((own) => own.subject === subject)
        .map(({ id, version, schema }) => ({ id, version, schema }));
      return Promise.resolve(ok(versions));
    },
    register(subject, schema) {
      const known = shipped.find((own) => own.subject === subject && own.schema === schema);
      return Promise.resolve(known === undefined ? failure(refused(subject)) : ok(known.id));
    },
  };
}

function notFound(what: string): SchemaProblem {
  return {
    code: 'NotFound',
    message: `The log inside the console knows no ${what}.`,
    remedy: 'The record was written by another version of the console; use that one to read it.',
    isRetriable: false,
  };
}

function refused(subject: string): SchemaProblem {
  return {
    code: 'Refused',
    message: `The log inside the console takes no other schema for ${subject} than its own.`,
    remedy: 'Use a Kafka with a schema registry for a site with schemas of its own.',
    isRetriable: false,
  };
}
