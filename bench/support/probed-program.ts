import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import {
  electronArguments,
  electronExecutable,
  projectRoot,
} from '../../scripts/electron-runtime.mjs';
import { endGroup } from '../../scripts/process/child.mjs';
import type { WindowParts } from './bundle-window.ts';

const LINE = z.union([
  z.object({ bench: z.string(), answer: z.unknown() }),
  z.object({ bench: z.string(), failed: z.string() }),
]);
const ANSWER_WITHIN_MS = 120_000;

/** Which program is measured, and on what. */
export interface ProgramStart {
  /** The built console, or the bare window. */
  readonly program: 'console' | 'bare';
  readonly parts: WindowParts;
  /** Settings and caches of Electron, kept from one start to the next. */
  readonly userFolder: string;
  /** Broker and registry of the console, as the product reads them. */
  readonly env?: Readonly<Record<string, string>>;
  /** Run in the page as soon as it is parsed; `bench` is there. Its answer is `started`. */
  readonly startScript?: string;
}

/** A running program of Electron with the probe in its main process. */
export interface ProbedProgram {
  readonly pid: number;
  /** Just before the process was made (epoch ms). */
  readonly spawnedAt: number;
  /** What the start script answered. */
  readonly started: Promise<unknown>;
  /** Runs a script in the page, where `bench` is window-watch.ts, and answers what it answers. */
  inPage(script: string): Promise<unknown>;
  /** Begins (`start`) or ends (`read`) the watch of main's event loop. */
  loop(request: 'start' | 'read'): Promise<unknown>;
  close(): Promise<void>;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;
interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Starts it, on the display of this process. */
export function startProgram(start: ProgramStart): ProbedProgram {
  const { parts, program } = start;
  const spawnedAt = Date.now();
  const child = spawn(
    electronExecutable(),
    [
      ...electronArguments().args,
      '-r',
      parts.probe,
      program === 'console' ? (process.env['KLAXON_APP'] ?? projectRoot) : parts.bareApp,
      `--user-data-dir=${start.userFolder}`,
    ],
    {
      cwd: projectRoot,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: {
        ...process.env,
        ...start.env,
        KLAXON_BENCH_SCRIPT: `${parts.pageScript};${start.startScript ?? 'null'}`,
      },
    },
  );
  const answers = listen(child);
  let asked = 0;
  const ask = (request: object): Promise<unknown> => {
    asked += 1;
    const id = String(asked);
    child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    return answers(id);
  };
  return {
    pid: child.pid ?? 0,
    spawnedAt,
    started: answers('start'),
    inPage: (script) => ask({ page: script }),
    loop: (request) => ask({ loop: request }),
    close: () => endGroup(child),
  };
}

/** Answers how to wait for the answer of an id. */
function listen(child: Child): (id: string) => Promise<unknown> {
  const waiting = new Map<string, Waiting>();
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString('utf8')}`.slice(-4_000);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{"bench":')) return;
    const said = LINE.parse(JSON.parse(line));
    const one = waiting.get(said.bench);
    waiting.delete(said.bench);
    if ('failed' in said) one?.reject(new Error(`in the program: ${said.failed}`));
    else one?.resolve(said.answer);
  });
  child.once('close', (code) => {
    for (const { reject } of waiting.values()) {
      reject(new Error(`the program ended with ${code}:\n${complaints}`));
    }
  });
  return (id) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`no answer within ${ANSWER_WITHIN_MS} ms:\n${complaints}`)),
        ANSWER_WITHIN_MS,
      );
      waiting.set(id, {
        resolve: (answer) => {
          clearTimeout(late);
          resolve(answer);
        },
        reject: (error) => {
          clearTimeout(late);
          reject(error);
        },
      });
    });
}
