#!/usr/bin/env node
// `node scripts/with-display.mjs COMMAND ...`: runs a command on a virtual display with a message bus and a window
// manager of its own (Linux), and ends all of it with the command. Elsewhere it just runs the command.
import { electronExecutable } from './electron-runtime.mjs';
import { runInherited } from './process/child.mjs';
import { startVirtualDisplay } from './process/virtual-display.mjs';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  process.stderr.write('usage: node scripts/with-display.mjs COMMAND ...\n');
  process.exit(64);
}

const display =
  process.platform === 'linux'
    ? await startVirtualDisplay({ withWindowManager: true })
    : { env: process.env, stop: async () => {} };
const env = { ...display.env, KLAXON_ELECTRON: electronExecutable() };
const code = await runInherited(command, args, { env });
await display.stop();
process.exit(code);
