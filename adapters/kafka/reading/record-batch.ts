import { failure, ok, type Result } from '../../../core/lib/result.ts';
import { type EpochMs, epochMs } from '../../../core/lib/units.ts';
import type { BatchFault } from './batch-fault.ts';
import { BATCH_HEADER_BYTES, type BatchHeader, CHECKED_FROM } from './batch-header.ts';
import { crc32c } from './crc32c.ts';
import { FetchedRecord, type RecordPlace, type RecordRanges } from './fetched-record.ts';
import { inflate } from './inflate.ts';
import { VarintCursor } from './varint.ts';

/** The bytes of one fetch answer, seen both ways. */
export interface FetchedBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** Which partition a batch belongs to. */
export interface PartitionName {
  readonly topic: string;
  readonly partition: number;
}

/** True when the batch's bytes are those that its writer's checksum was made of. */
export function isChecksumRight(view: DataView, header: BatchHeader): boolean {
  return crc32c(view, header.start + CHECKED_FROM, header.end) === header.crc;
}

/**
 * Opens a batch for reading: checks its checksum, inflates it where it is compressed.
 * Nothing of a batch whose checksum does not hold is ever handed out.
 */
export function openBatch(
  fetched: FetchedBytes,
  header: BatchHeader,
  from: PartitionName,
): Result<RecordRun, BatchFault> {
  if (!isChecksumRight(fetched.view, header)) {
    return failure({ code: 'Checksum', message: 'its checksum does not hold' });
  }
  const start = header.start + BATCH_HEADER_BYTES;
  if (header.codec === 0) {
    return ok(new RecordRun(fetched.bytes, start, header.end, { header, ...from }));
  }
  const inflated = inflate(header.codec, fetched.bytes.subarray(start, header.end));
  if (!inflated.ok) {
    return inflated;
  }
  const bytes = inflated.value;
  return ok(new RecordRun(bytes, 0, bytes.length, { header, ...from }));
}

/**
 * The records of one opened batch, one after the other. A record that does not keep to its lengths ends
 * the run with a `fault`; what was answered before it is right.
 */
export class RecordRun {
  fault: BatchFault | null = null;
  /** The first offset of which nothing is known yet: a record that stands beyond it follows a gap. */
  accountedTo = 0;
  readonly #header: BatchHeader;
  readonly #place: RecordPlace;
  readonly #cursor: VarintCursor;
  readonly #end: number;
  readonly #stampedAt: EpochMs;
  readonly #ranges: RecordRanges;
  #remaining: number;
  #lastOffset: number;

  constructor(
    bytes: Uint8Array,
    start: number,
    end: number,
    from: PartitionName & { readonly header: BatchHeader },
  ) {
    const { header, topic, partition } = from;
    this.#header = header;
    this.#place = { topic, partition, bytes, isStampedByLog: header.isStampedByLog };
    this.#cursor = new VarintCursor(bytes);
    this.#cursor.at = start;
    this.#end = end;
    this.#stampedAt = epochMs(header.maxTimestamp);
    this.#remaining = header.recordCount;
    this.#lastOffset = header.baseOffset - 1;
    this.#ranges = emptyRanges(this.#stampedAt);
  }

  /** Appends records from offset `from` on to `into` until that holds `limit`; false when none is left. */
  fill(into: FetchedRecord[], from: number, limit: number): boolean {
    while (this.#remaining > 0 && into.length < limit) {
      if (!this.#readNext()) {
        return false;
      }
      if (this.#ranges.offset >= from) {
        this.#ranges.isAfterGap = this.#ranges.offset > this.accountedTo;
        this.accountedTo = this.#ranges.offset + 1;
        into.push(new FetchedRecord(this.#place, this.#ranges));
      }
    }
    if (this.#remaining === 0 && this.#cursor.at !== this.#end) {
      this.#fail('bytes are left over after its last record');
    }
    return this.#remaining > 0;
  }

  /** Calls back with each offset that still has a record; false when the run ended with a fault. */
  forEachOffset(callback: (offset: number) => void): boolean {
    while (this.#remaining > 0) {
      if (!this.#readNext()) {
        return false;
      }
      callback(this.#ranges.offset);
    }
    return true;
  }

  #readNext(): boolean {
    const cursor = this.#cursor;
    const length = cursor.readInt();
    const end = cursor.at + length;
    if (length < 0 || end > this.#end) {
      return this.#fail('a record is longer than its batch');
    }
    cursor.at += 1;
    const timestampDelta = cursor.readLong();
    const offset = this.#header.baseOffset + cursor.readInt();
    if (offset <= this.#lastOffset || offset >= this.#header.nextOffset) {
      return this.#fail('a record stands outside the offsets of its batch');
    }
    this.#ranges.offset = offset;
    this.#ranges.timestampAt = this.#header.isStampedByLog
      ? this.#stampedAt
      : epochMs(this.#header.baseTimestamp + timestampDelta);
    if (!this.#readKeyAndValue(end) || !isHeaderBlock(cursor, end)) {
      return this.#fail('a key, value or header is longer than its record');
    }
    this.#ranges.headersEnd = end;
    this.#lastOffset = offset;
    this.#remaining -= 1;
    return true;
  }

  #readKeyAndValue(end: number): boolean {
    const cursor = this.#cursor;
    const ranges = this.#ranges;
    const keyLength = cursor.readInt();
    ranges.keyStart = cursor.at;
    ranges.keyEnd = keyLength < 0 ? -1 : cursor.at + keyLength;
    cursor.at += Math.max(0, keyLength);
    if (cursor.at > end) {
      return false;
    }
    const valueLength = cursor.readInt();
    ranges.valueStart = cursor.at;
    ranges.valueEnd = valueLength < 0 ? -1 : cursor.at + valueLength;
    cursor.at += Math.max(0, valueLength);
    ranges.headersStart = cursor.at;
    return cursor.at < end;
  }

  #fail(message: string): false {
    this.fault = { code: 'Record', message };
    this.#remaining = 0;
    return false;
  }
}

/** Walks the headers without decoding them; true when they end exactly where the record ends. */
function isHeaderBlock(cursor: VarintCursor, end: number): boolean {
  const count = cursor.readInt();
  if (count < 0) {
    return false;
  }
  for (let index = 0; index < count; index += 1) {
    const nameLength = cursor.readInt();
    cursor.at += nameLength;
    if (nameLength < 0 || cursor.at >= end) {
      return false;
    }
    const valueLength = cursor.readInt();
    cursor.at += Math.max(0, valueLength);
    if (cursor.at > end) {
      return false;
    }
  }
  return cursor.at === end;
}

function emptyRanges(timestampAt: EpochMs): RecordRanges {
  return {
    offset: 0,
    timestampAt,
    isAfterGap: false,
    keyStart: 0,
    keyEnd: -1,
    valueStart: 0,
    valueEnd: -1,
    headersStart: 0,
    headersEnd: 0,
  };
}
