import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../set-up/run.mjs';
import { endGroup } from './child.mjs';

const SCREEN = '1440x900x24';
const READY_WITHIN_MS = 15_000;

/**
 * A display that no person sees, with a message bus of its own.
 * @typedef {object} VirtualDisplay
 * @property {NodeJS.ProcessEnv} env what a program needs to use it
 * @property {() => Promise<void>} stop ends everything that was started for it
 */

/** True where a program can open a window on this machine as it is. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * Starts Xvfb on a free display number, a D-Bus session where one can be had, and a window manager when wished.
 * Rejects with the cause when the display does not come up.
 * @param {{ withWindowManager?: boolean }} [options]
 * @returns {Promise<VirtualDisplay>}
 */
export async function startVirtualDisplay(options = {}) {
  const runtimeFolder = mkdtempSync(join(tmpdir(), 'klaxon-display-'));
  /** @type {import('node:child_process').ChildProcess[]} */
  const started = [];
  const stop = async () => {
    for (const child of started.reverse()) await endGroup(child);
    rmSync(runtimeFolder, { recursive: true, force: true });
  };
  try {
    const number = await startServer(started);
    const { WAYLAND_DISPLAY: _, ...inherited } = process.env;
    const env = {
      ...inherited,
      DISPLAY: `:${number}`,
      XDG_RUNTIME_DIR: runtimeFolder,
      NO_AT_BRIDGE: '1',
      DBUS_SESSION_BUS_ADDRESS: await startBus(started),
    };
    if (options.withWindowManager === true && findProgram('openbox') !== undefined) {
      started.push(spawn('openbox', [], { env, stdio: 'ignore', detached: true }));
    }
    return { env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {import('node:child_process').ChildProcess[]} started */
async function startServer(started) {
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'];
  return firstLine('Xvfb', args, started);
}

/** @param {import('node:child_process').ChildProcess[]} started */
async function startBus(started) {
  // An address that leads nowhere keeps programs from starting a bus of their own that nobody would end.
  if (findProgram('dbus-daemon') === undefined) return 'disabled:';
  return firstLine('dbus-daemon', ['--session', '--nofork', '--print-address=3'], started);
}

/**
 * Starts a program that says where it can be reached on file descriptor 3.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').ChildProcess[]} started
 * @returns {Promise<string>}
 */
function firstLine(command, args, started) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  started.push(child);
  return new Promise((resolve, reject) => {
    let complaint = '';
    let said = '';
    const timer = setTimeout(
      () => reject(new Error(`${command} did not come up: ${complaint}`)),
      READY_WITHIN_MS,
    );
    child.stderr?.on('data', (chunk) => {
      complaint = `${complaint}${chunk}`.slice(-2_000);
    });
    child.stdio[3]?.on('data', (chunk) => {
      said += chunk;
      if (said.includes('\n')) resolve(said.trim());
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${command} ended (${code}): ${complaint}`)));
    child.on('exit', () => clearTimeout(timer));
    child.stdio[3]?.on('data', () => clearTimeout(timer));
  });
}
