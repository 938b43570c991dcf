import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { brokerFolders, javaCommand } from '../../scripts/set-up/broker.mjs';

const READY_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 30_000;
const KEPT_OUTPUT = 20_000;
const JVM_OPTIONS = [
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Xshare:auto',
  '-Djava.awt.headless=true',
  '-Djava.net.preferIPv4Stack=true',
];

/** A Java server that runs for the tests. It ends with this process, however this process ends. */
export interface JavaProcess {
  readonly pid: number;
  isRunning(): boolean;
  /** What it wrote last. */
  output(): string;
  /** Asks it to end and waits until it has; one that does not is killed. */
  stop(): Promise<void>;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
}

export interface JavaStart {
  readonly name: string;
  readonly args: readonly string[];
  /** A folder that goes with the process when this process dies without stopping it. */
  readonly ownFolder?: string;
  /** The server is ready once this answers true; asked again with each piece of output. */
  isReady(output: string): boolean;
}

/** Starts Java with the options that suit a short test run and waits until the server says that it is ready. */
export async function startJava(start: JavaStart): Promise<JavaProcess> {
  const child = spawn(javaCommand(), [...JVM_OPTIONS, ...start.args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a group of its own, so that Ctrl-C on the tests lets them stop it in order.
    detached: true,
  });
  const output = keptOutput(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const pid = child.pid ?? 0;
  const endGuard = guard(child, start.ownFolder ?? '');
  await ready(child, start, output).catch(async (error: unknown) => {
    endGuard();
    if (start.ownFolder !== undefined) await rm(start.ownFolder, { recursive: true, force: true });
    throw error;
  });
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    if (isRunning()) child.kill(name);
    await ended;
    endGuard();
  };
  return {
    pid,
    isRunning,
    output,
    stop: async () => {
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await signal('SIGTERM');
      clearTimeout(late);
    },
    kill: () => signal('SIGKILL'),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}

/** Runs a Java tool to its end. */
export function runJava(name: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(javaCommand(), [...JVM_OPTIONS, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = keptOutput(child);
    child.once('error', (error) => reject(new Error(`${name}: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${name} ended with ${code}:\n${output()}`));
    });
  });
}

/** Why the test broker cannot run here, or null where it can. */
export async function whyNoBroker(): Promise<string | null> {
  const folders = brokerFolders();
  const missing = [...Object.values(folders.kafka), folders.registry].find((it) => !existsSync(it));
  if (missing !== undefined) return `${missing} is missing: run \`npm test\` once, it fetches it`;
  try {
    await runJava('java -version', ['-version']);
    return null;
  } catch {
    return 'Java 17 or newer is missing: install a JRE or set JAVA_HOME';
  }
}

function keptOutput(child: ChildProcess): () => string {
  let kept = '';
  const keep = (chunk: Buffer): void => {
    kept = (kept + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => kept;
}

function ready(child: ChildProcess, start: JavaStart, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const end = (why: string | null): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(late);
      if (why === null) {
        resolve();
        return;
      }
      child.kill('SIGKILL');
      reject(new Error(`${start.name} ${why}:\n${output()}`));
    };
    const late = setTimeout(() => end(`was not ready in ${READY_WITHIN_MS} ms`), READY_WITHIN_MS);
    child.once('error', (error) => end(`could not be started (${error.message})`));
    child.once('close', (code) => end(`ended with ${code} before it was ready`));
    child.stdout?.on('data', () => {
      if (!isOver && start.isReady(output())) end(null);
    });
  });
}

/** Kills the server when this process is gone, even if that was killed: then the pipe to the guard closes. */
function guard(child: ChildProcess, ownFolder: string): () => void {
  const pid = String(child.pid ?? '');
  const script = 'cat >/dev/null; kill -KILL "$1" 2>/dev/null; [ -z "$2" ] || rm -rf "$2"';
  const watcher = spawn('sh', ['-c', script, 'sh', pid, ownFolder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  const killNow = (): void => void child.kill('SIGKILL');
  process.once('exit', killNow);
  return () => {
    process.removeListener('exit', killNow);
    watcher.kill('SIGKILL');
  };
}
