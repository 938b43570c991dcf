import * as z from 'zod/mini';
import { ok, type Result } from '../../core/lib/result.ts';
import type { SchemaProblem } from '../../core/ports/schema-store.ts';
import { askRegistry, type RegistryAddress } from './registry-client.ts';

const SUBJECTS_ANSWER = z.array(z.string());
const LATEST_ANSWER = z.object({
  id: z.number(),
  version: z.number(),
  schema: z.string(),
});

/** The newest version of a subject, as the file that a dump makes of it. */
export interface SubjectFile {
  readonly subject: string;
  /** `<subject>.avsc`, as seed 0's script names it; what a file name cannot hold is percent-encoded. */
  readonly fileName: string;
  readonly id: number;
  readonly version: number;
  /** The schema as the registry has it, byte for byte. */
  readonly schema: string;
}

/** The names of all subjects of the registry, in order. */
export async function listSubjects(
  registry: RegistryAddress,
): Promise<Result<readonly string[], SchemaProblem>> {
  const answer = await askRegistry(registry, { path: '/subjects', answer: SUBJECTS_ANSWER });
  return answer.ok ? ok(answer.value.toSorted()) : answer;
}

/** The newest version of each of these subjects. `NotFound` names the first that there is not. */
export async function dumpSubjects(
  registry: RegistryAddress,
  subjects: readonly string[],
): Promise<Result<readonly SubjectFile[], SchemaProblem>> {
  const files: SubjectFile[] = [];
  for (const subject of subjects) {
    const path = `/subjects/${encodeURIComponent(subject)}/versions/latest`;
    const latest = await askRegistry(registry, { path, answer: LATEST_ANSWER });
    if (!latest.ok) return latest;
    files.push({ subject, fileName: `${fileNameOf(subject)}.avsc`, ...latest.value });
  }
  return ok(files);
}

/** A subject may hold a slash or begin with a dot; a file in the folder of a dump may not. */
function fileNameOf(subject: string): string {
  return subject
    .replaceAll(/[^\w.~-]/gu, (sign) => encodeURIComponent(sign))
    .replace(/^\.+/, (dots) => '%2E'.repeat(dots.length));
}
