import { getPriority, setPriority } from 'node:os';

/** How much lower than the rest of the console: a replay still gets most of a core that is free. */
const STEPS_LOWER = 5;

/**
 * Lets this thread give way to what draws the window and takes the operator's keys, where processors are short: a replay and a
 * flood take as much time as they get. Linux only, where a priority belongs to a thread (setpriority(2), under "C
 * library/kernel differences"); elsewhere it would be that of the whole console.
 */
export function giveWayToTheWindow(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Math.max(0, getPriority()) + STEPS_LOWER);
  } catch {
    // A system that forbids it reads the log with equal right.
  }
}
