import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { PacedRun } from './paced-records.ts';

const PRODUCED = z.object({
  startedAt: z.number(),
  acknowledgedAt: z.array(z.number()),
  roundTripsMs: z.array(z.number()),
});

/** When a run began, and when the broker acknowledged each of its records (epoch ms). */
export type Produced = z.infer<typeof PRODUCED>;

/** Runs the producer in a process of its own, to its end. Throws where one record was not acknowledged. */
export async function producePaced(
  program: string,
  place: { readonly bootstrap: string; readonly registry: string },
  run: PacedRun,
): Promise<Produced> {
  const { kind, alarms, perSecond, seconds } = run;
  const numbers = [alarms, perSecond, seconds].map(String);
  const child = spawn(
    process.execPath,
    [program, place.bootstrap, place.registry, kind, ...numbers],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const produced = PRODUCED.parse(JSON.parse(await text(child.stdout)));
  if (produced.acknowledgedAt.length !== perSecond * seconds) {
    throw new Error(`${produced.acknowledgedAt.length} of ${perSecond * seconds} were produced`);
  }
  return produced;
}
