import type { BatchHeader } from './batch-header.ts';
import type { AbortedTransaction } from './fetch-response.ts';

/**
 * Tells which batches of one fetched range belong to transactions that were taken back. The broker names
 * these with each answer; one ends at its producer's abort marker. Batches are to be asked in their order.
 */
export class AbortedTransactions {
  readonly #upcoming: AbortedTransaction[];
  readonly #open = new Set<number>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#upcoming = aborted.toSorted((one, other) => other.firstOffset - one.firstOffset);
  }

  /** True when the batch holds data of a transaction that was taken back. */
  covers(header: BatchHeader): boolean {
    for (
      let next = this.#upcoming.at(-1);
      next !== undefined && next.firstOffset < header.nextOffset;
      next = this.#upcoming.at(-1)
    ) {
      this.#open.add(next.producerId);
      this.#upcoming.pop();
    }
    return header.isTransactional && !header.isControl && this.#open.has(header.producerId);
  }

  /** Takes note of a control batch: an abort marker ends its producer's transaction. */
  endAt(header: BatchHeader, isAbort: boolean): void {
    if (isAbort) {
      this.#open.delete(header.producerId);
    }
  }
}
