import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Beside main's own file, when both are built. */
const BUILT = 'log-thread.cjs';

let first: Worker | null = null;

/** Begins the thread that reads the log before anything is known that it must be told. */
export function startFirstWorker(): void {
  first = newWorker();
}

/** The one that has begun already, or another one. It waits for `start`. */
export function takeWorker(): Worker {
  const worker = first ?? newWorker();
  first = null;
  return worker;
}

/** What the program was started with (`-r …`) is main's own. */
function newWorker(): Worker {
  return new Worker(join(__dirname, BUILT), { execArgv: [], name: 'log' });
}
