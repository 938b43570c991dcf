import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import { backOffMs } from './back-off.ts';

/** Partitions can be added to a topic; so often that is looked for. */
const PLAN_AGAIN_MS = 60_000;

/** What stands in the way of a reading, how often in a row it has, and how long to wait for that before it is tried again. */
export class ReadingTrouble {
  #attempt = 1;
  #problem: LogProblem | null = null;
  #planAttempt = 1;
  #planProblem: LogProblem | null = null;

  /** Which attempt at a session this is, from 1. */
  get attempt(): number {
    return this.#attempt;
  }

  /** What ended the last session, or else what the plan of this one lacks. */
  get problem(): LogProblem | null {
    return this.#problem ?? this.#planProblem;
  }

  /** A session has ended with a problem. */
  seeEnd(problem: LogProblem): void {
    this.#problem = problem;
  }

  /** The next session is an attempt more; answers how long to wait before it. */
  untilNextSessionMs(problem: LogProblem): number {
    const waitMs = backOffMs(this.#attempt, problem, Math.random());
    this.#attempt += 1;
    return waitMs;
  }

  /** What ended sessions is over; what a plan lacks is for the next plan to say. */
  end(): void {
    this.#attempt = 1;
    this.#problem = null;
  }

  /** It was asked who leads what; null where everything has a leader. */
  seePlan(problem: LogProblem | null): void {
    this.#planAttempt = problem === null ? 1 : this.#planAttempt + 1;
    this.#planProblem = problem;
  }

  /** How long until it is asked again who leads what, though nothing goes wrong. */
  untilNextPlanMs(): number {
    const missing = this.#planProblem;
    return missing === null ? PLAN_AGAIN_MS : backOffMs(this.#planAttempt, missing, Math.random());
  }
}
