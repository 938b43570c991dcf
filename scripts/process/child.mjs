import { spawn } from 'node:child_process';

/** Exit code of what was ended because its time was over. */
export const OVERDUE = 124;
/** Exit code of what was ended because we were told to end. */
export const STOPPED = 130;

/** How long a process has to end by itself before it is killed: more for one that ends others first. */
const GRACE_MS = 5_000;
export const LONG_GRACE_MS = 15_000;
const PARENT_CHECK_MS = 500;

/**
 * Runs a program with our own output, in a process group of its own, and ends the whole group when its time is over or
 * when we are told to end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, graceMs?: number }} [options]
 * @returns {Promise<number>} the exit code; `OVERDUE`, `STOPPED`, or 127 when it could not be started
 */
export async function runInherited(command, args, options = {}) {
  const { timeoutMs, graceMs, ...place } = options;
  const child = spawn(command, args, {
    ...place,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  });
  const told = untilToldToEnd();
  const overdue = afterTime(timeoutMs);
  const ending = await Promise.race([
    exitCodeOf(child),
    told.promise.then(() => STOPPED),
    overdue.promise.then(() => OVERDUE),
  ]);
  told.cancel();
  overdue.cancel();
  await endGroup(child, graceMs);
  return ending;
}

/**
 * Waits for a signal to end, or for the end of the process that started us: npm's shell dies of a signal without
 * passing it on, and nobody would end what we have started.
 * @returns {{ promise: Promise<string>, cancel: () => void }} what told us
 */
export function untilToldToEnd() {
  /** @type {(() => void)[]} */
  const undo = [];
  const promise = new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      const listener = () => resolve(name);
      process.on(name, listener);
      undo.push(() => process.removeListener(name, listener));
    }
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid !== parent) resolve('The shell has ended');
    }, PARENT_CHECK_MS);
    timer.unref();
    undo.push(() => clearInterval(timer));
  });
  const cancel = () => {
    for (const step of undo) step();
  };
  return { promise, cancel };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export function exitCodeOf(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Ends a process that leads its own group, with everything it started; kills what does not end in time.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} [graceMs]
 * @returns {Promise<void>}
 */
export async function endGroup(child, graceMs = GRACE_MS) {
  if (child.pid === undefined) return;
  const group = process.platform === 'win32' ? child.pid : -child.pid;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = exitCodeOf(child);
    // Only the leader: it ends its own children in its own order.
    signal(child.pid, 'SIGTERM');
    const timer = setTimeout(() => signal(group, 'SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  }
  // A child of the child may have outlived it.
  signal(group, 'SIGKILL');
}

/** @param {number | undefined} timeoutMs */
function afterTime(timeoutMs) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const promise = new Promise((resolve) => {
    if (timeoutMs !== undefined) timer = setTimeout(resolve, timeoutMs);
  });
  return { promise, cancel: () => clearTimeout(timer) };
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
