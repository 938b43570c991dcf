import { OWN_SCHEMAS } from '../../schemas/avro/subjects.ts';
import type { SchemaTableRow } from './embedded-schema-store.ts';

/**
 * The schemas of the log inside the app, with the ids that its records carry on disk. Ids count from 1 in the order of
 * OWN_SCHEMAS, so an entry there is never moved, changed or taken out: a store that a user already has would become
 * unreadable. What is new is added at the end.
 */
export const SHIPPED_SCHEMAS: readonly SchemaTableRow[] = OWN_SCHEMAS.map((own, index) => ({
  ...own,
  id: index + 1,
  version: 1,
}));
