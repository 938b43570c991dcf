import type { EpochMs } from '../../core/lib/units.ts';
import {
  keyBytesOf,
  type LogDamage,
  type LogRecord,
  type RecordPosition,
  valueBytesOf,
} from '../../core/ports/alarm-log.ts';

/** A record that could not be decoded, kept for a person to look at. */
export interface Quarantined {
  readonly position: RecordPosition;
  readonly writtenAt: EpochMs;
  readonly reason: string;
  /** The first `KEPT_BYTES` of each; null is a tombstone or a record without a key. */
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}

/** How many records are kept; all are counted. */
export const KEPT_RECORDS = 1_000;
/** How much of a key and of a value is kept: a quarantine full of the largest stays below 10 MiB. */
export const KEPT_BYTES = 4_096;

/** Records that cannot be decoded: counted without bound, the newest kept (decision 10). */
export interface Quarantine {
  readonly count: number;
  add(record: LogRecord, reason: string): void;
  /** A stretch of the log that could not be read at all: each of its offsets counts. */
  addDamage(damage: LogDamage, noticedAt: EpochMs): void;
  /** The newest first. */
  newest(limit: number): readonly Quarantined[];
  /** Forgets what was kept and counted of these topics: they are read anew. */
  forget(topics: readonly string[]): void;
}

/** An empty quarantine. */
export function createQuarantine(): Quarantine {
  let kept: Quarantined[] = [];
  const counts = new Map<string, number>();
  const keep = (entry: Quarantined, count: number): void => {
    const { topic } = entry.position;
    counts.set(topic, (counts.get(topic) ?? 0) + count);
    kept.push(entry);
    if (kept.length >= KEPT_RECORDS * 2) kept = kept.slice(-KEPT_RECORDS);
  };
  return {
    get count() {
      let sum = 0;
      for (const count of counts.values()) sum += count;
      return sum;
    },
    add: (record, reason) => keep(quarantinedOf(record, reason), 1),
    addDamage: ({ topic, partition, from, to, problem }, noticedAt) => {
      const position = { topic, partition, offset: from };
      const reason = `${problem.message} Up to ${to - from} records are missing, from offset ${from} to ${to - 1}.`;
      keep({ position, writtenAt: noticedAt, reason, key: null, value: null }, to - from);
    },
    newest: (limit) => kept.slice(-Math.min(limit, KEPT_RECORDS)).reverse(),
    forget(topics) {
      for (const topic of topics) counts.delete(topic);
      kept = kept.filter(({ position }) => !topics.includes(position.topic));
    },
  };
}

function quarantinedOf(record: LogRecord, reason: string): Quarantined {
  return {
    position: { topic: record.topic, partition: record.partition, offset: record.offset },
    writtenAt: record.timestampAt,
    reason,
    key: keyBytesOf(record)?.slice(0, KEPT_BYTES) ?? null,
    value: valueBytesOf(record)?.slice(0, KEPT_BYTES) ?? null,
  };
}
