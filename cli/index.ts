import { createSystemClock } from '../adapters/system/system-clock.ts';
import { createProcessTerminal } from './output/process-terminal.ts';
import { run } from './run.ts';
import { operatorIdentity } from './site/operator.ts';

// A log in a folder keeps no process alive: one that only waits for its next record would end, and look as if it were done.
setInterval(() => undefined, 3_600_000);

// What was written has been handed over; connections that are still being closed would keep the process for seconds.
void run(process.argv.slice(2), {
  terminal: createProcessTerminal(),
  env: process.env,
  clock: createSystemClock(),
  identity: operatorIdentity,
}).then((exitCode) => process.exit(exitCode));
