import * as z from 'zod/mini';
import {
  askRegistry,
  type RegistryAddress,
} from '../../adapters/schema-registry/registry-client.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import { durationMs } from '../../core/lib/units.ts';
import type { SchemaProblem } from '../../core/ports/schema-store.ts';
import { WIRE_SUBJECTS } from '../../schemas/avro/subjects.ts';
import type { KafkaAccess, Site } from './site.ts';

const SUBJECTS = z.array(z.string());
const TIMEOUT_MS = durationMs(3_000);

/** Every subject of the registry by name; the embedded log has those that it ships with. */
export async function listSubjects({
  kafka,
}: Site): Promise<Result<readonly string[], SchemaProblem>> {
  if (kafka === null) return ok(WIRE_SUBJECTS);
  const subjects = await askRegistry(registryOf(kafka), { path: '/subjects', answer: SUBJECTS });
  return subjects.ok ? ok(subjects.value.toSorted()) : subjects;
}

/** The registry as it is asked. */
export function registryOf({ registry }: KafkaAccess): RegistryAddress {
  return { timeoutMs: TIMEOUT_MS, ...registry };
}
