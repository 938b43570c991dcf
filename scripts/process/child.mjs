import { spawn } from 'node:child_process';

/** How long a process has to end by itself before it is killed. */
const GRACE_MS = 5_000;

/**
 * Runs a program to its end with our own terminal and answers its exit code (127: could not be started).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function runInherited(command, args, options = {}) {
  const child = spawn(command, args, { ...options, stdio: 'inherit' });
  return exitCodeOf(child);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export function exitCodeOf(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Ends a process that leads its own group, with everything it started; kills what does not end in time.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>}
 */
export async function endGroup(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const group = -child.pid;
  const ended = exitCodeOf(child);
  signal(group, 'SIGTERM');
  const timer = setTimeout(() => signal(group, 'SIGKILL'), GRACE_MS);
  await ended;
  clearTimeout(timer);
  // A child of the child may have outlived it.
  signal(group, 'SIGKILL');
}

/**
 * @param {number} target
 * @param {NodeJS.Signals} name
 */
function signal(target, name) {
  try {
    process.kill(target, name);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** @param {unknown} error */
function isGone(error) {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}
