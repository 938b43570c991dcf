import { setTimeout as after } from 'node:timers/promises';
import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import { durationMs } from '../../core/lib/units.ts';
import { aLogAppend } from '../builders/a-log-append.ts';
import { answered } from './answered.ts';

/** A program that writes one record after the other, each until it is acknowledged. */
export interface SteadySource {
  /** The values that were acknowledged, in order. */
  readonly acknowledged: readonly string[];
  /** Answers when so many more were acknowledged of those begun from now on. */
  more(count: number): Promise<void>;
  /** Ends it once the record under way is acknowledged. */
  stop(): Promise<void>;
}

/** Longer than any broker is away in a test. */
const PATIENT_MS = durationMs(40_000);

const PACE_MS = 20;

/** Starts to write to a topic. A record that is refused for good shows when the source is stopped. */
export function startSource(bootstrapServers: string, topic: string): SteadySource {
  const limits = { appendMs: PATIENT_MS };
  const clock = createSystemClock();
  const log = createKafkaAlarmLog({ bootstrapServers, clientId: 'source', clock, limits });
  const acknowledged: string[] = [];
  const waiting = new Set<() => void>();
  let isStopped = false;
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const value = String(acknowledged.length);
      answered(await log.append(aLogAppend(topic, { value: Buffer.from(value) })));
      acknowledged.push(value);
      for (const look of waiting) look();
      await after(PACE_MS);
    }
  };
  const running = run();
  // What went wrong is told by whoever waits for it next.
  running.catch(() => undefined);
  return {
    acknowledged,
    more: (count) => {
      const enough = acknowledged.length + 1 + count;
      const isEnough = new Promise<void>((resolve) => {
        waiting.add(() => {
          if (acknowledged.length >= enough) resolve();
        });
      });
      return Promise.race([isEnough, running]);
    },
    stop: async () => {
      isStopped = true;
      await running;
      await log.close();
    },
  };
}
