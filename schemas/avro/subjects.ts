import { ALARM_JOURNAL_VALUE } from './alarm-journal.ts';
import { ALARM_OCCURRENCES_VALUE } from './alarm-occurrences.ts';
import { SEED_0_V1 } from './seed-0-v1.ts';

/** A subject of the registry and the schema that a site without it is given, as JSON text. */
export interface OwnSchema {
  readonly subject: string;
  readonly schema: string;
}

/** What we register where a subject is missing: seed 0's schemas (v1, so that its own programs work) and our own (decision 1). */
export const OWN_SCHEMAS: readonly OwnSchema[] = [
  ...Object.entries(SEED_0_V1),
  ['alarm-occurrences-value', ALARM_OCCURRENCES_VALUE] as const,
  ['alarm-journal-value', ALARM_JOURNAL_VALUE] as const,
].map(([subject, schema]) => ({ subject, schema: JSON.stringify(schema) }));

/** The subjects that an encoder wants to know every registered version of. */
export const WIRE_SUBJECTS: readonly string[] = OWN_SCHEMAS.map((own) => own.subject);
