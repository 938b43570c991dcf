import { parentPort, workerData } from 'node:worker_threads';
import { InvariantError } from '../../core/lib/invariant.ts';
import type { ThreadStart } from './messages.ts';
import { runThreadConsole } from './thread-console.ts';

/** The thread of main that reads the log, folds it and writes to it, so that neither can hold up main's own loop. */
if (parentPort === null) throw new InvariantError('this file is run as a thread of main');
const start: ThreadStart = workerData;
runThreadConsole(parentPort, start);
