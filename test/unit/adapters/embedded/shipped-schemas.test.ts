import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createEmbeddedSchemaStore } from '../../../../adapters/embedded/embedded-schema-store.ts';
import { SHIPPED_SCHEMAS } from '../../../../adapters/embedded/shipped-schemas.ts';
import { OWN_SCHEMAS } from '../../../../schemas/avro/subjects.ts';

/** Logs on disk carry these ids: a line may be added at the end, and none may ever change. */
const FOR_EVER = [
  [1, 'active-alarms-key', '458a6931b2e9de2a'],
  [2, 'active-alarms-value', 'd9f64b48a9917af7'],
  [3, 'registered-alarms-value', '38e40d494c032a3c'],
  [4, 'shelved-alarms-value', '3853313e97307ead'],
  [5, 'alarm-occurrences-value', 'cf8fd92d6f990a04'],
  [6, 'alarm-journal-value', '459ae83fb59d2946'],
];

describe('the schemas of the log inside the app', () => {
  it('keep their ids, subjects and texts: older stores stay readable', () => {
    const shipped = SHIPPED_SCHEMAS.map(({ id, subject, schema }) => [id, subject, digest(schema)]);
    expect(shipped).toEqual(FOR_EVER);
  });

  it('are all that is registered where a subject is missing, under the same ids', async () => {
    const store = createEmbeddedSchemaStore(SHIPPED_SCHEMAS);
    const ids = [];
    for (const { subject, schema } of OWN_SCHEMAS) ids.push(await store.register(subject, schema));
    expect(ids).toEqual(FOR_EVER.map(([id]) => ({ ok: true, value: id })));
    expect(store.table()).toEqual(SHIPPED_SCHEMAS);
  });
});

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
