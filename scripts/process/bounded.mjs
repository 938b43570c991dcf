import { spawn } from 'node:child_process';
import { endGroup, exitCodeOf } from './child.mjs';

/** Exit code of what was ended because its time was over. */
export const OVERDUE = 124;

/**
 * Runs a program with our own output, in a group of its own, and ends the whole group when its time is over or when we
 * are told to end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, timeoutMs: number }} options
 * @returns {Promise<number>} the exit code, `OVERDUE` when the time was over
 */
export async function runBounded(command, args, options) {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  });
  let isOverdue = false;
  const timer = setTimeout(() => {
    isOverdue = true;
    void endGroup(child);
  }, options.timeoutMs);
  const onSignal = () => {
    void endGroup(child).then(() => process.exit(130));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of signals) process.once(name, onSignal);
  const code = await exitCodeOf(child);
  clearTimeout(timer);
  for (const name of signals) process.removeListener(name, onSignal);
  return isOverdue ? OVERDUE : code;
}
