import { type AlarmReader, startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import {
  type AlarmWriter,
  createAlarmWriter,
  type WriteProblem,
} from '../../adapters/alarm-writer/alarm-writer.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { Identity } from '../../core/audit/audit.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { type DurationMs, durationMs, type EpochMs, epochMs } from '../../core/lib/units.ts';
import type { AlarmLog, LogPhase, RecordPosition } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { decideShelfEnd } from '../../core/shelving/decide-shelf-end.ts';
import type { ShelfCause } from '../../core/shelving/shelf-cause.ts';
import { SKEW_MS } from '../host/clock-skew.ts';
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
/** How long a failed write waits before the alarm is looked at again. */
const RETRY_MS = 1_000;
/** How long what is on its way is waited for when the service stops. */
const STOP_WITHIN_MS = 2_000;
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

export type ShelfNotice =
  | { readonly notice: 'phase'; readonly phase: LogPhase }
  | {
      readonly notice: 'written';
      readonly alarm: AlarmName;
      readonly because: ShelfCause | undefined;
      readonly position: RecordPosition;
    }
  | { readonly notice: 'notWritten'; readonly alarm: AlarmName; readonly problem: WriteProblem }
  /** The clocks differ by more than five seconds, or no longer do. Broker's time minus this computer's. */
  | { readonly notice: 'clockSkew'; readonly isSkewed: boolean; readonly offsetMs: DurationMs };

/** How the service stands. */
export interface ShelfServiceCondition {
  readonly phase: LogPhase;
  /** Everything up to the head is read, and it goes on: only then it writes. */
  readonly isReady: boolean;
  readonly lag: number;
  readonly quarantined: number;
  /** Shelves for which something is to be written and has not come back yet. */
  readonly dueShelves: number;
  readonly clockOffsetMs: DurationMs;
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

const NOT_STARTED: ShelfServiceCondition = {
  phase: { phase: 'connecting', attempt: 1 },
  isReady: false,
  lag: 0,
  quarantined: 0,
  dueShelves: 0,
  clockOffsetMs: durationMs(0),
};

class RunningShelfService implements ShelfService {
  readonly #options: ShelfServiceOptions;
  readonly #writer: AlarmWriter;
  #reader: AlarmReader | null = null;
  /** Alarms with a record on its way; each is looked at again when that has come back. */
  readonly #underWay = new Set<AlarmName>();
  /** Those of them whose record is in the log, in its order, and is to be read back. */
  readonly #returning = new Map<AlarmName, RecordPosition>();
  readonly #writes = new Set<Promise<void>>();
  /** Alarms whose write failed, and when they are looked at again. */
  readonly #retries = new Map<AlarmName, EpochMs>();
  #cancelTimer: () => void = () => undefined;
  #cancelTopics: () => void = () => undefined;
  #phase = '';
  #isSkewed = false;
  #isScheduled = false;
  #isRunning = false;

  constructor(options: ShelfServiceOptions) {
    this.#options = options;
    const { log, schemas, clock, identity } = options;
    this.#writer = createAlarmWriter({
      log,
      schemas,
      clock,
      identity: { ...identity, producer: SHELF_PRODUCER },
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
    await Promise.race([Promise.all(this.#writes), this.#patience()]);
    await reader?.close();
  }

  condition(): ShelfServiceCondition {
    const reader = this.#reader;
    if (reader === null) return NOT_STARTED;
    const { phase, lag, clockOffsetMs } = reader.status();
    return {
      phase,
      isReady: isReady(reader),
      lag,
      quarantined: reader.quarantine.count,
      dueShelves: reader.book.dueShelves(reader.now()).size,
      clockOffsetMs,
    };
  }

  /** A log that does not answer must not keep the service from stopping; whoever starts next finds what was written. */
  #patience(): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve) => {
      clock.callAt(epochMs(clock.now() + STOP_WITHIN_MS), resolve);
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#look();
    });
  }

  #look(): void {
    const reader = this.#reader;
    if (reader === null) return;
    this.#tell(reader);
    this.#releaseReturned(reader);
    if (!isReady(reader)) return;
    this.#writeDue(reader);
    this.#sleep(reader);
  }

  /** What is read anew holds by itself: a position of before may never come. */
  #releaseReturned(reader: AlarmReader): void {
    for (const [name, position] of this.#returning) {
      if (reader.isAtHead && !reader.hasRead(position)) return;
      this.#returning.delete(name);
      this.#underWay.delete(name);
    }
  }

  #writeDue(reader: AlarmReader): void {
    if (this.#underWay.size > WRITES_UNDER_WAY_BEFORE_MORE) return;
    const now = reader.now();
    const until = performance.now() + TURN_MS;
    for (const name of reader.book.dueShelves(now).keys()) {
      if (this.#underWay.size >= WRITES_AT_ONCE) return;
      if (this.#underWay.has(name) || this.#waits(name)) continue;
      if (performance.now() > until) {
        this.#schedule();
        return;
      }
      const state = reader.book.state(name);
      const order = state === undefined ? null : decideShelfEnd(state, now);
      if (order !== null) this.#write(order);
    }
  }

  #waits(name: AlarmName): boolean {
    const until = this.#retries.get(name);
    if (until === undefined) return false;
    if (until > this.#options.clock.now()) return true;
    this.#retries.delete(name);
    return false;
  }

  #write(order: AlarmOrder): void {
    const { name, because } = order;
    this.#underWay.add(name);
    const write = this.#writer.write(order).then((written) => {
      this.#writes.delete(write);
      if (written.ok) {
        const position = written.value;
        this.#returning.set(name, position);
        this.#options.onNotice?.({ notice: 'written', alarm: name, because, position });
      } else {
        const { clock } = this.#options;
        this.#underWay.delete(name);
        this.#retries.set(name, epochMs(clock.now() + RETRY_MS));
        this.#options.onNotice?.({ notice: 'notWritten', alarm: name, problem: written.error });
      }
      this.#schedule();
    });
    this.#writes.add(write);
  }

  /** One timer, to the next shelf that is to end, and the clock is asked again when it comes. */
  #sleep(reader: AlarmReader): void {
    this.#cancelTimer();
    const { clock } = this.#options;
    const nextAt = reader.book.nextShelfDue();
    if (nextAt === null && this.#retries.size === 0) return;
    const now = clock.now();
    const untilMs = nextAt === null ? LONGEST_SLEEP_MS : nextAt - reader.now();
    const wakeAt = epochMs(now + Math.min(LONGEST_SLEEP_MS, Math.max(1, untilMs)));
    this.#cancelTimer = clock.callAt(wakeAt, () => this.#look());
  }

  #tell(reader: AlarmReader): void {
    const { phase, clockOffsetMs } = reader.status();
    if (phase.phase !== this.#phase) {
      this.#phase = phase.phase;
      this.#options.onNotice?.({ notice: 'phase', phase });
    }
    const isSkewed = Math.abs(clockOffsetMs) > SKEW_MS;
    if (isSkewed === this.#isSkewed) return;
    this.#isSkewed = isSkewed;
    this.#options.onNotice?.({ notice: 'clockSkew', isSkewed, offsetMs: clockOffsetMs });
  }
}

function isReady(reader: AlarmReader): boolean {
  return reader.isAtHead && reader.status().phase.phase === 'live';
}
