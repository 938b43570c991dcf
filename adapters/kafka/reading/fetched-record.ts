import { ANSWERS_HEADER, REPLACES_HEADER } from '../../../core/audit/audit.ts';
import type { EpochMs } from '../../../core/lib/units.ts';
import type { LogHeader, LogRecord } from '../../../core/ports/alarm-log.ts';
import { ByteCache } from '../../../schemas/codecs/byte-cache.ts';
import { UP_TO_HEADER } from '../../../schemas/codecs/record-references.ts';
import { bufferOf } from '../../../schemas/codecs/utf-8.ts';
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
  headersEnd: number;
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
  readonly #headersEnd: number;

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
    this.#headersEnd = ranges.headersEnd;
  }

  get headers(): readonly LogHeader[] {
    const start = this.#headersStart;
    const end = this.#headersEnd;
    if (end - start > LONGEST_KEPT) {
      return decodeHeaders(this.bytes, start);
    }
    if (isLast(this.bytes, start, end)) {
      return lastHeaders;
    }
    const known = KNOWN.find(this.bytes, start, end, 0);
    if (known === undefined) {
      return this.#decodeNewHeaders(start, end);
    }
    rememberLast(new Uint8Array(this.bytes.subarray(start, end)), known);
    return known;
  }

  #decodeNewHeaders(start: number, end: number): readonly LogHeader[] {
    const headers = decodeHeaders(this.bytes, start);
    if (headers.some(({ name }) => NAMES_ONE_RECORD.has(name))) {
      return headers;
    }
    // Of bytes of their own: what is remembered must not hold on to a whole answer.
    const block = new Uint8Array(this.bytes.subarray(start, end));
    const learned = decodeHeaders(block, 0);
    KNOWN.keep(block, [0, block.length], 0, learned);
    rememberLast(block, learned);
    return learned;
  }
}

/** Headers that name a record: a block with one of them hardly comes a second time. */
const NAMES_ONE_RECORD: ReadonlySet<string> = new Set([
  ANSWERS_HEADER,
  REPLACES_HEADER,
  UP_TO_HEADER,
]);

/** Longest block of headers, in bytes, that is remembered. */
const LONGEST_KEPT = 512;

/** A source writes the same headers with every record: the same bytes are decoded once and answered as one array. */
const KNOWN = new ByteCache<readonly LogHeader[]>(1_024);

/** Most records follow one of the same writer: comparing is half of the work of looking up. */
let lastBlock: Uint8Array = new Uint8Array(0);
let lastHeaders: readonly LogHeader[] = [];

function rememberLast(block: Uint8Array, headers: readonly LogHeader[]): void {
  lastBlock = block;
  lastHeaders = headers;
}

function isLast(bytes: Uint8Array, start: number, end: number): boolean {
  const { length } = lastBlock;
  if (end - start !== length) {
    return false;
  }
  for (let at = 0; at < length; at += 1) {
    if (bytes[start + at] !== lastBlock[at]) {
      return false;
    }
  }
  return length > 0;
}

function decodeHeaders(bytes: Uint8Array, start: number): readonly LogHeader[] {
  const cursor = new VarintCursor(bytes);
  cursor.at = start;
  const count = cursor.readInt();
  const headers: LogHeader[] = [];
  for (let index = 0; index < count; index += 1) {
    headers.push({ name: readName(cursor), value: readValue(cursor) });
  }
  return headers;
}

function readName(cursor: VarintCursor): string {
  const length = cursor.readInt();
  const start = cursor.at;
  cursor.at += length;
  return bufferOf(cursor.bytes).toString('utf8', start, cursor.at);
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
