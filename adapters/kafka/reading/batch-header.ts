import type { BatchFault } from './batch-fault.ts';
import { readInt64 } from './big-endian.ts';

/** The head of one record batch (format 2) within a fetched range of bytes. */
export interface BatchHeader {
  readonly start: number;
  /** Where the next batch begins. */
  readonly end: number;
  readonly baseOffset: number;
  /** The offset after the last that the batch stands for, whether or not that record still exists. */
  readonly nextOffset: number;
  readonly leaderEpoch: number;
  readonly crc: number;
  readonly codec: number;
  readonly isStampedByLog: boolean;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  readonly baseTimestamp: number;
  readonly maxTimestamp: number;
  readonly producerId: number;
  readonly recordCount: number;
}

/** Bytes before the first record. */
export const BATCH_HEADER_BYTES = 61;

/** Where the part that the checksum covers begins, counted from the start of the batch. */
export const CHECKED_FROM = 21;

/**
 * Reads the batch that begins at `at`. `null` means that the rest holds no whole batch: brokers cut the
 * last one off where the asked size ends, and it comes again with the next fetch.
 * The checksum does not cover length, base offset and magic, so these are checked for sense here.
 */
export function readBatchHeader(
  view: DataView,
  at: number,
  end: number,
): BatchHeader | BatchFault | null {
  if (end - at < 17) {
    return null;
  }
  const magic = view.getInt8(at + 16);
  if (magic === 0 || magic === 1) {
    return oldFormat(magic);
  }
  if (magic !== 2) {
    return frame(`its format is ${magic}, and only format 2 exists`);
  }
  const length = view.getInt32(at + 8);
  if (length < BATCH_HEADER_BYTES - 12) {
    return frame(`its length is ${length} bytes, less than a header`);
  }
  return length > end - at - 12 ? null : readWholeHeader(view, at, length);
}

/** True for what {@link readBatchHeader} answers for a batch that cannot be right. */
export function isFault(answer: BatchHeader | BatchFault): answer is BatchFault {
  return 'code' in answer;
}

function readWholeHeader(view: DataView, at: number, length: number): BatchHeader | BatchFault {
  const baseOffset = readInt64(view, at);
  const lastOffsetDelta = view.getInt32(at + 23);
  const recordCount = view.getInt32(at + 57);
  if (baseOffset < 0 || baseOffset + lastOffsetDelta >= Number.MAX_SAFE_INTEGER) {
    return frame(`its base offset is ${baseOffset}`);
  }
  if (lastOffsetDelta < 0 || recordCount < 0 || recordCount > lastOffsetDelta + 1) {
    return frame(`it claims ${recordCount} records in ${lastOffsetDelta + 1} offsets`);
  }
  const attributes = view.getInt16(at + 21);
  return {
    start: at,
    end: at + 12 + length,
    baseOffset,
    nextOffset: baseOffset + lastOffsetDelta + 1,
    leaderEpoch: view.getInt32(at + 12),
    crc: view.getUint32(at + 17),
    codec: attributes & 7,
    isStampedByLog: (attributes & 8) !== 0,
    isTransactional: (attributes & 16) !== 0,
    isControl: (attributes & 32) !== 0,
    baseTimestamp: readInt64(view, at + 27),
    maxTimestamp: readInt64(view, at + 35),
    producerId: readInt64(view, at + 43),
    recordCount,
  };
}

function frame(message: string): BatchFault {
  return { code: 'Frame', message };
}

function oldFormat(magic: number): BatchFault {
  return {
    code: 'OldFormat',
    message: `it is a message set of format ${magic}, written before Kafka 0.11`,
  };
}
