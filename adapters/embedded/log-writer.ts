import type { Result } from '../../core/lib/result.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import type { LogProblem, RecordPosition } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { UnplacedRecord } from './record-format.ts';
import { placeRecord } from './record-format.ts';
import type { RecordStore } from './record-store.ts';
import { placeOf } from './record-store.ts';
import type { TopicBook } from './topic-book.ts';

const GROUP_RECORDS = 1_000;
const GROUP_BYTES = 4_194_304;

type Appended = Result<RecordPosition, LogProblem>;

interface WaitingAppend {
  readonly book: TopicBook;
  readonly record: UnplacedRecord;
  readonly timestampAt: EpochMs;
  readonly settle: (appended: Appended) => void;
}

interface PlacedAppend extends WaitingAppend {
  readonly offset: number;
  readonly appendedAt: EpochMs;
}

/**
 * The only hand that changes the store, one change at a time.
 * Records that arrive while a change is being made durable wait and go together with the next one (group commit).
 */
export class LogWriter {
  readonly #store: RecordStore;
  readonly #clock: Clock;
  readonly #onCommitted: (books: readonly TopicBook[]) => void;
  readonly #appends: WaitingAppend[] = [];
  readonly #jobs: (() => Promise<void>)[] = [];
  #running: Promise<void> | null = null;

  constructor(
    store: RecordStore,
    clock: Clock,
    onCommitted: (books: readonly TopicBook[]) => void,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#onCommitted = onCommitted;
  }

  /** Answers once the record is durable, or why it is not. */
  append(append: Omit<WaitingAppend, 'settle'>): Promise<Appended> {
    return new Promise((settle) => {
      this.#appends.push({ ...append, settle });
      this.#start();
    });
  }

  /** Runs a job between two changes: nothing else touches the store meanwhile. */
  runAlone<T>(job: () => Promise<T>): Promise<T> {
    return new Promise((settle, refuse) => {
      this.#jobs.push(() => job().then(settle, refuse));
      this.#start();
    });
  }

  /** Answers once everything that waits has been done. */
  async drain(): Promise<void> {
    while (this.#running !== null) {
      await this.#running;
    }
  }

  #start(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    while (this.#appends.length + this.#jobs.length > 0) {
      await this.#jobs.shift()?.();
      const group = this.#takeGroup();
      if (group.length > 0) {
        await this.#commit(group);
      }
    }
    // In the same turn as the last look, or what comes in between would wait for ever.
    this.#running = null;
  }

  #takeGroup(): WaitingAppend[] {
    let bytes = 0;
    const tooMany = this.#appends.findIndex((append, index) => {
      bytes += append.record.bytes.length;
      return index > 0 && (index >= GROUP_RECORDS || bytes > GROUP_BYTES);
    });
    return this.#appends.splice(0, tooMany < 0 ? this.#appends.length : tooMany);
  }

  async #commit(group: readonly WaitingAppend[]): Promise<void> {
    const added = new Map<TopicBook, number>();
    const placed = group.map((append) => this.#place(append, added));
    const committed = await this.#store.commit({
      topics: [...added].map(([book, count]) => book.stored(count, 0)),
      puts: placed.map(({ book, offset, record }) => ({
        topicId: book.id,
        offset,
        bytes: record.bytes,
      })),
      deletes: [],
    });
    if (!committed.ok) {
      for (const append of group) {
        append.settle(failure(committed.error));
      }
      return;
    }
    for (const { book, offset, record, appendedAt, settle } of placed) {
      book.noteStored(offset, { ...record, appendedAt });
      settle(ok({ topic: book.topic, partition: 0, offset }));
    }
    this.#onCommitted([...added.keys()]);
  }

  #place(append: WaitingAppend, added: Map<TopicBook, number>): PlacedAppend {
    const { book, record } = append;
    const before = added.get(book) ?? 0;
    added.set(book, before + 1);
    const offset = book.next + before;
    const appendedAt = this.#clock.now();
    const isStampedByLog = book.stampsRecords;
    const timestampAt = isStampedByLog ? appendedAt : append.timestampAt;
    const stamp = { timestampAt, isStampedByLog, appendedAt };
    placeRecord(record.bytes, placeOf(book.id, offset), stamp);
    return { ...append, offset, appendedAt };
  }
}
