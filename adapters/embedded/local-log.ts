import type { Result } from '../../core/lib/result.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type {
  AlarmLog,
  LogAppend,
  LogListener,
  LogProblem,
  LogReading,
  ReadTail,
  RecordPosition,
  TopicSpec,
  TopicState,
} from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { type CompactionGround, compactTopic } from './compactor.ts';
import { expireTopic } from './expiry.ts';
import { logClosed, recordTooLarge, topicMissing } from './log-problems.ts';
import { LogReader } from './log-reader.ts';
import { LogWriter } from './log-writer.ts';
import { layOutRecord } from './record-format.ts';
import type { RecordStore, StoreTrouble } from './record-store.ts';
import { loadTopicBook, TopicBook } from './topic-book.ts';

/** A topic is compacted when so many of its records, and at least half of them, are superfluous. */
const COMPACT_FROM = 1_000;

export interface LocalLogOptions {
  /** Stamps the records of topics that say so, and tells the age of tombstones. */
  readonly clock: Clock;
  /** The least number of superfluous records that starts a compaction; 1,000 where nothing is said. */
  readonly compactFrom?: number;
}

/**
 * An alarm log inside this process, over a store that it holds alone. Each topic has one partition, 0, whatever is asked for.
 * Loading reads and checks everything that is stored; fails with `StoreDamaged` and the `damage` that was found.
 */
export async function loadLocalLog(
  store: RecordStore,
  options: LocalLogOptions,
): Promise<Result<AlarmLog, StoreTrouble>> {
  const topics = await store.loadTopics();
  if (!topics.ok) {
    return topics;
  }
  const books: TopicBook[] = [];
  for (const topic of topics.value) {
    const book = await loadTopicBook(store, topic);
    if (!book.ok) {
      return book;
    }
    books.push(book.value);
  }
  return ok(new LocalLog(store, books, options));
}

class LocalLog implements AlarmLog {
  readonly #store: RecordStore;
  readonly #clock: Clock;
  readonly #compactFrom: number;
  readonly #books: Map<string, TopicBook>;
  readonly #writer: LogWriter;
  readonly #readers = new Set<LogReader>();
  readonly #compacting = new Map<TopicBook, Promise<void>>();
  #closing: Promise<void> | null = null;

  constructor(store: RecordStore, books: readonly TopicBook[], options: LocalLogOptions) {
    this.#store = store;
    this.#clock = options.clock;
    this.#compactFrom = options.compactFrom ?? COMPACT_FROM;
    this.#books = new Map(books.map((book) => [book.topic, book]));
    this.#writer = new LogWriter(store, options.clock, (moved) => this.#committed(moved));
    this.#compactWhereDue(books);
  }

  read(topics: readonly string[], listener: LogListener, tail?: ReadTail): LogReading {
    const ground = {
      store: this.#store,
      clock: this.#clock,
      bookOf: (topic: string) => this.#books.get(topic),
      settle: () => this.#writer.runAlone(() => Promise.resolve()),
    };
    const reader = new LogReader(topics, listener, ground, tail);
    this.#readers.add(reader);
    const close = async () => {
      await reader.close();
      this.#readers.delete(reader);
    };
    return { close };
  }

  async append(record: LogAppend): Promise<Result<RecordPosition, LogProblem>> {
    if (this.#closing !== null) {
      return failure(logClosed());
    }
    const book = this.#books.get(record.topic);
    if (book === undefined) {
      return failure(topicMissing([record.topic]));
    }
    const laidOut = layOutRecord(record);
    if (laidOut.bytes.length > book.maxBytes) {
      return failure(recordTooLarge(record.topic, laidOut.bytes.length, book.maxBytes));
    }
    return this.#writer.append({ book, record: laidOut, timestampAt: record.timestampAt });
  }

  describeTopics(topics: readonly string[]): Promise<Result<readonly TopicState[], LogProblem>> {
    if (this.#closing !== null) {
      return Promise.resolve(failure(logClosed()));
    }
    const states = topics.map((topic) => {
      const book = this.#books.get(topic);
      return book === undefined
        ? { topic, exists: false, partitions: 0, settings: {} }
        : { topic, exists: true, partitions: 1, settings: book.settings };
    });
    return Promise.resolve(ok(states));
  }

  async createTopics(specs: readonly TopicSpec[]): Promise<Result<void, LogProblem>> {
    return this.#closing === null
      ? this.#writer.runAlone(() => this.#createMissing(specs))
      : failure(logClosed());
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#readers].map((reader) => reader.close()));
    await this.#writer.drain();
    await Promise.all(this.#compacting.values());
    await this.#store.close();
  }

  async #createMissing(specs: readonly TopicSpec[]): Promise<Result<void, LogProblem>> {
    const firstId = this.#books.size;
    const names = new Set<string>();
    const missing = specs.filter((spec) => {
      const isNew = !this.#books.has(spec.topic) && !names.has(spec.topic);
      names.add(spec.topic);
      return isNew;
    });
    const books = missing.map(
      ({ topic, settings }, index) => new TopicBook({ id: firstId + index, topic, settings }),
    );
    if (books.length === 0) {
      return ok(undefined);
    }
    const topics = books.map((book) => book.stored(0, 0));
    const committed = await this.#store.commit({ topics, puts: [], deletes: [] });
    if (!committed.ok) {
      return committed;
    }
    for (const book of books) {
      this.#books.set(book.topic, book);
    }
    this.#wakeReaders();
    return ok(undefined);
  }

  #committed(moved: readonly TopicBook[]): void {
    this.#wakeReaders();
    this.#compactWhereDue(moved);
  }

  #wakeReaders(): void {
    for (const reader of this.#readers) {
      reader.wake();
    }
  }

  #compactWhereDue(books: readonly TopicBook[]): void {
    for (const book of books) {
      if (this.#isDue(book)) {
        this.#compacting.set(book, this.#tidy(book, compactTopic));
      } else if (this.#isExpiryDue(book)) {
        this.#compacting.set(book, this.#tidy(book, expireTopic));
      }
    }
  }

  #isDue(book: TopicBook): boolean {
    const { superseded } = book;
    return (
      this.#closing === null &&
      !this.#compacting.has(book) &&
      superseded >= this.#compactFrom &&
      superseded * 2 >= book.count
    );
  }

  #isExpiryDue(book: TopicBook): boolean {
    const isFree = this.#closing === null && !this.#compacting.has(book);
    return isFree && book.isExpiryDue(this.#clock.now());
  }

  async #tidy(
    book: TopicBook,
    work: (book: TopicBook, ground: CompactionGround) => Promise<void>,
  ): Promise<void> {
    await work(book, {
      store: this.#store,
      clock: this.#clock,
      writer: this.#writer,
      unreadFrom: ({ topic }) =>
        Math.min(Number.MAX_SAFE_INTEGER, ...[...this.#readers].map((r) => r.positionIn(topic))),
    });
    this.#compacting.delete(book);
  }
}
