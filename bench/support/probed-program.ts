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
const REPORT = z.union([
  z.object({ klaxon: z.literal('phase'), phase: z.string() }),
  z.object({ klaxon: z.enum(['painted', 'table', 'screenshot']) }),
]);
const ANSWER_WITHIN_MS = 180_000;

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
  /** Answers once the console has reported a phase for the first time, or that it has painted its list. */
  reported(what: 'replaying' | 'live' | 'painted'): Promise<unknown>;
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
        KLAXON_REPORT: '1',
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
    reported: answers,
    loop: (request) => ask({ loop: request }),
    close: () => endGroup(child),
  };
}

/** Answers how to wait for the answer of an id, which may have come already. */
function listen(child: Child): (id: string) => Promise<unknown> {
  const waiting = new Map<string, Waiting>();
  const early = new Map<string, unknown>();
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString('utf8')}`.slice(-4_000);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = parseLine(line);
    if (said === null) return;
    const one = waiting.get(said.id);
    waiting.delete(said.id);
    if ('failed' in said) one?.reject(new Error(`in the program: ${said.failed}`));
    else if (one === undefined) early.set(said.id, said.answer);
    else one.resolve(said.answer);
  });
  child.once('close', (code) => {
    for (const { reject } of waiting.values()) {
      reject(new Error(`the program ended with ${code}:\n${complaints}`));
    }
  });
  return (id) =>
    new Promise((resolve, reject) => {
      if (early.has(id)) {
        resolve(early.get(id));
        return;
      }
      const late = setTimeout(
        () => reject(new Error(`no ${id} within ${ANSWER_WITHIN_MS} ms:\n${complaints}`)),
        ANSWER_WITHIN_MS,
      );
      const inTime =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(late);
          then(value);
        };
      waiting.set(id, { resolve: inTime(resolve), reject: inTime(reject) });
    });
}

type Said =
  | { readonly id: string; readonly answer: unknown }
  | { readonly id: string; readonly failed: string };

/** An answer of the probe, or a report of the console (its phase, or `painted`, is the id); null for anything else. */
function parseLine(line: string): Said | null {
  if (line.startsWith('{"bench":')) {
    const { bench: id, ...said } = LINE.parse(JSON.parse(line));
    return 'failed' in said ? { id, failed: said.failed } : { id, answer: said.answer };
  }
  if (!line.startsWith('{"klaxon":')) return null;
  const report = REPORT.parse(JSON.parse(line));
  return { id: report.klaxon === 'phase' ? report.phase : report.klaxon, answer: null };
}
