import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work between two turns of the event loop is kept below this, so that with one slice on top it stays under 10 ms. */
const SLICE_MS = 4;

/** Watches how long the event loop has been held, and lets it run when that is long enough. */
export class WorkSlice {
  #since = performance.now();

  get isSpent(): boolean {
    return performance.now() - this.#since > SLICE_MS;
  }

  /** Starts counting anew; for work that begins after a wait. */
  begin(): void {
    this.#since = performance.now();
  }

  /** Lets timers, sockets and everyone else have their turn. */
  async rest(): Promise<void> {
    await nextTurn();
    this.#since = performance.now();
  }
}
