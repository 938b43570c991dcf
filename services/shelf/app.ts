import { type AlarmReader, startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import { createAlarmWriter } from '../../adapters/alarm-writer/alarm-writer.ts';
import type { Identity } from '../../core/audit/audit.ts';
import { durationMs, epochMs } from '../../core/lib/units.ts';
import type { AlarmLog } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { decideShelfEnd } from '../../core/shelving/decide-shelf-end.ts';
import { onceATurn } from '../host/once-a-turn.ts';
import {
  createReadingTeller,
  isAtWork,
  NOT_READING,
  type ReadingCondition,
  type ReadingNotice,
  readingCondition,
} from '../host/reading-condition.ts';
import { type WriteNotice, WritesUnderWay } from '../host/writes-under-way.ts';
import { createLimitDecoder } from './limit-decoder.ts';
import { topicsToRead } from './shelf-topics.ts';

/** The shelf service's name in the audit headers. */
export const SHELF_PRODUCER = 'klaxon-shelf';

/** Records on their way to the log at once. */
const WRITES_AT_ONCE = 4_096;
/**
 * In a flood the log is given many at once: records that go one by one as others come back cost the broker a request each.
 */
const WRITES_UNDER_WAY_BEFORE_MORE = 3_072;
/** How long records are decided on in one turn of the event loop. */
const TURN_MS = 4;
/** How long what is on its way is waited for when the service stops: a log that does not answer must not keep it. */
const STOP_WITHIN_MS = durationMs(2_000);
/** Longest sleep while a shelf is to end: a clock that was set shows within it. */
const LONGEST_SLEEP_MS = 1_000;

export interface ShelfServiceOptions {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly clock: Clock;
  /** Who runs it: `producer` is the service's own. */
  readonly identity: Omit<Identity, 'producer'>;
  /** What a person who watches the service should know. */
  readonly onNotice?: (notice: ShelfNotice) => void;
}

export type ShelfNotice = ReadingNotice | WriteNotice;

/** How the service stands. */
export interface ShelfServiceCondition extends ReadingCondition {
  /** Shelves for which something is to be written and has not come back yet. */
  readonly dueShelves: number;
}

/** The service that says in the log that a shelf has ended, and cuts one to its limit. */
export interface ShelfService {
  start(): void;
  /** Answers when what was on its way to the log has got there, or has failed. */
  stop(): Promise<void>;
  condition(): ShelfServiceCondition;
}

/**
 * Reads registrations and shelves to their heads before it writes; then writes what `decideShelfEnd` answers, when it is due
 * by the broker's time as known. Any number of services may run on one log (docs/decisions/0010-shelf-end.md).
 */
export function createShelfService(options: ShelfServiceOptions): ShelfService {
  return new RunningShelfService(options);
}

class RunningShelfService implements ShelfService {
  readonly #options: ShelfServiceOptions;
  readonly #writes: WritesUnderWay;
  readonly #tell: ReturnType<typeof createReadingTeller>;
  readonly #schedule = onceATurn(() => this.#look());
  #reader: AlarmReader | null = null;
  #cancelTimer: () => void = () => undefined;
  #cancelTopics: () => void = () => undefined;
  #isRunning = false;

  constructor(options: ShelfServiceOptions) {
    this.#options = options;
    const { log, schemas, clock, onNotice = () => undefined } = options;
    const identity = { ...options.identity, producer: SHELF_PRODUCER };
    this.#tell = createReadingTeller(onNotice);
    this.#writes = new WritesUnderWay({
      writer: createAlarmWriter({ log, schemas, clock, identity }),
      clock,
      onNotice,
      onChange: () => this.#schedule(),
    });
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const { log, schemas, clock } = this.#options;
    this.#cancelTopics = topicsToRead(log, clock, (topics) => {
      this.#reader = startAlarmReader({
        log,
        schemas,
        clock,
        decoder: createLimitDecoder(),
        topics,
        onChange: () => this.#schedule(),
      });
    });
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancelTopics();
    this.#cancelTimer();
    const reader = this.#reader;
    this.#reader = null;
    await this.#writes.stop(STOP_WITHIN_MS);
    await reader?.close();
  }

  condition(): ShelfServiceCondition {
    const reader = this.#reader;
    if (reader === null) return { ...NOT_READING, dueShelves: 0 };
    const dueShelves = reader.book.dueShelves(reader.now()).size;
    return { ...readingCondition(reader), dueShelves };
  }

  #look(): void {
    const reader = this.#reader;
    if (reader === null) return;
    this.#tell(reader.status());
    this.#writes.release(reader);
    if (!isAtWork(reader)) return;
    this.#writeDue(reader);
    this.#sleep(reader);
  }

  #writeDue(reader: AlarmReader): void {
    if (this.#writes.size > WRITES_UNDER_WAY_BEFORE_MORE) return;
    const now = reader.now();
    const until = performance.now() + TURN_MS;
    for (const name of reader.book.dueShelves(now).keys()) {
      if (this.#writes.size >= WRITES_AT_ONCE) return;
      if (this.#writes.has(name)) continue;
      if (performance.now() > until) {
        this.#schedule();
        return;
      }
      const state = reader.book.state(name);
      const order = state === undefined ? null : decideShelfEnd(state, now);
      if (order !== null) this.#writes.write(order);
    }
  }

  /** One timer, to the next shelf that is to end, and the clock is asked again when it comes. */
  #sleep(reader: AlarmReader): void {
    this.#cancelTimer();
    const { clock } = this.#options;
    const nextAt = reader.book.nextShelfDue();
    if (nextAt === null) return;
    const sleepMs = Math.min(LONGEST_SLEEP_MS, Math.max(1, nextAt - reader.now()));
    this.#cancelTimer = clock.callAt(epochMs(clock.now() + sleepMs), () => this.#look());
  }
}
