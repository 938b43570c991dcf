import type { LogRecord } from '../../core/ports/alarm-log.ts';

/** What is known of the past of the records being read (decision 15). */
export interface ReadHistory {
  /** Whether everything before this record, in its partition, has been seen or is accounted for. */
  isWholeBefore(record: LogRecord): boolean;
  /** Whether the topic has been read to its head, so that what follows is live. */
  isAtHead(topic: string): boolean;
  reachHead(topic: string): void;
  /** The next offset to be read of a partition; 0 before its first record. */
  nextOffset(topic: string, partition: number): number;
  forget(topics: readonly string[]): void;
}

interface PartitionPast {
  isWhole: boolean;
  next: number;
}

/** Nothing read yet. */
export function createReadHistory(): ReadHistory {
  const pasts = new Map<string, PartitionPast[]>();
  const heads = new Set<string>();
  const pastOf = (topic: string, partition: number): PartitionPast => {
    let partitions = pasts.get(topic);
    if (partitions === undefined) {
      partitions = [];
      pasts.set(topic, partitions);
    }
    let past = partitions[partition];
    if (past === undefined) {
      past = { isWhole: true, next: 0 };
      partitions[partition] = past;
    }
    return past;
  };
  return {
    isWholeBefore(record) {
      const past = pastOf(record.topic, record.partition);
      if (record.isAfterGap) past.isWhole = false;
      past.next = record.offset + 1;
      return past.isWhole;
    },
    isAtHead: (topic) => heads.has(topic),
    reachHead(topic) {
      heads.add(topic);
      // What is left of the log has been read: the newest record of each slot outlives compaction, so nothing is unknown now.
      for (const past of pasts.get(topic) ?? []) if (past !== undefined) past.isWhole = true;
    },
    nextOffset: (topic, partition) => pasts.get(topic)?.[partition]?.next ?? 0,
    forget(topics) {
      for (const topic of topics) {
        pasts.delete(topic);
        heads.delete(topic);
      }
    },
  };
}
