import { createSystemClock } from '../adapters/system/system-clock.ts';
import { createProcessTerminal } from './output/process-terminal.ts';
import { run } from './run.ts';
import { operatorIdentity } from './site/operator.ts';

// What was written has been handed over; connections that are still being closed would keep the process for seconds.
void run(process.argv.slice(2), {
  terminal: createProcessTerminal(),
  env: process.env,
  clock: createSystemClock(),
  identity: operatorIdentity,
}).then((exitCode) => process.exit(exitCode));
