import type { Result } from '../../../core/lib/result.ts';

/**
 * Tries one way after the other and answers the first that succeeds; the first failure where none does. The next is tried
 * when one fails, and beside one that has said nothing for `patienceMs`: a broker whose computer lost its power refuses nothing.
 */
export function firstToSucceed<T, E>(
  ways: readonly [Way<T, E>, ...Way<T, E>[]],
  patienceMs: number,
): Promise<Result<T, E>> {
  return new Promise((resolve, reject) => {
    const untried = [...ways];
    let pending = 0;
    let firstFailure: Result<T, E> | undefined;
    let impatient: NodeJS.Timeout | undefined;
    const take = (result: Result<T, E>): void => {
      pending -= 1;
      firstFailure ??= result;
      if (!result.ok && untried.length > 0) {
        tryNext();
      } else if (result.ok || pending === 0) {
        clearTimeout(impatient);
        untried.length = 0;
        resolve(result.ok ? result : firstFailure);
      }
    };
    const tryNext = (): void => {
      clearTimeout(impatient);
      const way = untried.shift();
      if (way === undefined) return;
      pending += 1;
      impatient = setTimeout(tryNext, patienceMs);
      way().then(take, reject);
    };
    tryNext();
  });
}

/** One way to come to an answer. */
export type Way<T, E> = () => Promise<Result<T, E>>;
