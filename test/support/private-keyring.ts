import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A real keyring that is open, on a session bus of its own: nothing of the user’s is touched. */
export interface PrivateKeyring {
  /** What a program needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** The environment of a program for which no keyring is open, whatever runs on this computer. */
export const NO_KEYRING = { DBUS_SESSION_BUS_ADDRESS: 'disabled:' } as const;

/** Why no keyring can be had here; null where it can. */
export function whyNoKeyring(): string | null {
  const missing = ['dbus-daemon', 'gnome-keyring-daemon'].filter(
    (name) => spawnSync(name, ['--version']).error !== undefined,
  );
  return missing.length === 0 ? null : `the keyring of the tests needs ${missing.join(' and ')}`;
}

/** Starts bus and keyring, and answers when the keyring takes questions. */
export async function startPrivateKeyring(): Promise<PrivateKeyring> {
  const folder = await mkdtemp(join(tmpdir(), 'klaxon-keyring-'));
  const own = { HOME: folder, XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: folder };
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env: { ...process.env, ...own },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const address = await firstLine(bus);
  const env = { DBUS_SESSION_BUS_ADDRESS: address };
  // What is started says where its sockets are and ends; the daemon that it leaves behind ends with the bus.
  const starter = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
    env: { ...process.env, ...own, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  starter.stdin?.end('test');
  await gone(starter);
  return {
    env,
    stop: async () => {
      const ended = gone(bus);
      bus.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
    if (stdout !== null) createInterface({ input: stdout }).once('line', resolve);
  });
}

function gone(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}
