/** One wait at a time, which ends after a while, or sooner where someone knows better. */
export class WakeablePause {
  #wake: () => void = NOBODY_WAITS;

  /** Answers after so long, or when it is woken. */
  wait(forMs: number): Promise<null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), forMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(null);
      };
    });
  }

  /** Ends the wait, and does nothing where nobody waits. */
  wake(): void {
    this.#wake();
    this.#wake = NOBODY_WAITS;
  }
}

const NOBODY_WAITS = (): void => undefined;
