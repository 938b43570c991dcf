import { startFirstWorker } from './log-thread/log-worker.ts';

/** A thread takes as long to begin as the rest of main: it begins first, and main's own code is run beside it. */
startFirstWorker();
void import('./desktop.ts');
