import { ok, type Result } from '../../core/lib/result.ts';
import type { SchemaProblem, SchemaStore } from '../../core/ports/schema-store.ts';
import { OWN_SCHEMAS, type OwnSchema } from '../../schemas/avro/subjects.ts';

/** Subjects that a site has no version of. Fails with the first problem of the schema store. */
export async function findMissingSubjects(
  schemas: SchemaStore,
): Promise<Result<readonly OwnSchema[], SchemaProblem>> {
  const missing: OwnSchema[] = [];
  for (const own of OWN_SCHEMAS) {
    const versions = await schemas.versionsOf(own.subject);
    if (!versions.ok) return versions;
    if (versions.value.length === 0) missing.push(own);
  }
  return ok(missing);
}

/** Registers our schema for each of these subjects, and for no other. */
export async function registerSubjects(
  schemas: SchemaStore,
  missing: readonly OwnSchema[],
): Promise<Result<void, SchemaProblem>> {
  for (const { subject, schema } of missing) {
    const registered = await schemas.register(subject, schema);
    if (!registered.ok) return registered;
  }
  return ok(undefined);
}
