import type { Result } from '../lib/result.ts';

/** One registered version of a subject. `schema` is Avro as JSON text. */
export interface RegisteredSchema {
  readonly id: number;
  readonly version: number;
  readonly schema: string;
}

/** What is wrong with the schema store, in words for an operator. */
export interface SchemaProblem {
  readonly code:
    | 'Unreachable'
    | 'NotARegistry'
    | 'NotFound'
    | 'Refused'
    | 'TimedOut'
    | 'Unexpected';
  readonly message: string;
  readonly remedy: string;
  readonly isRetriable: boolean;
}

/** Where the schemas of the wire are registered: a Confluent-compatible registry, or the table that ships inside the embedded log. */
export interface SchemaStore {
  /** The schema that a record names. `NotFound` is final: no such id exists. */
  schemaById(id: number): Promise<Result<string, SchemaProblem>>;
  /** Every version of a subject, oldest first; an unknown subject has none. */
  versionsOf(subject: string): Promise<Result<readonly RegisteredSchema[], SchemaProblem>>;
  /** Registers a schema as the newest version; answers its id. The same schema again answers the same id. */
  register(subject: string, schema: string): Promise<Result<number, SchemaProblem>>;
}
