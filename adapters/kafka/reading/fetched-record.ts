import type { EpochMs } from '../../../core/lib/units.ts';
import type { LogHeader, LogRecord } from '../../../core/ports/alarm-log.ts';
import { VarintCursor } from './varint.ts';

/** Where a record stands, before its own fields are read. */
export interface RecordPlace {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: Uint8Array;
  readonly isStampedByLog: boolean;
}

/** The fields of a record as the batch decoder finds them; ends of -1 mean absent. */
export interface RecordRanges {
  offset: number;
  timestampAt: EpochMs;
  isAfterGap: boolean;
  keyStart: number;
  keyEnd: number;
  valueStart: number;
  valueEnd: number;
  headersStart: number;
}

/**
 * One record of a fetched batch, as ranges of the fetched bytes. One class with one shape: the fold over
 * a million of them stays monomorphic. Headers are decoded when they are asked for; their lengths were
 * checked when the record was read.
 */
export class FetchedRecord implements LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestampAt: EpochMs;
  readonly isStampedByLog: boolean;
  readonly isAfterGap: boolean;
  readonly bytes: Uint8Array;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly #headersStart: number;

  constructor(place: RecordPlace, ranges: RecordRanges) {
    this.topic = place.topic;
    this.partition = place.partition;
    this.offset = ranges.offset;
    this.timestampAt = ranges.timestampAt;
    this.isStampedByLog = place.isStampedByLog;
    this.isAfterGap = ranges.isAfterGap;
    this.bytes = place.bytes;
    this.keyStart = ranges.keyStart;
    this.keyEnd = ranges.keyEnd;
    this.valueStart = ranges.valueStart;
    this.valueEnd = ranges.valueEnd;
    this.#headersStart = ranges.headersStart;
  }

  get headers(): readonly LogHeader[] {
    const cursor = new VarintCursor(this.bytes);
    cursor.at = this.#headersStart;
    const count = cursor.readInt();
    const headers: LogHeader[] = [];
    for (let index = 0; index < count; index += 1) {
      headers.push({ name: readName(cursor), value: readValue(cursor) });
    }
    return headers;
  }
}

const NAMES = new TextDecoder();

function readName(cursor: VarintCursor): string {
  const length = cursor.readInt();
  const start = cursor.at;
  cursor.at += length;
  return NAMES.decode(cursor.bytes.subarray(start, cursor.at));
}

function readValue(cursor: VarintCursor): Uint8Array | null {
  const length = cursor.readInt();
  if (length < 0) {
    return null;
  }
  const start = cursor.at;
  cursor.at += length;
  return cursor.bytes.subarray(start, cursor.at);
}
