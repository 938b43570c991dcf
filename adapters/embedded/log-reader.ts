import type { Result } from '../../core/lib/result.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import { epochMs } from '../../core/lib/units.ts';
import type {
  LogListener,
  LogPhase,
  LogProblem,
  LogReading,
  LogRecord,
  ReadTail,
} from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { storeDamaged, topicMissing, unexpectedProblem } from './log-problems.ts';
import { readRecord } from './record-format.ts';
import type { RecordStore, StoredRecord } from './record-store.ts';
import { placeOf } from './record-store.ts';
import type { TopicBook } from './topic-book.ts';

/** So few that a listener folds a slice within a few milliseconds. */
const SLICE_RECORDS = 500;
const RETRY_MS = 1_000;
const RETRY_FAILED_MS = 30_000;

/** What a reading needs of the log around it. */
export interface ReadingGround {
  readonly store: RecordStore;
  readonly clock: Clock;
  readonly bookOf: (topic: string) => TopicBook | undefined;
  /** Answers once no compaction step runs that did not know of this reading. */
  readonly settle: () => Promise<void>;
}

/** One reader of some topics, from their first record (or so far before the end) to the head and on. */
export class LogReader implements LogReading {
  readonly #topics: readonly string[];
  readonly #listener: LogListener;
  readonly #ground: ReadingGround;
  readonly #tail: ReadTail | undefined;
  /** By topic: the first offset that the listener has not had. */
  readonly #positions: Map<string, number>;
  /** By topic: the offset right behind the last record that was handed out; another one comes after a gap. */
  readonly #followers = new Map<string, number>();
  readonly #done: Promise<void>;
  #isClosed = false;
  #isLive = false;
  #hasNews = false;
  #wakeUp: (() => void) | null = null;
  #attempt = 1;
  #trouble: LogPhase | null = null;

  constructor(
    topics: readonly string[],
    listener: LogListener,
    ground: ReadingGround,
    tail?: ReadTail,
  ) {
    this.#topics = [...new Set(topics)];
    this.#listener = listener;
    this.#ground = ground;
    this.#tail = tail;
    this.#positions = new Map(this.#topics.map((topic) => [topic, 0]));
    this.#done = this.#run();
  }

  /** The first offset of the topic that this reading has not handed out; none where it does not read the topic. */
  positionIn(topic: string): number {
    return this.#positions.get(topic) ?? Number.POSITIVE_INFINITY;
  }

  /** Tells the reading that the log has moved. */
  wake(): void {
    this.#hasNews = true;
    this.#wakeUp?.();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.wake();
    return this.#done;
  }

