import type { Result } from '../../core/lib/result.ts';
import type { LogProblem } from '../../core/ports/alarm-log.ts';

/** What is wrong with a store; `damage` says what was found where the code is `StoreDamaged`. */
export type StoreTrouble = LogProblem & { readonly damage?: string };

/** One topic as the store remembers it. `count` is how many records are stored: fewer found means damage. */
export interface StoredTopic {
  readonly id: number;
  readonly topic: string;
  readonly settings: Readonly<Record<string, string>>;
  /** The offset that the next record gets. */
  readonly next: number;
  readonly count: number;
}

/** One record in its stored form (`record-format.ts`). */
export interface StoredRecord {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** Which record of which topic. */
export interface RecordPlace {
  readonly topicId: number;
  readonly offset: number;
}

/** A change that happens whole or not at all; `topics` says how each topic that it touches is afterwards. */
export interface StoreChange {
  readonly topics: readonly StoredTopic[];
  readonly puts: readonly (RecordPlace & { readonly bytes: Buffer })[];
  /** With their bytes, so that a change which failed halfway can be taken back. */
  readonly deletes: readonly (RecordPlace & { readonly bytes: Buffer })[];
}

/** A stretch of one topic: offsets from `from` up to but without `below`. */
export interface StoreRange {
  readonly topicId: number;
  readonly from: number;
  readonly below: number;
}

/** Where the records of a local log are kept: on disk, or in memory for tests and trainers. */
export interface RecordStore {
  /** In words: the folder, or what stands for it. */
  readonly name: string;
  /** Every topic, in the order of their making. */
  loadTopics(): Promise<Result<readonly StoredTopic[], StoreTrouble>>;
  /** At most `limit` records of the stretch, in order. */
  read(range: StoreRange, limit: number): Promise<Result<readonly StoredRecord[], StoreTrouble>>;
  /**
   * Makes the change durable. After a failure the store has none of it, and takes changes again as soon as it can:
   * `DiskFull` until there is room.
   */
  commit(change: StoreChange): Promise<Result<void, LogProblem>>;
  close(): Promise<void>;
}

/** The key of a record in the store: sorts by topic, then by offset. */
export function placeOf(topicId: number, offset: number): string {
  return `r/${topicId.toString(16).padStart(4, '0')}/${offset.toString(16).padStart(14, '0')}`;
}

/** The offset in a key made by `placeOf`. */
export function offsetOfPlace(place: string): number {
  return Number.parseInt(place.slice(place.lastIndexOf('/') + 1), 16);
}
