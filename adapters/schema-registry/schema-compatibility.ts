import * as z from 'zod/mini';
import { ok, type Result } from '../../core/lib/result.ts';
import type { SchemaProblem } from '../../core/ports/schema-store.ts';
import { askRegistry, type RegistryAddress } from './registry-client.ts';

const ANSWER = z.object({
  is_compatible: z.boolean(),
  messages: z.optional(z.array(z.string())),
});

/** Whether a registry would take a schema as the next version of a subject. */
export interface Compatibility {
  readonly isCompatible: boolean;
  /** Why not, where the registry says so (Apicurio does not). */
  readonly reasons: readonly string[];
}

/**
 * Asks whether a schema fits to the newest version of a subject, by the registry's own rule for it. Registers nothing.
 * A subject that does not exist takes any schema.
 */
export async function checkCompatibility(
  registry: RegistryAddress,
  subject: string,
  schema: string,
): Promise<Result<Compatibility, SchemaProblem>> {
  const path = `/compatibility/subjects/${encodeURIComponent(subject)}/versions/latest?verbose=true`;
  const answer = await askRegistry(registry, { path, answer: ANSWER, body: { schema } });
  if (answer.ok) {
    return ok({
      isCompatible: answer.value.is_compatible,
      reasons: answer.value.messages ?? [],
    });
  }
  return answer.error.code === 'NotFound' ? ok({ isCompatible: true, reasons: [] }) : answer;
}
