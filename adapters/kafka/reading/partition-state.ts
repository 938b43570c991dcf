import type { DurationMs } from '../../../core/lib/units.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import type { FetchedPartition } from './fetch-response.ts';

/** When a fetch was asked and answered, by the monotonic clock, and how long the broker was allowed to wait. */
export interface FetchTimes {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  readonly waitMs: number;
}

/** How far the reading of one partition is. Times are of the monotonic clock. */
export class PartitionState {
  readonly topic: string;
  readonly partition: number;
  /** How long the topic keeps a tombstone; null where it never takes one away, undefined until that is known. */
  retentionMs: DurationMs | null | undefined = undefined;
  /** The next offset to read. */
  position = 0;
  accountedTo = 0;
  /** Where this replay began; null until the log has answered. */
  start: number | null = null;
  /** The end that it is to come to before it counts as caught up. */
  target: number | null = null;
  highWater = -1;
  lastStable = -1;
  /** Caught up since the start, since a reset or since it was stale. */
  isSettled = false;
  hasToldHead = false;
  lastAnswerAtMs: number | null = null;
  /** Since when the end of the log moves on and the position does not. */
  heldBackSinceMs: number | null = null;
  problem: LogProblem | null = null;
  /** How often in a row the batch at the position could not be read. */
  faults = 0;
  lastSweepAtMs = Number.NEGATIVE_INFINITY;
  /** Counts resets, so that an answer to an older question is known as such. */
  generation = 0;
  #coveredUntilMs: number | null = null;
  #longestGapMs = 0;

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.partition = partition;
  }

  get isAtHead(): boolean {
    return this.target !== null && this.position >= this.target;
  }

  /**
   * Between two looks at the log a tombstone could have come and gone, so what was read may hold keys that were deleted.
   * A retention below 100 ms counts as that: compaction needs two rounds to take a tombstone away.
   */
  get isSweepDue(): boolean {
    const { retentionMs } = this;
    return (
      retentionMs !== null &&
      retentionMs !== undefined &&
      this.#longestGapMs > Math.max(SHORTEST_RETENTION_MS, retentionMs) &&
      this.position > (this.start ?? 0)
    );
  }

  /** A sweep begins that looks at everything read up to now. */
  beginSweep(nowMs: number): void {
    this.#longestGapMs = 0;
    this.#coveredUntilMs = nowMs;
  }

  /** Forgets everything read: the history is another one now. */
  reset(): void {
    this.generation += 1;
    this.position = 0;
    this.accountedTo = 0;
    this.start = null;
    this.target = null;
    this.isSettled = false;
    this.hasToldHead = false;
    this.heldBackSinceMs = null;
    this.faults = 0;
    this.#longestGapMs = 0;
    this.#coveredUntilMs = null;
  }

  /** It has been silent too long: it counts as caught up again only at the end that the next answer names. */
  unsettle(): void {
    this.isSettled = false;
    this.target = null;
  }

  /** Takes in what an answer says of the log's ends, before its records. */
  seeMarks(fetched: FetchedPartition, times: FetchTimes): void {
    this.highWater = fetched.highWater;
    this.lastStable = fetched.lastStable >= 0 ? fetched.lastStable : fetched.highWater;
    this.start ??= this.position;
    this.target ??= this.lastStable;
    this.#coveredUntilMs ??= times.sentAtMs;
    this.lastAnswerAtMs = times.receivedAtMs;
    this.problem = null;
  }

  /** Takes in that all records of an answer were handed out. */
  seeRecords(fetched: FetchedPartition, times: FetchTimes): void {
    this.faults = 0;
    const isHeldBack =
      this.position < this.highWater && fetched.recordsEnd === fetched.recordsStart;
    this.heldBackSinceMs = isHeldBack ? (this.heldBackSinceMs ?? times.receivedAtMs) : null;
    if (this.isAtHead) {
      const gapMs = times.receivedAtMs - (this.#coveredUntilMs ?? times.sentAtMs);
      this.#longestGapMs = Math.max(this.#longestGapMs, gapMs);
    }
    if (this.position >= this.lastStable) {
      this.#cover(fetched, times);
    }
  }

  /**
   * A record that was read may have been superseded by a tombstone that vanished before it was read, if between
   * the two looks more time has passed than a tombstone lives. An answer without records proves that the broker
   * looked until its wait was over; one with records, only that it looked after it was asked.
   */
  #cover(fetched: FetchedPartition, times: FetchTimes): void {
    const isEmpty = fetched.recordsEnd === fetched.recordsStart;
    const waitedUntilMs = times.sentAtMs + times.waitMs;
    const isWaitOver = isEmpty && times.receivedAtMs >= waitedUntilMs;
    const untilMs = isWaitOver ? waitedUntilMs : times.sentAtMs;
    this.#coveredUntilMs = Math.max(this.#coveredUntilMs ?? untilMs, untilMs);
  }
}

const SHORTEST_RETENTION_MS = 100;
