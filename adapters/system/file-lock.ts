import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';

/** A lock that is held: nobody else who asks for the same file has it. */
export interface FileLock {
  /** Whether it is still ours: a process that slept too long may have lost it. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** How long somebody waits for a lock; whoever holds one does so for milliseconds. */
const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 15;
/** A lock of a process that lives, but is this old, was left by an earlier process of the same number. */
const LONGEST_HOLD_MS = 30_000;

/**
 * Takes the lock `<path>.lock`, waiting for whoever has it; null where it cannot be had within five seconds. What a process that
 * has ended left behind is taken over. Throws where the folder cannot be written.
 */
export async function takeFileLock(path: string): Promise<FileLock | null> {
  const file = `${path}.lock`;
  const token = `${process.pid} ${randomUUID()}`;
  const until = performance.now() + PATIENCE_MS;
  while (!(await create(file, token))) {
    await takeAwayIfLeft(file);
    if (performance.now() > until) return null;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  const isHeld = async () => (await textOf(file)) === token;
  return {
    isHeld,
    release: async () => {
      if (await isHeld()) await rm(file, { force: true });
    },
  };
}

async function create(file: string, token: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(token);
    await handle.close();
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

async function takeAwayIfLeft(file: string): Promise<void> {
  const token = await textOf(file);
  if (token === null || !(await isLeft(file, token))) return;
  const aside = `${file}.${randomUUID()}`;
  try {
    // Only one of several that saw the same lock can rename it.
    await rename(file, aside);
  } catch {
    return;
  }
  // It may have been taken anew since: then it goes back, and whoever holds it asks `isHeld` before anything is written.
  if ((await textOf(aside)) !== token) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function isLeft(file: string, token: string): Promise<boolean> {
  const pid = Number(token.split(' ')[0]);
  const ageMs = await ageOf(file);
  // Between its making and its first byte a lock is empty.
  if (!Number.isInteger(pid) || pid <= 0) return ageMs > PATIENCE_MS;
  return !isAlive(pid) || ageMs > LONGEST_HOLD_MS;
}

async function ageOf(file: string): Promise<number> {
  try {
    return Date.now() - (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) === 'EPERM';
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}
