import type { Result } from '../../core/lib/result.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import { storeDamaged } from './log-problems.ts';
import type { StoredFacts } from './record-format.ts';
import { inspectRecord } from './record-format.ts';
import type { RecordStore, StoredRecord, StoredTopic, StoreTrouble } from './record-store.ts';
import { placeOf } from './record-store.ts';

/** Kafka's own limit of one batch (`max.message.bytes`) where the topic sets none. */
const DEFAULT_MAX_BYTES = 1_048_588;
const HOUR_MS = 3_600_000;
/** A tombstone stays at least so long, whatever the topic's settings say, so that no reader can miss it. */
const LEAST_TOMBSTONE_MS = 24 * HOUR_MS;
const LOAD_CHUNK = 1_000;
/** Of a topic that is kept by time so many records at most: opening the store reads all of them. */
export const MOST_KEPT_RECORDS = 100_000;
/** What is past its time is let go in pieces, not one by one. */
const EXPIRY_SLACK_MS = HOUR_MS;
const EXPIRY_SLACK_RECORDS = 1_000;

interface NewestOfKey {
  readonly offset: number;
  readonly isTombstone: boolean;
  readonly appendedAt: EpochMs;
}

/**
 * One topic as the running log knows it: where its head is, and of a compacted one which record of each key is the newest.
 * Only what the store has made durable is in here.
 */
export class TopicBook {
  readonly id: number;
  readonly topic: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly #newest = new Map<string, NewestOfKey>();
  #next = 0;
  #count = 0;
  #oldestAt: EpochMs | null = null;

  constructor(stored: Pick<StoredTopic, 'id' | 'topic' | 'settings'>) {
    this.id = stored.id;
    this.topic = stored.topic;
    this.settings = stored.settings;
  }

  /** The offset that the next record gets. */
  get next(): number {
    return this.#next;
  }

  /** How many records are stored. */
  get count(): number {
    return this.#count;
  }

  get isCompacted(): boolean {
    return (this.settings['cleanup.policy'] ?? '').split(',').includes('compact');
  }

  /** How long records are kept in milliseconds; null where that is not a matter of time. */
  get keptMs(): number | null {
    const policies = (this.settings['cleanup.policy'] ?? '').split(',');
    if (!policies.includes('delete')) {
      return null;
    }
    const keptMs = numberSetting(this.settings['retention.ms'], Number.POSITIVE_INFINITY);
    return Number.isFinite(keptMs) ? keptMs : null;
  }

  /** Whether records are past their time, or too many, by enough to let them go. */
  isExpiryDue(now: EpochMs): boolean {
    const { keptMs } = this;
    if (keptMs === null || this.#oldestAt === null || this.#count === 0) {
      return false;
    }
    const isOld = this.#oldestAt < now - keptMs - EXPIRY_SLACK_MS;
    return isOld || this.#count >= MOST_KEPT_RECORDS + EXPIRY_SLACK_RECORDS;
  }

  /** Whether a record may go, with so many older ones going before it. */
  isExpired({ appendedAt }: StoredFacts, goneBefore: number, now: EpochMs): boolean {
    const { keptMs } = this;
    if (keptMs === null) {
      return false;
    }
    return appendedAt < now - keptMs || this.#count - goneBefore > MOST_KEPT_RECORDS;
  }

  /** Notes when the oldest record that stays was appended. */
  noteOldest(appendedAt: EpochMs): void {
    this.#oldestAt = appendedAt;
  }

  /** Whether the log itself stamps the records of this topic. */
  get stampsRecords(): boolean {
    return this.settings['message.timestamp.type'] === 'LogAppendTime';
  }

  /** The largest record in bytes. */
  get maxBytes(): number {
    return numberSetting(this.settings['max.message.bytes'], DEFAULT_MAX_BYTES);
  }

  /** How many records a newer one of the same key has made superfluous. */
  get superseded(): number {
    return this.isCompacted ? this.#count - this.#newest.size : 0;
  }

  /** The topic as the store keeps it, after so many more and so many fewer records. */
  stored(added: number, removed: number): StoredTopic {
    return {
      id: this.id,
      topic: this.topic,
      settings: this.settings,
      next: this.#next + added,
      count: this.#count + added - removed,
    };
  }

  /** Notes a record that is now in the store; offsets only rise. */
  noteStored(offset: number, facts: StoredFacts): void {
    this.#next = offset + 1;
    this.#count += 1;
    if (this.#count === 1) {
      this.#oldestAt = facts.appendedAt;
    }
    if (this.isCompacted) {
      const { isTombstone, appendedAt } = facts;
      this.#newest.set(facts.keyText, { offset, isTombstone, appendedAt });
    }
  }

  /** Notes that a record has left the store. */
  noteRemoved(offset: number, facts: StoredFacts): void {
    this.#count -= 1;
    if (this.#newest.get(facts.keyText)?.offset === offset) {
      this.#newest.delete(facts.keyText);
    }
  }

  /** Takes the head over from the store: what lies behind the last record may have been compacted away. */
  noteHead(next: number): void {
    this.#next = next;
  }

  /** Whether compaction may forget the record: a newer one of its key stands, or it is a tombstone past its time. */
  isForgettable(offset: number, facts: StoredFacts, now: EpochMs): boolean {
    const newest = this.#newest.get(facts.keyText);
    if (newest === undefined || newest.offset !== offset) {
      return true;
    }
    return newest.isTombstone && now - newest.appendedAt >= this.#tombstoneMs();
  }

  #tombstoneMs(): number {
    const asked = numberSetting(this.settings['delete.retention.ms'], LEAST_TOMBSTONE_MS);
    return Math.max(LEAST_TOMBSTONE_MS, asked);
  }
}

/**
 * Reads a stored topic whole and checks it: every record whole, none missing, none behind the head.
 * LevelDB drops what it cannot read of its journal without a word, so the count is what tells.
 */
export async function loadTopicBook(
  store: RecordStore,
  stored: StoredTopic,
): Promise<Result<TopicBook, StoreTrouble>> {
  const book = new TopicBook(stored);
  for (;;) {
    const range = { topicId: stored.id, from: book.next, below: Number.MAX_SAFE_INTEGER };
    const chunk = await store.read(range, LOAD_CHUNK);
    if (!chunk.ok) {
      return chunk;
    }
    const damage = noteChunk(book, chunk.value);
    if (damage !== null) {
      return failure(damagedBy(store, damage));
    }
    if (chunk.value.length < LOAD_CHUNK) {
      break;
    }
  }
  if (book.count !== stored.count || book.next > stored.next) {
    return failure(damagedBy(store, countDamage(stored, book)));
  }
  book.noteHead(stored.next);
  return ok(book);
}

function noteChunk(book: TopicBook, records: readonly StoredRecord[]): string | null {
  for (const record of records) {
    const facts = inspectRecord(record.bytes, placeOf(book.id, record.offset));
    if (!facts.ok) {
      return facts.error;
    }
    book.noteStored(record.offset, facts.value);
  }
  return null;
}

function countDamage(stored: StoredTopic, book: TopicBook): string {
  return (
    `topic ${stored.topic} should hold ${stored.count} records below offset ${stored.next}, ` +
    `but ${book.count} below ${book.next} were found`
  );
}

function damagedBy(store: RecordStore, damage: string): StoreTrouble {
  return { ...storeDamaged(store.name, damage), damage };
}

function numberSetting(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : otherwise;
}