  async #run(): Promise<void> {
    // The caller gets its reading before the first call back.
    await nextTurn();
    try {
      this.#tell({ phase: 'connecting', attempt: this.#attempt });
      const books = await this.#awaitTopics();
      await this.#ground.settle();
      this.#beginAtTail(books);
      await this.#replay(books);
      await this.#follow(books);
    } catch (cause) {
      // Only the listener can throw here. It has not had what it should: it must not go on looking alive.
      this.#tell({ phase: 'failed', problem: unexpectedProblem('Taking in alarm records', cause) });
    }
  }

  async #awaitTopics(): Promise<readonly TopicBook[]> {
    for (;;) {
      const books = this.#topics.flatMap((topic) => this.#ground.bookOf(topic) ?? []);
      if (books.length === this.#topics.length || this.#isClosed) {
        return books;
      }
      const missing = this.#topics.filter((topic) => this.#ground.bookOf(topic) === undefined);
      const problem = topicMissing(missing);
      this.#tell({ phase: 'connecting', attempt: this.#attempt, problem });
      this.#attempt += 1;
      await this.#news();
    }
  }

  #beginAtTail(books: readonly TopicBook[]): void {
    if (this.#tail === undefined) {
      return;
    }
    for (const { topic, next } of books) {
      this.#positions.set(topic, Math.max(0, next - this.#tail.lastOffsets));
    }
  }

  async #replay(books: readonly TopicBook[]): Promise<void> {
    const ends = books.map((book) => ({ book, end: book.next }));
    const total = books.reduce(
      (sum, book) => sum + Math.min(book.count, book.next - this.positionIn(book.topic)),
      0,
    );
    const progress = { read: 0, total };
    this.#tell({ phase: 'replaying', ...progress });
    for (const { book, end } of ends) {
      await this.#readUpTo(book, end, progress);
      if (!this.#isClosed) {
        this.#listener.onHead?.(book.topic);
      }
    }
    this.#isLive = true;
    this.#tell({ phase: 'live' });
  }

  async #follow(books: readonly TopicBook[]): Promise<void> {
    while (!this.#isClosed) {
      const behind = books.find((book) => this.positionIn(book.topic) < book.next);
      if (behind === undefined) {
        await this.#news();
      } else {
        await this.#readUpTo(behind, behind.next);
      }
    }
  }

  async #readUpTo(
    book: TopicBook,
    end: number,
    progress?: { read: number; readonly total: number },
  ): Promise<void> {
    while (!this.#isClosed && this.positionIn(book.topic) < end) {
      await this.#listener.whenReady?.();
      const slice = await this.#readSlice(book, end);
      if (!slice.ok) {
        await this.#reportAndWait(slice.error);
        continue;
      }
      this.#handOut(book, slice.value, end);
      this.#tellLag();
      if (progress !== undefined) {
        progress.read += slice.value.length;
        this.#tell({ phase: 'replaying', ...progress });
      }
      await nextTurn();
    }
  }

  #handOut(book: TopicBook, records: readonly LogRecord[], end: number): void {
    if (this.#isClosed) {
      return;
    }
    this.#recovered();
    if (records.length > 0) {
      this.#listener.onRecords(records);
    }
    const last = records.at(-1);
    if (last !== undefined) {
      this.#followers.set(book.topic, last.offset + 1);
    }
    const isFull = records.length === SLICE_RECORDS && last !== undefined;
    this.#positions.set(book.topic, isFull ? last.offset + 1 : end);
  }

  async #readSlice(
    book: TopicBook,
    end: number,
  ): Promise<Result<readonly LogRecord[], LogProblem>> {
    const range = { topicId: book.id, from: this.positionIn(book.topic), below: end };
    const stored = await this.#ground.store.read(range, SLICE_RECORDS);
    return stored.ok ? this.#toRecords(book, stored.value) : stored;
  }

  #toRecords(
    book: TopicBook,
    stored: readonly StoredRecord[],
  ): Result<readonly LogRecord[], LogProblem> {
    const { topic } = book;
    const records: LogRecord[] = [];
    let expected = this.#followers.get(topic) ?? 0;
    for (const { offset, bytes } of stored) {
      const isAfterGap = offset !== expected;
      expected = offset + 1;
      const record = readRecord(bytes, placeOf(book.id, offset), { topic, offset, isAfterGap });
      if (!record.ok) {
        return failure(storeDamaged(this.#ground.store.name, record.error));
      }
      records.push(record.value);
    }
    return ok(records);
  }

  async #reportAndWait(problem: LogProblem): Promise<void> {
    this.#attempt += 1;
    this.#trouble = problem.isRetriable
      ? { phase: 'connecting', attempt: this.#attempt, problem }
      : { phase: 'failed', problem };
    this.#tell(this.#trouble);
    const waitMs = problem.isRetriable ? RETRY_MS : RETRY_FAILED_MS;
    const { clock } = this.#ground;
    await this.#newsUntil(epochMs(clock.now() + waitMs));
  }

  #tellLag(): void {
    if (!this.#isClosed) {
      this.#listener.onLag?.(this.#lag());
    }
  }

  #lag(): number {
    return this.#topics.reduce((sum, topic) => {
      const next = this.#ground.bookOf(topic)?.next ?? 0;
      return sum + Math.max(0, next - this.positionIn(topic));
    }, 0);
  }

  #recovered(): void {
    if (this.#trouble !== null && this.#isLive) {
      this.#tell({ phase: 'live' });
    }
    this.#trouble = null;
  }

  #tell(phase: LogPhase): void {
    if (!this.#isClosed) {
      this.#listener.onPhase(phase);
    }
  }

  async #newsUntil(at: EpochMs): Promise<void> {
    const takeBack = this.#ground.clock.callAt(at, () => this.wake());
    // What was new before the trouble is still unread: only the clock or newer news may end the wait.
    this.#hasNews = false;
    await this.#news();
    takeBack();
  }

  async #news(): Promise<void> {
    if (!this.#hasNews && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#wakeUp = resolve;
      });
      this.#wakeUp = null;
    }
    this.#hasNews = false;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
