import { type AlarmBook, createAlarmBook, type FoldWatcher } from '../../core/alarm/alarm-book.ts';
import type { Slot } from '../../core/alarm/events.ts';
import { assertNever } from '../../core/lib/invariant.ts';
import { type DurationMs, type EpochMs, epochMs } from '../../core/lib/units.ts';
import type {
  AlarmLog,
  LogDamage,
  LogListener,
  LogPhase,
  LogProblem,
  LogReading,
  LogRecord,
  RecordPosition,
} from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaProblem, SchemaStore } from '../../core/ports/schema-store.ts';
import type { WireDecoder } from '../../schemas/codecs/wire.ts';
import {
  ACTIVE_ALARMS,
  ALARM_OCCURRENCES,
  REGISTERED_ALARMS,
  SHELVED_ALARMS,
} from '../../schemas/topics.ts';
import { createBrokerClock } from './broker-clock.ts';
import { createQuarantine, type Quarantine } from './quarantine.ts';
import { createReadHistory } from './read-history.ts';
import { type ReadingStep, recordsIn, topicOf } from './reading-steps.ts';
import { createSchemaLessons, type SchemaLessons } from './schema-lessons.ts';

/** The slots of an alarm that each topic writes. */
const SLOTS_OF_TOPIC: Readonly<Record<string, readonly Slot[]>> = {
  [REGISTERED_ALARMS]: ['registration'],
  [SHELVED_ALARMS]: ['shelf'],
  [ACTIVE_ALARMS]: ['simple', 'epics', 'simpleAck', 'epicsAck'],
  [ALARM_OCCURRENCES]: ['snapshot'],
};

/** What a topic's records are folded upon: snapshots before the activations that they speak of. */
const FOLDED_UPON: Readonly<Record<string, readonly string[]>> = {
  [ACTIVE_ALARMS]: [ALARM_OCCURRENCES],
};

/** What each record did depends on whether the alarm latches, and on how long it may be shelved. */
const WATCHED_UPON: Readonly<Record<string, readonly string[]>> = {
  [ACTIVE_ALARMS]: [ALARM_OCCURRENCES, REGISTERED_ALARMS],
  [SHELVED_ALARMS]: [REGISTERED_ALARMS],
};

/** Nearly every record is of these, the first ones first. */
const LIKELY_SUBJECTS = [
  `${ACTIVE_ALARMS}-key`,
  ...[ACTIVE_ALARMS, REGISTERED_ALARMS, SHELVED_ALARMS, ALARM_OCCURRENCES].map(
    (topic) => `${topic}-value`,
  ),
];

/** How long records that wait (for schemas, for snapshots) are folded before the event loop runs again (decision 13). */
const SLICE_MS = 4;

export interface AlarmReaderOptions {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly decoder: WireDecoder;
  readonly clock: Clock;
  /** The alarm topics that exist; one without a keeper may lack `alarm-occurrences`. */
  readonly topics: readonly string[];
  /** Slices were folded, or the status has moved. Called often: gather, then look. */
  readonly onChange: () => void;
  /** Every topic has been read to its head, and all of it is folded. Again after everything was read anew. */
  readonly onHead?: () => void;
  /** Watches the fold, record by record. Registrations are then folded before activations and shelves that rest on them. */
  readonly watcher?: FoldWatcher;
}

/** How the reading stands. */
export interface ReaderStatus {
  readonly phase: LogPhase;
  readonly lag: number;
  /** When the newest record that was read was written; null before the first. */
  readonly lastRecordAt: EpochMs | null;
  /** Broker's time minus this computer's, as far as known. */
  readonly clockOffsetMs: DurationMs;
  /** Stretches of the log that could not be read: what they said of which alarm is not known. */
  readonly damages: readonly string[];
}

/** The log, read without a trace and folded into a book of alarms: what every console and every service looks at. */
export interface AlarmReader {
  readonly book: AlarmBook;
  readonly quarantine: Quarantine;
  /** Every topic has been read to its head and folded; false again while everything is read anew: the book is then partial. */
  readonly isAtHead: boolean;
  status(): ReaderStatus;
  /** The broker's time as far as known. */
  now(): EpochMs;
  /** Whether the reading has passed this position: a command is done when its own record has come back. */
  hasRead(position: RecordPosition): boolean;
  /** The next offset to be folded of a partition. */
  nextOffset(topic: string, partition: number): number;
  close(): Promise<void>;
}

/** Begins to read. Problems of log and registry show in the phase; it goes on trying until it is closed. */
export function startAlarmReader(options: AlarmReaderOptions): AlarmReader {
  return new FoldingReader(options);
}

