#!/usr/bin/env node
import { createSystemClock } from '../adapters/system/system-clock.ts';
import { createProcessTerminal } from './output/process-terminal.ts';
import { run } from './run.ts';
import { operatorIdentity } from './site/operator.ts';

const exitCode = await run(process.argv.slice(2), {
  terminal: createProcessTerminal(),
  env: process.env,
  clock: createSystemClock(),
  identity: operatorIdentity,
});
// What was written has been handed over; connections that are still being closed would keep the process for seconds.
process.exit(exitCode);
