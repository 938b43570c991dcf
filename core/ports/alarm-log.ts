import type { Result } from '../lib/result.ts';
import type { EpochMs } from '../lib/units.ts';

/** Where a record stands in the log. Offsets are exact integers below 2^53. */
export interface RecordPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** One header as written; a value may be absent, and a name may come more than once. */
export interface LogHeader {
  readonly name: string;
  readonly value: Uint8Array | null;
}

/**
 * One record as it stands in the log. Key and value are ranges of `bytes`, so that a replay copies nothing;
 * an end of -1 means absent (a value that is absent is a tombstone).
 * `bytes` may be shared by many records: hold on to a copy (`keyBytesOf`, `valueBytesOf`), never to the range.
 */
export interface LogRecord extends RecordPosition {
  readonly timestampAt: EpochMs;
  /** True when the log itself stamped the record (`LogAppendTime`): the only sight of the broker's clock. */
  readonly isStampedByLog: boolean;
  /**
   * True when offsets between the record delivered before it (or the start of the log) and this one hold nothing any more:
   * compaction has taken records that this reading never saw. Offsets that the log uses itself (transaction marks, aborted
   * records) are not missed.
   */
  readonly isAfterGap: boolean;
  readonly bytes: Uint8Array;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Decoded when asked for. */
  readonly headers: readonly LogHeader[];
}

/** What is to be appended; `key` and `value` as bytes of the wire, `null` value = tombstone. */
export interface LogAppend {
  readonly topic: string;
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
  readonly headers: readonly { readonly name: string; readonly value: Uint8Array }[];
  /** The moment that the record is stamped with where the log does not stamp itself. */
  readonly timestampAt: EpochMs;
}

/** What is wrong with the log, in words for an operator, and whether trying again by itself can help. */
export interface LogProblem {
  readonly code: LogProblemCode;
  /** One sentence: what could not be done and why, naming the address or topic. */
  readonly message: string;
  /** One sentence: what to do about it. */
  readonly remedy: string;
  readonly isRetriable: boolean;
}

export type LogProblemCode =
  | 'Unreachable' // no connection: refused, timed out, name not found
  | 'NotALog' // something answers there, but not a broker (a web server, TLS against plain)
  | 'TlsFailed' // certificate or handshake
  | 'AuthenticationFailed'
  | 'NotAuthorized'
  | 'TopicMissing'
  | 'HistoryLost' // the log begins after the position read last, or was made anew
  | 'Corrupt' // a checksum or a frame does not hold
  | 'RecordTooLarge'
  | 'TimedOut' // a deadline passed with nothing known about the effect
  | 'DiskFull'
  | 'StoreDamaged'
  | 'StoreInUse' // another process holds the embedded store
  | 'Closed'
  | 'Unexpected';

/** How far the reading is. Screens show the phase of the worst topic. */
export type LogPhase =
  | { readonly phase: 'connecting'; readonly attempt: number; readonly problem?: LogProblem }
  | { readonly phase: 'replaying'; readonly read: number; readonly total: number }
  | { readonly phase: 'live' }
  | { readonly phase: 'stale'; readonly sinceAt: EpochMs; readonly problem?: LogProblem }
  | { readonly phase: 'failed'; readonly problem: LogProblem };

/** A second look at a stretch of the log: which of the records below `below` still stand there. */
export interface LogSweep {
  readonly topic: string;
  readonly partition: number;
  readonly below: number;
  survives(offset: number): boolean;
}

/** A stretch of the log that cannot be read, from `from` up to and without `to`: what stood there is unknown. */
export interface LogDamage {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
  readonly problem: LogProblem;
}

/**
 * Who reads. Calls come one at a time, in the order of the log within a partition.
 * `onRecords` gets slices of one partition each, small enough to be folded within a few milliseconds; the reader lets the event loop run between them.
 */
export interface LogListener {
  onRecords(records: readonly LogRecord[]): void;
  onPhase(phase: LogPhase): void;
  /** What was read of these topics no longer holds (history lost, topic made anew): forget it; they are read again from the start. */
  onReset(topics: readonly string[], problem: LogProblem): void;
  /** Records that were read and have since been compacted away without a newer record being seen: their keys were deleted. */
  onSweep(sweep: LogSweep): void;
  /** The reading has come to the end that the topic had when it began: once for each topic, again after a reset. */
  onHead?(topic: string): void;
  /**
   * A stretch stays unreadable after it was asked for again, and the reading goes on behind it. A listener without this
   * is never taken past damage: its reading stays `failed`.
   */
  onDamage?(damage: LogDamage): void;
  /** How far the reading is from the end of the log, in offsets, over all topics: after each answer of the log. */
  onLag?(lag: number): void;
  /**
   * Settles once the listener can take more. A log inside a program waits for it before each slice; one at a broker
   * goes on, since what it has already fetched is bounded by itself.
   */
  whenReady?(): Promise<void>;
}

export interface LogReading {
  close(): Promise<void>;
}

/** Of each partition only what was written last: so many offsets before its end, and what comes after. */
export interface ReadTail {
  readonly lastOffsets: number;
}

/** What a topic must be like, and what it is like. */
export interface TopicSpec {
  readonly topic: string;
  readonly partitions: number;
  readonly settings: Readonly<Record<string, string>>;
}

export interface TopicState {
  readonly topic: string;
  readonly exists: boolean;
  readonly partitions: number;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * The log in which the whole state of the alarm system lives (decision 11).
 * Two adapters pass the same contract suite (`test/contracts/alarm-log.ts`).
 */
export interface AlarmLog {
  /**
   * Reads every partition of the topics from the first record to the head and on, without a trace in the log.
   * A reading never ends by itself: it goes to `connecting` or `stale` and tries again with back-off, or to `failed`
   * where trying again cannot help, and then still tries at long intervals.
   * With a `tail` it begins that far before the end instead, however long the log is; so it does after a reset.
   */
  read(topics: readonly string[], listener: LogListener, tail?: ReadTail): LogReading;
  /** Appends one record; answers its position once it is durable. A `TimedOut` says nothing about the effect. */
  append(record: LogAppend): Promise<Result<RecordPosition, LogProblem>>;
  describeTopics(topics: readonly string[]): Promise<Result<readonly TopicState[], LogProblem>>;
  /** Creates what is missing, and leaves what exists as it is. */
  createTopics(specs: readonly TopicSpec[]): Promise<Result<void, LogProblem>>;
  close(): Promise<void>;
}

/** The record's key as bytes of its own, or null where it has none. */
export function keyBytesOf(record: LogRecord): Uint8Array | null {
  return record.keyEnd < 0 ? null : copyOf(record.bytes, record.keyStart, record.keyEnd);
}

/** The record's value as bytes of its own; null is a tombstone. */
export function valueBytesOf(record: LogRecord): Uint8Array | null {
  return record.valueEnd < 0 ? null : copyOf(record.bytes, record.valueStart, record.valueEnd);
}

/** `slice` of a Node buffer is another view of the same memory: only a new array is a copy everywhere. */
function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.subarray(start, end));
}
