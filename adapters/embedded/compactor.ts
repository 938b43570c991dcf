import type { Clock } from '../../core/ports/clock.ts';
import type { LogWriter } from './log-writer.ts';
import type { StoredFacts } from './record-format.ts';
import { inspectRecord } from './record-format.ts';
import type { RecordStore, StoredRecord } from './record-store.ts';
import { placeOf } from './record-store.ts';
import type { TopicBook } from './topic-book.ts';

const STEP_RECORDS = 1_000;

/** What compaction needs of the log around it. */
export interface CompactionGround {
  readonly store: RecordStore;
  readonly clock: Clock;
  readonly writer: LogWriter;
  /** The first offset of the topic that some open reading has not yet handed to its listener. */
  readonly unreadFrom: (book: TopicBook) => number;
}

/**
 * Forgets what newer records of the same key have made superfluous, and tombstones past their time.
 *
 * Readings cannot miss anything by it, for three reasons:
 * 1. A step only touches records that every open reading has already handed out (`unreadFrom`), so a reading never loses
 *    a tombstone between a record that it has read and its own position.
 * 2. A step runs alone in the writer, and a new reading begins between two steps, never within one.
 * 3. Steps go from the oldest record up, so what precedes a tombstone is gone before the tombstone goes:
 *    after every step, and after a crash between two, a reading from the start ends in the same state.
 */
export async function compactTopic(book: TopicBook, ground: CompactionGround): Promise<void> {
  let from: number | null = 0;
  while (from !== null) {
    const start: number = from;
    from = await ground.writer.runAlone(() => compactStep(book, start, ground));
  }
}

async function compactStep(
  book: TopicBook,
  from: number,
  ground: CompactionGround,
): Promise<number | null> {
  const below = Math.min(book.next, ground.unreadFrom(book));
  const chunk = await ground.store.read({ topicId: book.id, from, below }, STEP_RECORDS);
  const last = chunk.ok ? chunk.value.at(-1) : undefined;
  if (!chunk.ok || last === undefined) {
    return null;
  }
  // A reading that begins while this step reads waits for its end (2.), so `below` holds throughout.
  const forgettable = findForgettable(book, chunk.value, ground);
  if (forgettable.length > 0) {
    const committed = await ground.store.commit({
      topics: [book.stored(0, forgettable.length)],
      puts: [],
      deletes: forgettable.map(({ offset, bytes }) => ({ topicId: book.id, offset, bytes })),
    });
    if (!committed.ok) {
      // A later append meets the same problem and tells its caller; compaction is tried again after it.
      return null;
    }
    for (const { offset, facts } of forgettable) {
      book.noteRemoved(offset, facts);
    }
  }
  return chunk.value.length < STEP_RECORDS ? null : last.offset + 1;
}

function findForgettable(
  book: TopicBook,
  records: readonly StoredRecord[],
  ground: CompactionGround,
): (StoredRecord & { readonly facts: StoredFacts })[] {
  const now = ground.clock.now();
  return records.flatMap((record) => {
    const facts = inspectRecord(record.bytes, placeOf(book.id, record.offset));
    // A damaged record stays where it is: it is found and reported by the next reading.
    return facts.ok && book.isForgettable(record.offset, facts.value, now)
      ? [{ ...record, facts: facts.value }]
      : [];
  });
}
