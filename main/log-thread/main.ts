import { parentPort } from 'node:worker_threads';
import { InvariantError } from '../../core/lib/invariant.ts';
import { giveWayToTheWindow } from './give-way.ts';
import type { FirstToThread } from './messages.ts';
import { runThreadConsole } from './thread-console.ts';

/** The thread of main that reads the log, folds it and writes to it, so that neither can hold up main's own loop. */
giveWayToTheWindow();
const port = parentPort;
if (port === null) throw new InvariantError('this file is run as a thread of main');
port.once('message', ({ start }: FirstToThread) => runThreadConsole(port, start));
