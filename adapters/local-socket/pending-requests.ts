import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import type { LogProblem } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';

interface Pending {
  readonly settle: (outcome: Result<unknown, LogProblem>) => void;
  readonly stopWaiting: () => void;
}

/** Requests that the console has not answered yet; each settles once, at its deadline at the latest. */
export class PendingRequests {
  readonly #clock: Clock;
  readonly #pending = new Map<number, Pending>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits for the answer to this number; `late` is answered where none has come by `until`. */
  expect(request: number, until: EpochMs, late: LogProblem): Promise<Result<unknown, LogProblem>> {
    return new Promise((settle) => {
      const stopWaiting = this.#clock.callAt(until, () => this.#settle(request, failure(late)));
      this.#pending.set(request, { settle, stopWaiting });
    });
  }

  answer(request: number, answer: unknown): void {
    this.#settle(request, ok(answer));
  }

  failAll(problem: LogProblem): void {
    for (const request of [...this.#pending.keys()]) this.#settle(request, failure(problem));
  }

  #settle(request: number, outcome: Result<unknown, LogProblem>): void {
    const pending = this.#pending.get(request);
    if (pending === undefined) return;
    this.#pending.delete(request);
    pending.stopWaiting();
    pending.settle(outcome);
  }
}
