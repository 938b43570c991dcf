import { describe, expect, it } from 'vitest';
import type { Result } from '../../core/lib/result.ts';
import type { SchemaProblem, SchemaStore } from '../../core/ports/schema-store.ts';
import { randomName } from '../support/random-name.ts';

/** Makes an empty or a shared store; `skip` says why it cannot be had here. */
export type MakeSchemaStore = (skip: (reason: string) => never) => Promise<SchemaStore>;

/** The contract of the port `SchemaStore`: every adapter passes it unchanged. */
export function describeSchemaStore(name: string, makeStore: MakeSchemaStore): void {
  describe(`the schema store (${name})`, () => {
    it('gives a registered schema back by its id', async ({ skip }) => {
      const store = await makeStore(skip);
      const schema = aRecordSchema();
      const id = must(await store.register(randomName('s'), schema));
      expect(JSON.parse(must(await store.schemaById(id)))).toEqual(JSON.parse(schema));
      expect(must(await store.schemaById(id))).toBe(must(await store.schemaById(id)));
    });

    it('answers the same id for the same schema again, under any subject', async ({ skip }) => {
      const store = await makeStore(skip);
      const schema = aRecordSchema();
      const subject = randomName('s');
      const id = must(await store.register(subject, schema));
      expect(must(await store.register(subject, schema))).toBe(id);
      expect(must(await store.register(randomName('s'), schema))).toBe(id);
      expect(must(await store.versionsOf(subject)).length).toBe(1);
    });

    it('tells every version of a subject, oldest first', async ({ skip }) => {
      const store = await makeStore(skip);
      const subject = randomName('s');
      const type = randomName('Type').replace('-', '');
      const schemas = [[], ['a'], ['a', 'b']].map((fields) => aRecordSchema(type, fields));
      const ids: number[] = [];
      for (const schema of schemas) ids.push(must(await store.register(subject, schema)));
      const versions = must(await store.versionsOf(subject));
      expect(versions.map(({ id, version }) => ({ id, version }))).toEqual(
        ids.map((id, index) => ({ id, version: index + 1 })),
      );
      expect(versions.map(({ schema }) => JSON.parse(schema))).toEqual(
        schemas.map((schema) => JSON.parse(schema)),
      );
    });

    it('tells no version of a subject that it does not have', async ({ skip }) => {
      const store = await makeStore(skip);
      expect(await store.versionsOf(randomName('s'))).toEqual({ ok: true, value: [] });
    });

    it('answers NotFound, for good, for an id that it does not have', async ({ skip }) => {
      const store = await makeStore(skip);
      const answer = await store.schemaById(999_999_999);
      expect(answer).toMatchObject({ ok: false, error: { code: 'NotFound', isRetriable: false } });
      const error = answer.ok ? undefined : answer.error;
      expect(error?.message).toMatch(/\.$/);
      expect(error?.remedy).toMatch(/\.$/);
    });

    it('takes a union at the top, a plain type, and names with spaces and slashes', async ({
      skip,
    }) => {
      const store = await makeStore(skip);
      const record = JSON.parse(aRecordSchema());
      for (const schema of [JSON.stringify([record, 'null']), '"string"']) {
        const subject = `${randomName('s')} a/b-value`;
        const id = must(await store.register(subject, schema));
        expect(JSON.parse(must(await store.schemaById(id)))).toEqual(JSON.parse(schema));
        expect(must(await store.versionsOf(subject)).map((version) => version.id)).toEqual([id]);
      }
    });

    it('refuses what is not a schema', async ({ skip }) => {
      const store = await makeStore(skip);
      const answer = await store.register(randomName('s'), 'not { json');
      expect(answer).toMatchObject({ ok: false, error: { code: 'Refused', isRetriable: false } });
    });
  });
}

function aRecordSchema(
  name = randomName('Type').replace('-', ''),
  fields: readonly string[] = ['name'],
): string {
  const strings = fields.map((field) => ({ name: field, type: 'string', default: '' }));
  return JSON.stringify({ type: 'record', name, namespace: 'org.example', fields: strings });
}

function must<T>(result: Result<T, SchemaProblem>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
