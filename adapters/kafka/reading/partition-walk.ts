import { AbortedTransactions } from './aborted-transactions.ts';
import type { BatchFault } from './batch-fault.ts';
import { type BatchHeader, isFault, readBatchHeader } from './batch-header.ts';
import type { FetchedPartition } from './fetch-response.ts';
import type { FetchedRecord } from './fetched-record.ts';
import { type FetchedBytes, openBatch, type RecordRun } from './record-batch.ts';

/** Where the walk over a fetched range begins. */
export interface WalkStart {
  /** Records before it were handed out already: a fetch begins with the batch that holds the asked offset. */
  readonly position: number;
  /** The offset up to which nothing is missing. */
  readonly accountedTo: number;
}

/**
 * Walks the record batches that one fetch brought of one partition, from a position on. Batches that end a
 * transaction and those of transactions that were taken back are passed over; every batch's checksum is looked at.
 */
export class PartitionWalk {
  /** Why the walk ended before the end of what was fetched. */
  fault: BatchFault | null = null;
  /** The first offset that was neither handed out nor passed over. */
  position: number;
  accountedTo: number;
  /** The offset after the batch that is at fault, as far as its own header can be believed. */
  offsetAfterFault = -1;
  readonly #fetched: FetchedBytes;
  readonly #partition: FetchedPartition;
  readonly #aborted: AbortedTransactions;
  #at: number;
  #leastOffset = 0;
  #current: { readonly header: BatchHeader; readonly run: RecordRun } | null = null;

  constructor(fetched: FetchedBytes, partition: FetchedPartition, start: WalkStart) {
    this.#fetched = fetched;
    this.#partition = partition;
    this.#aborted = new AbortedTransactions(partition.aborted);
    this.#at = partition.recordsStart;
    this.position = start.position;
    this.accountedTo = start.accountedTo;
  }

  /**
   * Adds records to `into` until that holds `limit` or a bounded stretch has been walked; false when nothing
   * is left or the rest cannot be read.
   */
  fill(into: FetchedRecord[], limit: number): boolean {
    let budget = BYTES_A_STEP;
    while (budget > 0 && into.length < limit) {
      this.#current ??= this.#openNext();
      if (this.#current === null) {
        return false;
      }
      const { header, run } = this.#current;
      const isMoreLeft = run.fill(into, this.position, limit);
      this.accountedTo = Math.max(this.accountedTo, run.accountedTo);
      this.position = Math.max(this.position, run.accountedTo);
      if (run.fault !== null) {
        return this.#stop(run.fault, header);
      }
      if (!isMoreLeft) {
        this.#pass(header);
        this.#current = null;
        budget -= header.end - header.start;
      }
    }
    return true;
  }

  #openNext(): { readonly header: BatchHeader; readonly run: RecordRun } | null {
    for (;;) {
      const header = this.#nextHeader();
      if (header === null) {
        return null;
      }
      const isCovered = this.#aborted.covers(header);
      if (header.nextOffset <= this.position) {
        this.#at = header.end;
        this.#leastOffset = header.nextOffset;
        continue;
      }
      const run = openBatch(this.#fetched, header, this.#partition);
      if (!run.ok) {
        this.#stop(run.error, header);
        return null;
      }
      if (!header.isControl && !isCovered) {
        run.value.accountedTo = this.accountedTo;
        return { header, run: run.value };
      }
      if (header.isControl) {
        this.#aborted.endAt(header, isAbortMarker(run.value));
      }
      this.#pass(header);
      this.accountedTo = header.nextOffset;
    }
  }

  #nextHeader(): BatchHeader | null {
    const { recordsEnd, highWater } = this.#partition;
    const header = readBatchHeader(this.#fetched.view, this.#at, recordsEnd);
    if (header === null) {
      return null;
    }
    if (isFault(header)) {
      this.#stop(header, null);
      return null;
    }
    if (header.baseOffset < this.#leastOffset) {
      this.#stop(misplaced(header, 'before the batch in front of it'), null);
      return null;
    }
    if (highWater >= 0 && header.nextOffset > highWater) {
      this.#stop(misplaced(header, 'beyond the end of the log'), null);
      return null;
    }
    return header;
  }

  #pass(header: BatchHeader): void {
    this.#at = header.end;
    this.#leastOffset = header.nextOffset;
    this.position = Math.max(this.position, header.nextOffset);
  }

  #stop(fault: BatchFault, header: BatchHeader | null): false {
    this.fault = fault;
    this.offsetAfterFault = header?.nextOffset ?? -1;
    return false;
  }
}

/** So much is walked at a time even where it holds no record: a checksum over it takes half a millisecond. */
const BYTES_A_STEP = 512 * 1024;

/** A control record's key holds its version and its kind, 16 bits each: 0 is abort, 1 commit. */
function isAbortMarker(run: RecordRun): boolean {
  const markers: FetchedRecord[] = [];
  run.fill(markers, 0, 1);
  const marker = markers[0];
  if (marker === undefined || marker.keyEnd - marker.keyStart < 4) {
    return false;
  }
  return marker.bytes[marker.keyStart + 2] === 0 && marker.bytes[marker.keyStart + 3] === 0;
}

function misplaced(header: BatchHeader, where: string): BatchFault {
  return { code: 'Frame', message: `its base offset ${header.baseOffset} lies ${where}` };
}
