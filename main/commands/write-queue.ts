/** Runs at most `limit` tasks at once, the others wait in the order in which they came. */
export interface WriteQueue {
  add(task: () => Promise<void>): void;
}

/** Ten thousand acknowledgements must not become ten thousand requests to a broker in one moment. */
export function createWriteQueue(limit: number): WriteQueue {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;

  return {
    add(task) {
      waiting.push(task);
      startNext();
    },
  };

  function startNext(): void {
    if (running >= limit) return;
    const task = waiting.shift();
    if (task === undefined) return;
    running += 1;
    void task().finally(() => {
      running -= 1;
      startNext();
    });
  }
}
