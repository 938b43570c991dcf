import { assertNever } from '../../core/lib/invariant.ts';
import type { LogRecord, LogSweep } from '../../core/ports/alarm-log.ts';

/** What the reading of a log says, in the order in which it must be folded. */
export type ReadingStep =
  | { readonly step: 'records'; readonly records: readonly LogRecord[]; readonly from: number }
  | { readonly step: 'reset'; readonly topic: string }
  | { readonly step: 'sweep'; readonly sweep: LogSweep }
  | { readonly step: 'head'; readonly topic: string };

/** The topic that a step concerns. */
export function topicOf(step: ReadingStep): string | undefined {
  switch (step.step) {
    case 'records':
      return step.records[0]?.topic;
    case 'sweep':
      return step.sweep.topic;
    case 'reset':
    case 'head':
      return step.topic;
    default:
      return assertNever(step);
  }
}

/** How many records these steps hold that are not folded yet. */
export function recordsIn(steps: readonly ReadingStep[]): number {
  let sum = 0;
  for (const step of steps) if (step.step === 'records') sum += step.records.length - step.from;
  return sum;
}
