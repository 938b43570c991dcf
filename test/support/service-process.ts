import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { bundlePrograms } from '../../scripts/build/program-bundle.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const LINE = z.looseObject({ event: z.string() });
export type ServiceLine = z.infer<typeof LINE>;

/** A headless service that runs as its own program. */
export interface ServiceProcess {
  /** Answers the first line, of those that were or will be written, that satisfies the condition. */
  said(isIt: (line: ServiceLine) => boolean): Promise<ServiceLine>;
  /** What it wrote to its error output. */
  complaints(): string;
  signal(name: NodeJS.Signals): void;
  /** The exit code, or null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** A service as it is shipped: one file, in a folder of its own. */
export interface ServiceProgram {
  /** Node's arguments that run it. */
  readonly program: readonly string[];
  remove(): Promise<void>;
}

/** Bundles a service, so that a test starts ten of them in the time in which a compiler starts one. */
export async function bundleService(name: 'shelf' | 'keeper'): Promise<ServiceProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'klaxon-service-'));
  await bundlePrograms({ [name]: join(ROOT, 'services', name, 'main.ts') }, folder);
  const file = join(folder, `${name}.cjs`);
  return { program: [file], remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Starts a service: Node with these arguments. What the environment of the tests holds of settings is not passed on. */
export function startService(
  program: readonly string[],
  settings: Readonly<Record<string, string>>,
): ServiceProcess {
  const child = spawn(process.execPath, program, {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      KLAXON_HTTP_ADDRESS: 'off',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: ServiceLine[] = [];
  const waiting = new Set<() => void>();
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(LINE.parse(JSON.parse(line)));
    for (const look of waiting) look();
  });
  return {
    said: (isIt) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = lines.find(isIt);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    complaints: () => errors,
    signal: (name) => void child.kill(name),
    ended: codeOf(child),
  };
}

/** Whether the line says that the service is live. */
export function isLiveLine(line: ServiceLine): boolean {
  return line.event === 'phase' && JSON.stringify(line['phase']).includes('"live"');
}

function codeOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code));
  });
}
