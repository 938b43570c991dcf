import type { CompactionGround } from './compactor.ts';
import { inspectRecord } from './record-format.ts';
import { placeOf } from './record-store.ts';
import type { TopicBook } from './topic-book.ts';

const STEP_RECORDS = 1_000;

/**
 * Forgets the oldest records of a topic that is kept by time, never one that an open reading has still to hand out.
 * Goes from the oldest up and stops at the first that stays, so after a crash between two steps nothing is missing in between.
 */
export async function expireTopic(book: TopicBook, ground: CompactionGround): Promise<void> {
  for (let isMoreLeft = true; isMoreLeft; ) {
    isMoreLeft = await ground.writer.runAlone(() => expireStep(book, ground));
  }
}

async function expireStep(book: TopicBook, ground: CompactionGround): Promise<boolean> {
  const below = Math.min(book.next, ground.unreadFrom(book));
  const chunk = await ground.store.read({ topicId: book.id, from: 0, below }, STEP_RECORDS);
  if (!chunk.ok || chunk.value.length === 0) {
    return false;
  }
  const now = ground.clock.now();
  const gone = [];
  for (const { offset, bytes } of chunk.value) {
    const facts = inspectRecord(bytes, placeOf(book.id, offset));
    // A damaged record stays where it is: it is found and reported by the next reading.
    if (!facts.ok || !book.isExpired(facts.value, gone.length, now)) {
      if (facts.ok) {
        book.noteOldest(facts.value.appendedAt);
      }
      break;
    }
    gone.push({ topicId: book.id, offset, bytes, facts: facts.value });
  }
  if (gone.length === 0) {
    return false;
  }
  const topics = [book.stored(0, gone.length)];
  const deletes = gone.map(({ topicId, offset, bytes }) => ({ topicId, offset, bytes }));
  const committed = await ground.store.commit({ topics, puts: [], deletes });
  if (!committed.ok) {
    // A later append meets the same problem and tells its caller; it is tried again after it.
    return false;
  }
  for (const { offset, facts } of gone) {
    book.noteRemoved(offset, facts);
  }
  return gone.length === STEP_RECORDS;
}
