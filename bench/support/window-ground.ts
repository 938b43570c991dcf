import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker } from '../../test/support/kafka-broker.ts';
import { startRegistry } from '../../test/support/schema-registry.ts';
import { bundleWindowParts } from './bundle-window.ts';
import { type ProbedProgram, type ProgramStart, startProgram } from './probed-program.ts';

/** A real broker and registry, and programs with a window that are started on them. */
export interface WindowGround {
  readonly bootstrap: string;
  readonly registry: string;
  /** Starts one; it keeps its settings and caches from its last start. */
  start(program: ProgramStart['program'], startScript?: string): ProbedProgram;
}

/** Gives a bench its ground, and takes all of it away again. */
export async function onWindowGround<T>(run: (ground: WindowGround) => Promise<T>): Promise<T> {
  const parts = await bundleWindowParts();
  const folder = await mkdtemp(join(tmpdir(), 'klaxon-bench-'));
  const [registry, broker] = await Promise.all([startRegistry(), startBroker({ heapMiB: 1_024 })]);
  const env = { BOOTSTRAP_SERVERS: broker.bootstrap, SCHEMA_REGISTRY: registry.url };
  const started: ProbedProgram[] = [];
  try {
    return await run({
      bootstrap: broker.bootstrap,
      registry: registry.url,
      start: (program, startScript) => {
        const userFolder = join(folder, program);
        const script = startScript === undefined ? {} : { startScript };
        const running = startProgram({ program, parts, userFolder, env, ...script });
        started.push(running);
        return running;
      },
    });
  } finally {
    for (const program of started) await program.close();
    await broker.stop();
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the account of the window says where so many of the registered alarms are active, and none is shelved. */
export function accountOf(alarms: number, active: number): string {
  const text = (value: number) => value.toLocaleString('en-US');
  return `${text(active)} of ${text(active)} abnormal shown · ${text(alarms)} registered = ${text(alarms - active)} normal + ${text(active)} active`;
}

/** A script that answers when the table and the account of the window are these, painted. */
export function whenTablePainted(alarms: number, active: number): string {
  return `bench.whenTablePainted(${active}, ${JSON.stringify(accountOf(alarms, active))})`;
}
