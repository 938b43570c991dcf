import type { LogProblem } from '../../../core/ports/alarm-log.ts';

/**
 * How long to wait before the n-th attempt after a failure (from 1): doubling from 100 ms up to five seconds, with
 * up to half taken off by `chance` (0 to 1), so that a room full of consoles does not knock at one moment.
 * Where trying again can hardly help, fifteen seconds.
 */
export function backOffMs(attempt: number, problem: LogProblem, chance: number): number {
  const longest = problem.isRetriable
    ? Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10))
    : HOPELESS_MS;
  return longest * (1 - chance / 2);
}

const FIRST_MS = 100;
const LONGEST_MS = 5_000;
const HOPELESS_MS = 15_000;
