import type { LogProblem } from '../../../core/ports/alarm-log.ts';

/**
 * How much to ask for at once: much on a quick network, less where an answer would take so long that a
 * reader on a thin line would look stale or run into its deadline.
 */
export class FetchSize {
  readonly #largestBytes: number;
  #partitionBytes: number;

  constructor(largestBytes: number = LARGEST_BYTES) {
    this.#largestBytes = largestBytes;
    this.#partitionBytes = largestBytes;
  }

  get bounds(): { readonly partitionBytes: number; readonly responseBytes: number } {
    return {
      partitionBytes: this.#partitionBytes,
      responseBytes: this.#partitionBytes * PARTITIONS_AT_ONCE,
    };
  }

  seeAnswer(bytes: number, tookMs: number): void {
    const isFull = bytes >= this.#partitionBytes / 2;
    if (isFull && tookMs > SLOW_MS) {
      this.#shrink();
    } else if (isFull && tookMs < QUICK_MS) {
      this.#partitionBytes = Math.min(this.#largestBytes, this.#partitionBytes * 2);
    }
  }

  seeFailure(problem: LogProblem): void {
    if (problem.code === 'TimedOut') {
      this.#shrink();
    }
  }

  #shrink(): void {
    this.#partitionBytes = Math.min(
      this.#largestBytes,
      Math.max(SMALLEST_BYTES, this.#partitionBytes / 4),
    );
  }
}

/** More is no quicker, and putting the pieces of a larger answer together alone would hold the event loop for milliseconds. */
const LARGEST_BYTES = 1024 * 1024;
const SMALLEST_BYTES = 64 * 1024;
const PARTITIONS_AT_ONCE = 2;
const SLOW_MS = 1_500;
const QUICK_MS = 300;
