import { isObject } from '../../core/lib/is-object.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { SchemaProblem, SchemaStore } from '../../core/ports/schema-store.ts';
import type { OwnSchema } from '../../schemas/avro/subjects.ts';

/** How a subject of the registry stands to the schema that we would register. */
export interface SubjectDifference {
  readonly subject: string;
  /**
   * `missing`: no version; `same`: the newest is ours; `older`: ours is registered, and a newer one stands above it;
   * `other`: ours is not among its versions, which is right where the site has another generation.
   */
  readonly difference: 'missing' | 'same' | 'older' | 'other';
  /** Where the newest version and ours differ, as paths: `fields[3].type.symbols: theirs …, ours …`. */
  readonly details: readonly string[];
}

/** Compares the registry's subjects with ours. Registers nothing. */
export async function compareSubjects(
  schemas: SchemaStore,
  own: readonly OwnSchema[],
): Promise<Result<readonly SubjectDifference[], SchemaProblem>> {
  const differences: SubjectDifference[] = [];
  for (const { subject, schema } of own) {
    const versions = await schemas.versionsOf(subject);
    if (!versions.ok) return versions;
    const registered = versions.value.map((version) => version.schema);
    differences.push({ subject, ...compareSchema(registered, schema) });
  }
  return ok(differences);
}

/** Compares the registered versions of a subject, oldest first, with our schema. Text that is no JSON differs as a whole. */
export function compareSchema(
  registered: readonly string[],
  ours: string,
): Omit<SubjectDifference, 'subject'> {
  const newest = registered.at(-1);
  if (newest === undefined) return { difference: 'missing', details: [] };
  const parsedOurs = parseOrText(ours);
  const details = differencesOf(parseOrText(newest), parsedOurs, '');
  if (details.length === 0) return { difference: 'same', details };
  const isAmong = registered.some(
    (version) => differencesOf(parseOrText(version), parsedOurs, '').length === 0,
  );
  return { difference: isAmong ? 'older' : 'other', details };
}

const SHOWN_LENGTH = 60;

function differencesOf(theirs: unknown, ours: unknown, path: string): readonly string[] {
  if (Array.isArray(theirs) && Array.isArray(ours)) {
    const length = Math.max(theirs.length, ours.length);
    return Array.from({ length }, (_, at) =>
      differencesOf(theirs[at], ours[at], `${path}[${at}]`),
    ).flat();
  }
  if (isObject(theirs) && isObject(ours)) {
    const names = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
    return names.flatMap((name) =>
      differencesOf(theirs[name], ours[name], path === '' ? name : `${path}.${name}`),
    );
  }
  if (theirs === ours) return [];
  return [`${path === '' ? 'schema' : path}: theirs ${shown(theirs)}, ours ${shown(ours)}`];
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
