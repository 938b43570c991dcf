import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundleCli } from '../../scripts/build/bundle-cli.mjs';
import { projectRoot } from './sources/source-files.ts';

/** How a run of the command line ended. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that goes on until it is stopped. */
export interface CliFollow {
  /** Answers once this stands in what it printed. */
  said(text: string): Promise<void>;
  /** Ends it as Ctrl+C does. */
  stop(): Promise<CliRun>;
}

/** The command line as a user has it: the bundle, in a process of its own. */
export interface TestCli {
  /** The words that start it. */
  readonly program: readonly string[];
  run(args: readonly string[], input?: string): Promise<CliRun>;
  follow(args: readonly string[]): CliFollow;
  /** Starts it and kills it (SIGKILL) after so long, whatever it does then. Answers whether it still ran. */
  kill(args: readonly string[], afterMs: number): Promise<boolean>;
}

type Environment = Readonly<Record<string, string>>;

let bundle: Promise<string> | undefined;

/** Bundles the command line once, and runs it with these variables besides the process's own. */
export async function createTestCli(env: Environment): Promise<TestCli> {
  bundle ??= bundleCli(join(projectRoot, 'node_modules', '.cache', 'klaxon-test-cli'));
  const file = await bundle;
  return createCliOf(process.execPath, [file], env);
}

/** The same for a program that is installed. */
export function createCliOf(command: string, before: readonly string[], env: Environment): TestCli {
  const start = (args: readonly string[]): ChildProcess =>
    spawn(command, [...before, ...args], {
      env: { ...process.env, TZ: 'UTC', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  return {
    program: [command, ...before],
    run: (args, input = '') => {
      const child = start(args);
      const ended = collect(child).ended;
      child.stdin?.end(input);
      return ended;
    },
    follow: (args) => {
      const child = start(args);
      const { ended, said } = collect(child);
      return {
        said,
        stop: () => {
          child.kill('SIGINT');
          return ended;
        },
      };
    },
    kill: async (args, afterMs) => {
      const child = start(args);
      const { ended } = collect(child);
      child.stdin?.end();
      const killing = setTimeout(() => child.kill('SIGKILL'), afterMs);
      await ended;
      clearTimeout(killing);
      return child.signalCode !== null;
    },
  };
}

function collect(child: ChildProcess) {
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    for (const look of waiting) look();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<CliRun>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (!stdout.includes(text)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      void ended.then(() => reject(new Error(`ended before “${text}”: ${stdout}${stderr}`)));
      look();
    });
  return { ended, said };
}
