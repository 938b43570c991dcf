import type { AlarmLog } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { SHELVED_ALARMS } from '../../schemas/topics.ts';

/** When shelves were ended, against when they were to end. */
export interface WatchedEnds {
  readonly log: AlarmLog;
  /** How long after its end each was decided on, in milliseconds; below 0 = early. The first time of each alarm alone. */
  readonly decidedMs: readonly number[];
  /** How long after its end each was durable. */
  readonly durableMs: readonly number[];
  /** Answers when that many have been durable. */
  until(count: number): Promise<void>;
}

/** The same log, with every tombstone of a shelf noted: when it is given to the log, and when that has it. */
export function watchEnds(
  log: AlarmLog,
  clock: Clock,
  ends: ReadonlyMap<string, number>,
): WatchedEnds {
  const decidedMs: number[] = [];
  const durableMs: number[] = [];
  const seen = new Set<string>();
  const waiting = new Set<() => void>();
  const text = new TextDecoder();
  return {
    decidedMs,
    durableMs,
    until: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (durableMs.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    log: {
      read: (topics, listener) => log.read(topics, listener),
      describeTopics: (topics) => log.describeTopics(topics),
      createTopics: (specs) => log.createTopics(specs),
      close: () => log.close(),
      async append(record) {
        const name = text.decode(record.key);
        const endAt = ends.get(name);
        const isFirst = record.topic === SHELVED_ALARMS && record.value === null && !seen.has(name);
        if (endAt === undefined || !isFirst) return log.append(record);
        seen.add(name);
        decidedMs.push(clock.now() - endAt);
        const written = await log.append(record);
        if (written.ok) durableMs.push(clock.now() - endAt);
        for (const look of waiting) look();
        return written;
      },
    },
  };
}
