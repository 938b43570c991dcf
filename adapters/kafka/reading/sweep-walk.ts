import type { LogSweep } from '../../../core/ports/alarm-log.ts';
import { isFault, readBatchHeader } from './batch-header.ts';
import type { FetchedPartition } from './fetch-response.ts';
import type { PartitionState } from './partition-state.ts';
import { type FetchedBytes, openBatch } from './record-batch.ts';
import { SurvivingOffsets } from './surviving-offsets.ts';

/**
 * A second walk over what was read, which only notes the offsets that still stand there
 * (docs/decisions/0002-vanished-tombstones.md).
 */
export class SweepWalk {
  /** Next offset to look at. */
  position: number;
  readonly state: PartitionState;
  readonly generation: number;
  readonly #below: number;
  readonly #survivors = new SurvivingOffsets();
  /** Ranges that could not be read: nothing in them counts as gone. */
  readonly #unknown: { readonly from: number; readonly to: number }[] = [];

  constructor(state: PartitionState) {
    this.state = state;
    this.generation = state.generation;
    this.position = state.start ?? 0;
    this.#below = state.position;
  }

  get isOver(): boolean {
    return this.position >= this.#below;
  }

  /** The log begins later than it did: what stood before is gone. */
  beginAt(offset: number): void {
    this.position = Math.max(this.position, offset);
  }

  /**
   * Notes the batches from byte `at` on, some at a time; answers where to go on, or -1 when nothing is left.
   */
  note(fetched: FetchedBytes, partition: FetchedPartition, at: number): number {
    let next = at;
    for (let batches = 0; batches < BATCHES_A_STEP; batches += 1) {
      const header = readBatchHeader(fetched.view, next, partition.recordsEnd);
      if (header === null) {
        return -1;
      }
      if (isFault(header)) {
        this.#passUnread(this.position + 1);
        return -1;
      }
      const run = openBatch(fetched, header, partition);
      const isRead = run.ok && run.value.forEachOffset((offset) => this.#survivors.add(offset));
      if (!isRead) {
        this.#passUnread(header.nextOffset);
      }
      this.position = Math.max(this.position, header.nextOffset);
      next = header.end;
      if (this.isOver) {
        return -1;
      }
    }
    return next;
  }

  /** The broker had nothing from the position on: what is left of the stretch is empty. */
  finish(): void {
    this.position = this.#below;
  }

  /** What the walk has found, for the listener. */
  result(): LogSweep {
    this.#survivors.seal();
    const { topic, partition } = this.state;
    return {
      topic,
      partition,
      below: this.#below,
      survives: (offset) =>
        this.#survivors.has(offset) ||
        this.#unknown.some(({ from, to }) => offset >= from && offset < to),
    };
  }

  #passUnread(to: number): void {
    this.#unknown.push({ from: this.position, to });
    this.position = Math.max(this.position, to);
  }
}

const BATCHES_A_STEP = 32;
