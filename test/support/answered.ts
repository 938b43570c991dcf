import type { Result } from '../../core/lib/result.ts';

/** What a call answered; a refusal fails the test with its words. */
export function answered<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
