import type { KeptRecord } from './kept-record.ts';

/** Lets every record of a log through once, though a lost connection has the log read again from its start. */
export interface OnlyOnce {
  /** What of this is new; what is held back until it is known whether the log is the same comes with a later call. */
  take(records: readonly KeptRecord[]): readonly KeptRecord[];
  /** A record that was used without being taken from here: it is not new any more. */
  note(record: PlacedRecord): void;
  /** These topics are read again from their first record. */
  reset(topics: readonly string[]): void;
  /** What was let through of these topics does not count: nobody has used it. */
  forget(topics: readonly string[]): void;
  /** All that the topic held has been read again: what is still held back was never known, so it is let through. */
  reachHead(topic: string): readonly KeptRecord[];
}

/** Where a record stands, and its moment. */
type PlacedRecord = Pick<KeptRecord, 'topic' | 'partition' | 'offset' | 'timestampAt'>;

/** Of each partition, so many of the newest records are remembered to tell the same log from another. */
const REMEMBERED = 256;

/**
 * A filter that has seen nothing yet.
 *
 * A topic that was made anew has other records under the same offsets, and they are all new: the first offset that is
 * known decides, by its moment. Where nothing decides, everything is let through: twice is better than never.
 */
export function createOnlyOnce(): OnlyOnce {
  let sights: PartitionSight[] = [];
  const sightOf = ({ topic, partition }: PlacedRecord): PartitionSight => {
    let sight = sights.find((each) => each.partition === partition && each.topic === topic);
    if (sight === undefined) {
      sight = new PartitionSight(topic, partition);
      sights.push(sight);
    }
    return sight;
  };
  return {
    take(records) {
      const fresh: KeptRecord[] = [];
      for (const record of records) sightOf(record).take(record, fresh);
      return fresh;
    },
    note: (record) => sightOf(record).note(record),
    reset(topics) {
      for (const sight of sights) if (topics.includes(sight.topic)) sight.reset();
    },
    forget(topics) {
      sights = sights.filter(({ topic }) => !topics.includes(topic));
    },
    reachHead(topic) {
      const fresh: KeptRecord[] = [];
      for (const sight of sights) if (sight.topic === topic) sight.letGo(fresh);
      return fresh;
    },
  };
}

/** What was seen of one partition. */
class PartitionSight {
  readonly topic: string;
  readonly partition: number;
  readonly #newest = new NewestMoments();
  #last = -1;
  /** Null: what comes is beyond `#last` or known. Else what came since the reset, while it may be another log. */
  #held: KeptRecord[] | null = null;

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.partition = partition;
  }

  reset(): void {
    this.#held = this.#last < 0 ? null : [];
  }

  /** What is new goes into `fresh`. */
  take(record: KeptRecord, fresh: KeptRecord[]): void {
    if (this.#held === null) {
      if (record.offset > this.#last) this.#see(record, fresh);
      return;
    }
    const knownAt = this.#newest.momentOf(record.offset);
    this.#held.push(record);
    if (knownAt !== undefined && knownAt !== record.timestampAt) {
      this.letGo(fresh);
      return;
    }
    // Beyond all that was seen, without a contradiction: what was known has been compacted away meanwhile.
    const isSame = knownAt !== undefined || record.offset > this.#last;
    if (!isSame) return;
    const held = this.#held;
    this.#held = null;
    for (const each of held) if (each.offset > this.#last) this.#see(each, fresh);
  }

  letGo(fresh: KeptRecord[]): void {
    const held = this.#held;
    if (held === null) return;
    this.#held = null;
    this.#last = -1;
    this.#newest.clear();
    for (const each of held) this.#see(each, fresh);
  }

  note({ offset, timestampAt }: PlacedRecord): void {
    this.#last = offset;
    this.#newest.remember(offset, timestampAt);
  }

  #see(record: KeptRecord, fresh: KeptRecord[]): void {
    this.note(record);
    fresh.push(record);
  }
}

/** Offset and moment of the newest records, in a ring: the oldest gives its place to the next. */
class NewestMoments {
  readonly #offsets = new Float64Array(REMEMBERED).fill(-1);
  readonly #moments = new Float64Array(REMEMBERED);
  #place = 0;

  remember(offset: number, moment: number): void {
    this.#offsets[this.#place] = offset;
    this.#moments[this.#place] = moment;
    this.#place = (this.#place + 1) % REMEMBERED;
  }

  momentOf(offset: number): number | undefined {
    const at = this.#offsets.indexOf(offset);
    return at < 0 ? undefined : this.#moments[at];
  }

  clear(): void {
    this.#offsets.fill(-1);
  }
}
