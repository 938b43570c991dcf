import { failure, ok, type Result } from '../../../core/lib/result.ts';
import { type AdminProblem, ownProblem } from './admin-problem.ts';

const PAUSE_MS = 50;
const LIMIT_MS = 10_000;

/**
 * Asks again until a change is to be seen: a controller answers before every broker has learned of it. `doing` is for the
 * sentence: “the removal of rights”. `NotInEffect` after ten seconds, or what went wrong with asking.
 */
export async function untilInEffect(
  doing: string,
  look: () => Promise<Result<boolean, AdminProblem>>,
): Promise<Result<void, AdminProblem>> {
  const deadlineAt = performance.now() + LIMIT_MS;
  while (performance.now() < deadlineAt) {
    const seen = await look();
    if (!seen.ok) return seen;
    if (seen.value) return ok(undefined);
    await pause(PAUSE_MS);
  }
  const message = `Kafka took ${doing}, but it was not in effect ${LIMIT_MS / 1_000} s later.`;
  const remedy = 'Look again; if it stays so, look into the log of the brokers.';
  return failure(ownProblem('NotInEffect', message, remedy, true));
}

/** Lets that much time pass between two questions. */
export function pause(forMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, forMs));
}