class FoldingReader implements AlarmReader {
  readonly book: AlarmBook;
  readonly quarantine = createQuarantine();
  readonly #options: AlarmReaderOptions;
  readonly #history = createReadHistory();
  readonly #brokerClock = createBrokerClock();
  readonly #lessons: SchemaLessons;
  #reading: Reading;
  #phase: LogPhase = { phase: 'connecting', attempt: 1 };
  #progress = { read: 0, total: 0 };
  #lag = 0;
  #lastRecordAt: EpochMs | null = null;
  readonly #damages = new Map<string, string[]>();
  /** Steps that wait, in order, for a schema or for their turn. */
  #waiting: ReadingStep[] = [];
  /** Steps of topics whose turn has not come: what they are folded upon has not all been read. */
  #early: ReadingStep[] = [];
  #isDraining = false;
  #isLearning = false;
  #isAtHead = false;
  #isClosed = false;

  constructor(options: AlarmReaderOptions) {
    this.#options = options;
    this.book = createAlarmBook(options.watcher);
    const { schemas, decoder, clock } = options;
    this.#lessons = createSchemaLessons({
      schemas,
      decoder,
      clock,
      likely: LIKELY_SUBJECTS,
      onChange: () => options.onChange(),
      onLate: () => this.#readAnew(),
    });
    this.#reading = this.#read();
  }

  status(): ReaderStatus {
    const { offsetMs } = this.#brokerClock;
    return {
      phase: this.#shownPhase(),
      lag: this.#lag + recordsIn(this.#waiting) + recordsIn(this.#early),
      lastRecordAt: this.#lastRecordAt,
      clockOffsetMs: offsetMs,
      damages: [...this.#damages.values()].flat(),
    };
  }

  now(): EpochMs {
    return epochMs(this.#options.clock.now() + this.#brokerClock.offsetMs);
  }

  get isAtHead(): boolean {
    return this.#isAtHead;
  }

  hasRead({ topic, partition, offset }: RecordPosition): boolean {
    return this.#history.nextOffset(topic, partition) > offset;
  }

  nextOffset(topic: string, partition: number): number {
    return this.#history.nextOffset(topic, partition);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#lessons.close();
    await this.#reading.log.close();
  }

  /** A reading of its own listener, so that nothing of an abandoned one is taken for the present one. */
  #read(): Reading {
    const isCurrent = () => !this.#isClosed && this.#reading.listener === listener;
    const whenCurrent =
      <A>(act: (argument: A) => void) =>
      (argument: A): void => {
        if (isCurrent()) act(argument);
      };
    const listener: LogListener = {
      onRecords: whenCurrent((records) => this.#enqueue({ step: 'records', records, from: 0 })),
      onPhase: whenCurrent((phase) => this.#move(phase)),
      onReset: (topics) => {
        for (const topic of topics) if (isCurrent()) this.#enqueue({ step: 'reset', topic });
      },
      onSweep: whenCurrent((sweep) => this.#enqueue({ step: 'sweep', sweep })),
      onHead: whenCurrent((topic) => this.#enqueue({ step: 'head', topic })),
      onDamage: whenCurrent((damage) => this.#noteDamage(damage)),
      onLag: whenCurrent((lag) => {
        this.#lag = lag;
      }),
    };
    const reading = { listener, log: NOT_YET };
    this.#reading = reading;
    return Object.assign(reading, { log: this.#options.log.read(this.#options.topics, listener) });
  }

  #noteDamage(damage: LogDamage): void {
    const { topic, from, to } = damage;
    this.quarantine.addDamage(damage, this.now());
    const sentence = `${topic} is damaged: offsets ${from} to ${to - 1} cannot be read, so some alarms may not be as they are shown.`;
    this.#damages.set(topic, [...(this.#damages.get(topic) ?? []), sentence]);
    this.#options.onChange();
  }

  #move(phase: LogPhase): void {
    this.#phase = phase;
    if (phase.phase === 'replaying') this.#progress = phase;
    this.#options.onChange();
  }

  /** Live only when what was read is folded; a registry that cannot be reached keeps the console from being live. */
  #shownPhase(): LogPhase {
    const { problem, hasAnswered } = this.#lessons;
    if (!hasAnswered && problem !== null) {
      return { phase: 'connecting', attempt: 1, problem: asLogProblem(problem) };
    }
    if (this.#phase.phase !== 'live' || this.#isAtHead) return this.#phase;
    return { phase: 'replaying', ...this.#progress };
  }

  #enqueue(step: ReadingStep): void {
    const isEarly = this.#awaited(topicOf(step)).length > 0;
    (isEarly ? this.#early : this.#waiting).push(step);
    this.#drain();
  }

  /** The topics that must have been read to their heads before this one is folded. */
  #awaited(topic: string | undefined): readonly string[] {
    const { topics, watcher } = this.#options;
    const order = watcher === undefined ? FOLDED_UPON : WATCHED_UPON;
    const upon = topic === undefined ? undefined : order[topic];
    return upon?.filter((name) => topics.includes(name) && !this.#history.isAtHead(name)) ?? [];
  }

  #canDrain(): boolean {
    return this.#waiting.length > 0 && !this.#isLearning && !this.#isClosed;
  }

  #drain(): void {
    if (this.#isDraining || !this.#canDrain()) return;
    this.#isDraining = true;
    const until = performance.now() + SLICE_MS;
    while (this.#canDrain() && performance.now() < until) this.#takeStep();
    this.#isDraining = false;
    this.#options.onChange();
    if (this.#canDrain()) setImmediate(() => this.#drain());
  }

  #takeStep(): void {
    const step = this.#waiting.shift();
    if (step === undefined) return;
    switch (step.step) {
      case 'records': {
        const stoppedAt = this.#fold(step.records, step.from);
        if (stoppedAt < step.records.length) this.#waiting.unshift({ ...step, from: stoppedAt });
        return;
      }
      case 'reset':
        this.#forget([step.topic]);
        return;
      case 'sweep':
        this.book.sweep(SLOTS_OF_TOPIC[step.sweep.topic] ?? [], step.sweep);
        return;
      case 'head':
        this.#reachHead(step.topic);
        return;
      default:
        assertNever(step);
    }
  }

  /** Folds from an index on; answers where it stopped because a schema must be learned first. */
  #fold(records: readonly LogRecord[], from: number): number {
    for (let index = from; index < records.length; index += 1) {
      const record = records[index];
      if (record === undefined) continue;
      if (record.isAfterGap && this.#history.isAtHead(record.topic)) {
        this.#readAnew();
        return records.length;
      }
      if (!this.#foldRecord(record)) return index;
    }
    return records.length;
  }

  #foldRecord(record: LogRecord): boolean {
    const { decoder, clock } = this.#options;
    const outcome = decoder.decode(record, this.#history.isWholeBefore(record));
    if (outcome.outcome === 'schemaNeeded') {
      this.#learn(outcome.schemaIds);
      return false;
    }
    this.#lastRecordAt = record.timestampAt;
    if (record.isStampedByLog && this.#isAtHead) {
      this.#brokerClock.see(record.timestampAt, clock.now());
    }
    if (outcome.outcome === 'undecodable') this.quarantine.add(record, outcome.reason);
    if (outcome.event !== undefined) this.book.apply(outcome.event);
    return true;
  }

  #learn(schemaIds: readonly number[]): void {
    this.#isLearning = true;
    void this.#lessons.learn(schemaIds).then(() => {
      this.#isLearning = false;
      this.#drain();
    });
  }

  #reachHead(topic: string): void {
    this.#history.reachHead(topic);
    if (topic === ACTIVE_ALARMS) this.book.settleAnswers();
    this.#releaseEarly();
    if (this.#isAtHead || !this.#options.topics.every((name) => this.#history.isAtHead(name)))
      return;
    this.#isAtHead = true;
    this.#options.onHead?.();
  }

  /** In the order in which they came, of each topic; one by one, since there may be more than a call takes arguments. */
  #releaseEarly(): void {
    const early = this.#early;
    this.#early = [];
    for (const step of early) {
      const isEarly = this.#awaited(topicOf(step)).length > 0;
      (isEarly ? this.#early : this.#waiting).push(step);
    }
  }

  #forget(topics: readonly string[]): void {
    this.#isAtHead = false;
    this.#history.forget(topics);
    this.quarantine.forget(topics);
    for (const topic of topics) {
      this.#damages.delete(topic);
      this.book.forget(SLOTS_OF_TOPIC[topic] ?? []);
    }
  }

  /** Compaction was faster than the reading, or a schema came late: only a fresh replay, on the snapshots, is right. */
  #readAnew(): void {
    if (this.#isClosed) return;
    const { log } = this.#reading;
    this.#waiting = [];
    this.#early = [];
    this.#forget(this.#options.topics);
    this.#reading = this.#read();
    void log.close();
  }
}

interface Reading {
  readonly listener: LogListener;
  readonly log: LogReading;
}

/** Stands in while the log is being asked, in case it calls back at once. */
const NOT_YET: LogReading = { close: () => Promise.resolve() };

function asLogProblem(problem: SchemaProblem): LogProblem {
  return {
    code: problem.code === 'TimedOut' ? 'TimedOut' : 'Unreachable',
    message: problem.message,
    remedy: problem.remedy,
    isRetriable: problem.isRetriable,
  };
}
