import type { AppendResult, PendingAppend } from './pending-append.ts';

/**
 * The appends that wait for their answer, oldest first. All have the same time, so one timer sees to every deadline: one
 * for each record would be a good part of what a flood costs.
 */
export class UnansweredAppends {
  readonly #items = new Set<PendingAppend>();
  #timer: NodeJS.Timeout | undefined;

  add(item: PendingAppend): void {
    this.#items.add(item);
    if (this.#timer === undefined) this.#wakeAt(item.deadlineAt);
  }

  delete(item: PendingAppend): void {
    this.#items.delete(item);
    if (this.#items.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Nobody waits any longer. */
  expireAll(): void {
    for (const item of this.#items) item.expire();
  }

  answers(): Promise<readonly AppendResult[]> {
    return Promise.all(Array.from(this.#items, (item) => item.answer));
  }

  #wakeAt(deadlineAt: number): void {
    const inMs = Math.max(1, Math.ceil(deadlineAt - performance.now()));
    this.#timer = setTimeout(() => this.#expireDue(), inMs);
  }

  #expireDue(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const item of this.#items) {
      if (item.deadlineAt > now) {
        this.#wakeAt(item.deadlineAt);
        return;
      }
      item.expire();
    }
  }
}
