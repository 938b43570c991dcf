import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const HEAD = z.object({
  /** Records read, and a digest of the folded answer, which is compared before any time counts. */
  records: z.number(),
  alarms: z.number(),
  digest: z.string(),
  cpuMs: z.number(),
  peakMiB: z.number(),
  extra: z.record(z.string(), z.number()).optional(),
});

/** What a measured process printed, and when. */
export interface MeasuredRun extends z.infer<typeof HEAD> {
  /** From before the process was started to its line `head`. */
  readonly wallMs: number;
}

/** Runs a child of the bench that prints `head` once it is there, then one line of JSON; answers when it has ended. */
export async function measureChild(command: string, args: readonly string[]): Promise<MeasuredRun> {
  const startedAt = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let wallMs = Number.NaN;
  let answer = '';
  const lines = createInterface({ input: child.stdout });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const line of lines) {
    if (line === 'head') wallMs = performance.now() - startedAt;
    else if (line.startsWith('{')) answer = line;
  }
  const code = await ended;
  if (code !== 0 || answer === '') {
    throw new Error(`${command} ${args.join(' ')} ended with ${code} and no answer`);
  }
  return { ...HEAD.parse(JSON.parse(answer)), wallMs };
}

/** Wall and processor time of a program that prints nothing of interest, e.g. kcat. */
export async function timeProgram(command: string, args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  return performance.now() - startedAt;
}
