import { readdir, readFile } from 'node:fs/promises';

/** Proportional memory (PSS) of a program of Electron, in MiB: what it shares is counted in parts. */
export interface ProgramMemory {
  readonly main: number;
  readonly renderer: number;
  /** All its processes, with those that draw and connect. */
  readonly all: number;
}

const KIB_PER_MIB = 1_024;

/** Reads it from /proc (Linux only) for a main process and everything below it. */
export async function programMemory(mainPid: number): Promise<ProgramMemory> {
  const pids = await withDescendants(mainPid);
  const found = await Promise.all(
    pids.map(async (pid) => ({ kind: await kindOf(pid), mib: await pssOf(pid) })),
  );
  const sumOf = (kind: string | null) =>
    found
      .filter((one) => kind === null || one.kind === kind)
      .reduce((sum, one) => sum + one.mib, 0);
  return { main: await pssOf(mainPid), renderer: sumOf('renderer'), all: sumOf(null) };
}

async function withDescendants(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8')),
  );
  const children = lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
  const below = await Promise.all(children.map(withDescendants));
  return [pid, ...below.flat()];
}

/** The kind of a process of Chromium; empty for the main one. */
async function kindOf(pid: number): Promise<string> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
  return /--type=([a-z-]+)/.exec(command)?.[1] ?? '';
}

async function pssOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kib = /^Pss:\s+(\d+) kB/m.exec(rollup)?.[1];
  if (kib === undefined) throw new Error(`no memory of process ${pid} can be read`);
  return Number(kib) / KIB_PER_MIB;
}
