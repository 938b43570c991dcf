import { setTimeout as after } from 'node:timers/promises';
import type { Result } from '../../../core/lib/result.ts';
import type { AlarmLog, LogProblem, RecordPosition } from '../../../core/ports/alarm-log.ts';
import { aLogAppend } from '../../builders/a-log-append.ts';
import { answered } from '../../support/answered.ts';
import { readBack } from '../../support/read-back.ts';

/** What became of one command. */
export interface Answered {
  readonly value: string;
  readonly answer: Result<RecordPosition, LogProblem>;
  readonly tookMs: number;
}

const PACE_MS = 10;

/** Commands one after the other, each on its way before the one in front is answered. */
export async function volley(
  log: AlarmLog,
  topic: string,
  count: number,
): Promise<readonly Answered[]> {
  const commands: Promise<Answered>[] = [];
  for (let index = 0; index < count; index += 1) {
    const value = `command ${index}`;
    const sentAt = performance.now();
    const sent = log.append(aLogAppend(topic, { value: Buffer.from(value) }));
    commands.push(sent.then((answer) => ({ value, answer, tookMs: performance.now() - sentAt })));
    await after(PACE_MS);
  }
  return Promise.all(commands);
}

/** How often each value stands in the topic, as another client reads it, up to a record that is written now. */
export async function timesIn(
  bootstrap: string,
  log: AlarmLog,
  topic: string,
): Promise<ReadonlyMap<string, number>> {
  const { offset } = answered(await log.append(aLogAppend(topic)));
  const times = new Map<string, number>();
  for (const { value } of await readBack(bootstrap, topic, offset + 1)) {
    times.set(String(value), (times.get(String(value)) ?? 0) + 1);
  }
  return times;
}

/** How often it may stand there, by what was answered. */
export function isTrue({ answer }: Answered, times: number): boolean {
  if (answer.ok) return times === 1;
  return answer.error.code === 'TimedOut' ? times <= 1 : times === 0;
}
