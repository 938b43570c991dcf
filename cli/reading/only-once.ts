import type { KeptRecord } from './kept-record.ts';

/** Lets every record of a log through once, though a lost connection has the log read again from its start. */
export interface OnlyOnce {
  /** What of this is new; what is held back until it is known whether the log is the same comes with a later call. */
  take(record: KeptRecord): readonly KeptRecord[];
  /** These topics are read again from their first record. */
  reset(topics: readonly string[]): void;
  /** What was let through of these topics does not count: nobody has used it. */
  forget(topics: readonly string[]): void;
  /** All that the topic held has been read again: what is still held back was never known, so it is let through. */
  reachHead(topic: string): readonly KeptRecord[];
}

/** Of each partition, so many of the newest records are remembered to tell the same log from another. */
const REMEMBERED = 256;

/**
 * A filter that has seen nothing yet.
 *
 * A topic that was made anew has other records under the same offsets, and they are all new: the first offset that is
 * known decides, by its moment. Where nothing decides, everything is let through: twice is better than never.
 */
export function createOnlyOnce(): OnlyOnce {
  const partitions = new Map<string, PartitionSight>();
  const sightOf = ({ topic, partition }: KeptRecord): PartitionSight => {
    const name = `${topic}/${partition}`;
    const sight = partitions.get(name) ?? new PartitionSight(topic);
    partitions.set(name, sight);
    return sight;
  };
  return {
    take: (record) => sightOf(record).take(record),
    reset(topics) {
      for (const sight of partitions.values()) if (topics.includes(sight.topic)) sight.reset();
    },
    forget(topics) {
      for (const [name, { topic }] of partitions)
        if (topics.includes(topic)) partitions.delete(name);
    },
    reachHead: (topic) =>
      [...partitions.values()].flatMap((sight) => (sight.topic === topic ? sight.letGo() : [])),
  };
}

/** What was seen of one partition. */
class PartitionSight {
  readonly topic: string;
  /** Offset and moment of the newest records, oldest first. */
  readonly #newest = new Map<number, number>();
  #last = -1;
  /** Null: what comes is beyond `#last` or known. Else what came since the reset, while it may be another log. */
  #held: KeptRecord[] | null = null;

  constructor(topic: string) {
    this.topic = topic;
  }

  reset(): void {
    this.#held = this.#last < 0 ? null : [];
  }

  take(record: KeptRecord): readonly KeptRecord[] {
    if (this.#held === null) return record.offset > this.#last ? this.#see([record]) : [];
    const knownAt = this.#newest.get(record.offset);
    this.#held.push(record);
    if (knownAt !== undefined && knownAt !== record.timestampAt) return this.letGo();
    // Beyond all that was seen, without a contradiction: what was known has been compacted away meanwhile.
    const isSame = knownAt !== undefined || record.offset > this.#last;
    if (!isSame) return [];
    const fresh = this.#held.filter(({ offset }) => offset > this.#last);
    this.#held = null;
    return this.#see(fresh);
  }

  letGo(): readonly KeptRecord[] {
    const held = this.#held;
    if (held === null) return [];
    this.#held = null;
    this.#last = -1;
    this.#newest.clear();
    return this.#see(held);
  }

  #see(records: readonly KeptRecord[]): readonly KeptRecord[] {
    for (const { offset, timestampAt } of records) {
      this.#last = offset;
      this.#newest.set(offset, timestampAt);
      const [oldest] = this.#newest.keys();
      if (this.#newest.size > REMEMBERED && oldest !== undefined) this.#newest.delete(oldest);
    }
    return records;
  }
}
