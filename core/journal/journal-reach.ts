import type { RecordMark } from '../alarm/record-mark.ts';
import type { EpochMs } from '../lib/units.ts';

/** Up to where the journal tells everything that a partition of the alarm topics did. */
export interface StreamReach {
  readonly topic: string;
  readonly partition: number;
  /** What every record below this offset did is in the journal. */
  readonly below: number;
  /** None of them was written after this: a later one below `below` belongs to a topic that was made anew. */
  readonly latestWrittenAt: EpochMs;
}

/** What a keeper says with the last record of each batch: so far everything is in the journal, whatever becomes of it. */
export interface JournalReach {
  readonly streams: readonly StreamReach[];
  /** Every shelf whose time was over before this is in the journal as ended; null = not known. */
  readonly endedBefore: EpochMs | null;
}

/** How far the log has been turned into transitions: nothing is told twice, and nothing is left out. */
export interface ReachBook {
  /** Takes over what a journal says; of several words the newest. Each is true by itself. */
  take(reach: JournalReach): void;
  /** Whether anything is known of the partition that a record stands in. */
  knows(mark: RecordMark): boolean;
  /** Notes a record; false where what it did is told already. */
  see(mark: RecordMark): boolean;
  /** Notes that shelves have been looked at up to a moment. */
  lookAtShelves(now: EpochMs): void;
  /** Whether a shelf's end by time is told already. */
  isEndTold(at: EpochMs): boolean;
  /** What holds while these records, and shelves from this moment on, are still to be written. */
  reachBefore(pending: Iterable<RecordMark>, pendingEndAt: EpochMs | null): JournalReach;
}

interface Stream {
  readonly topic: string;
  readonly partition: number;
  below: number;
  latestWrittenAt: EpochMs;
  isKnown: boolean;
}

/** Nothing seen, nothing told. */
export function createReachBook(): ReachBook {
  const topics = new Map<string, Stream[]>();
  let toldBefore: EpochMs | null = null;
  let lookedAt: EpochMs | null = null;

  const streamOf = ({ topic, partition, writtenAt }: RecordMark): Stream => {
    let partitions = topics.get(topic);
    if (partitions === undefined) {
      partitions = [];
      topics.set(topic, partitions);
    }
    let stream = partitions.find((one) => one.partition === partition);
    if (stream === undefined) {
      stream = { topic, partition, below: 0, latestWrittenAt: writtenAt, isKnown: false };
      partitions.push(stream);
    }
    return stream;
  };

  return {
    take({ streams, endedBefore }) {
      for (const { topic, partition, below, latestWrittenAt } of streams) {
        const stream = streamOf({
          topic,
          partition,
          offset: 0,
          writtenAt: latestWrittenAt,
          audit: {},
        });
        const isNewer =
          latestWrittenAt === stream.latestWrittenAt
            ? below > stream.below
            : latestWrittenAt > stream.latestWrittenAt;
        if (isNewer) Object.assign(stream, { below, latestWrittenAt });
        stream.isKnown = true;
      }
      toldBefore = laterOf(toldBefore, endedBefore);
      lookedAt = laterOf(lookedAt, endedBefore);
    },
    knows: (mark) => streamOf(mark).isKnown,
    see(mark) {
      const stream = streamOf(mark);
      const { offset, writtenAt } = mark;
      if (offset < stream.below && writtenAt <= stream.latestWrittenAt) return false;
      stream.below = offset + 1;
      if (writtenAt > stream.latestWrittenAt) stream.latestWrittenAt = writtenAt;
      return true;
    },
    lookAtShelves(now) {
      lookedAt = laterOf(lookedAt, now);
    },
    isEndTold: (at) => toldBefore !== null && at < toldBefore,
    reachBefore(pending, pendingEndAt) {
      const firsts = firstOf(pending);
      const streams = [...topics.values()].flat().map((stream) => reachOf(stream, firsts));
      const isEndPending = pendingEndAt !== null && lookedAt !== null && pendingEndAt < lookedAt;
      return { streams, endedBefore: isEndPending ? pendingEndAt : lookedAt };
    },
  };
}

function reachOf(
  { topic, partition, below, latestWrittenAt }: Stream,
  firsts: ReadonlyMap<string, number>,
): StreamReach {
  const first = firsts.get(keyOf(topic, partition)) ?? below;
  return { topic, partition, below: Math.min(first, below), latestWrittenAt };
}

function firstOf(pending: Iterable<RecordMark>): Map<string, number> {
  const firsts = new Map<string, number>();
  for (const { topic, partition, offset } of pending) {
    const key = keyOf(topic, partition);
    firsts.set(key, Math.min(offset, firsts.get(key) ?? offset));
  }
  return firsts;
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

function laterOf(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
