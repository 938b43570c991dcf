import { crc32 } from 'node:zlib';
import type { Result } from '../../core/lib/result.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import { epochMs } from '../../core/lib/units.ts';
import type { LogAppend, LogHeader, LogRecord } from '../../core/ports/alarm-log.ts';

/**
 * How one record lies in the store (all numbers big-endian):
 *
 * | bytes | content |
 * |---|---|
 * | 0–3 | CRC-32 of the record's place (its key in the store) and of everything from byte 4 |
 * | 4 | form of the record: 1 |
 * | 5 | 1 = stamped by the log itself, else 0 |
 * | 6–13 | timestamp, ms since 1970, double |
 * | 14–21 | moment of the append by the log's own clock, ms since 1970, double |
 * | 22–25, 26–29 | length of key, of value; -1 = absent |
 * | 30–33 | number of headers |
 * | 34… | key, value, headers (length and bytes of the name, length or -1 and bytes of the value) |
 *
 * The place is part of the sum, so that a whole record in the wrong place counts as damage too.
 */
const FORM = 1;
const CRC_FROM = 4;
const FLAGS_AT = 5;
const TIMESTAMP_AT = 6;
const APPENDED_AT = 14;
const KEY_LENGTH_AT = 22;
const VALUE_LENGTH_AT = 26;
const HEADER_COUNT_AT = 30;
const BODY_AT = 34;

/** A record about to be stored, whose place is not yet known. */
export interface UnplacedRecord {
  readonly bytes: Buffer;
  /** The key as a map key: one character a byte. */
  readonly keyText: string;
  readonly isTombstone: boolean;
}

/** What the store itself must know of a record. */
export interface StoredFacts {
  readonly keyText: string;
  readonly isTombstone: boolean;
  readonly appendedAt: EpochMs;
}

/** When a record is stamped: by the caller's moment, or by the log's own clock. */
export interface Stamp {
  readonly timestampAt: EpochMs;
  readonly isStampedByLog: boolean;
  readonly appendedAt: EpochMs;
}

/** Lays out a record, all but its stamp and sum (`placeRecord`). The caller's buffers are copied. */
export function layOutRecord(append: Omit<LogAppend, 'headers'> & RecordHeaders): UnplacedRecord {
  const names = append.headers.map((header) => Buffer.from(header.name, 'utf8'));
  const bytes = Buffer.allocUnsafe(sizeOfRecord(append, names));
  bytes[CRC_FROM] = FORM;
  bytes.writeInt32BE(append.key.length, KEY_LENGTH_AT);
  bytes.writeInt32BE(append.value === null ? -1 : append.value.length, VALUE_LENGTH_AT);
  bytes.writeUInt32BE(append.headers.length, HEADER_COUNT_AT);
  let at = putBytes(bytes, append.key, BODY_AT);
  at = append.value === null ? at : putBytes(bytes, append.value, at);
  append.headers.forEach((header, index) => {
    const name = names[index] ?? Buffer.alloc(0);
    bytes.writeUInt32BE(name.length, at);
    at = putBytes(bytes, name, at + 4);
    bytes.writeInt32BE(header.value === null ? -1 : header.value.length, at);
    at = header.value === null ? at + 4 : putBytes(bytes, header.value, at + 4);
  });
  return { bytes, keyText: textOfKey(append.key), isTombstone: append.value === null };
}

/** Headers as they may stand in the store; a value may be absent, which the port cannot write but other logs hold. */
export interface RecordHeaders {
  readonly headers: readonly LogHeader[];
}

/** Stamps the record and closes it with its sum; `place` is its key in the store. */
export function placeRecord(bytes: Buffer, place: string, stamp: Stamp): void {
  bytes[FLAGS_AT] = stamp.isStampedByLog ? 1 : 0;
  bytes.writeDoubleBE(stamp.timestampAt, TIMESTAMP_AT);
  bytes.writeDoubleBE(stamp.appendedAt, APPENDED_AT);
  bytes.writeUInt32BE(sumOf(bytes, place), 0);
}

/** What the store must know of a record, or the reason why it is damaged. */
export function inspectRecord(bytes: Buffer, place: string): Result<StoredFacts, string> {
  const fault = findFault(bytes, place);
  if (fault !== null) {
    return failure(fault);
  }
  const keyEnd = BODY_AT + bytes.readInt32BE(KEY_LENGTH_AT);
  return ok({
    keyText: bytes.toString('latin1', BODY_AT, keyEnd),
    isTombstone: bytes.readInt32BE(VALUE_LENGTH_AT) < 0,
    appendedAt: epochMs(bytes.readDoubleBE(APPENDED_AT)),
  });
}

/** The record as the port hands it out, or the reason why it is damaged. */
export function readRecord(
  bytes: Buffer,
  place: string,
  position: { readonly topic: string; readonly offset: number; readonly isAfterGap: boolean },
): Result<LogRecord, string> {
  const fault = findFault(bytes, place);
  return fault === null ? ok(new StoredRecordView(bytes, position)) : failure(fault);
}

class StoredRecordView implements LogRecord {
  readonly topic: string;
  readonly partition = 0;
  readonly offset: number;
  readonly timestampAt: EpochMs;
  readonly isStampedByLog: boolean;
  readonly isAfterGap: boolean;
  readonly bytes: Buffer;
  readonly keyStart: number = BODY_AT;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;

  constructor(bytes: Buffer, position: Pick<LogRecord, 'topic' | 'offset' | 'isAfterGap'>) {
    this.bytes = bytes;
    this.topic = position.topic;
    this.offset = position.offset;
    this.isAfterGap = position.isAfterGap;
    this.timestampAt = epochMs(bytes.readDoubleBE(TIMESTAMP_AT));
    this.isStampedByLog = bytes[FLAGS_AT] === 1;
    this.keyEnd = BODY_AT + bytes.readInt32BE(KEY_LENGTH_AT);
    this.valueStart = this.keyEnd;
    const valueLength = bytes.readInt32BE(VALUE_LENGTH_AT);
    this.valueEnd = valueLength < 0 ? -1 : this.valueStart + valueLength;
  }

  get headers(): readonly LogHeader[] {
    const count = this.bytes.readUInt32BE(HEADER_COUNT_AT);
    const headers: LogHeader[] = [];
    let at = this.valueEnd < 0 ? this.valueStart : this.valueEnd;
    for (let index = 0; index < count; index += 1) {
      const nameEnd = at + 4 + this.bytes.readUInt32BE(at);
      const name = this.bytes.toString('utf8', at + 4, nameEnd);
      const valueLength = this.bytes.readInt32BE(nameEnd);
      at = nameEnd + 4 + Math.max(0, valueLength);
      headers.push({
        name,
        value: valueLength < 0 ? null : this.bytes.subarray(nameEnd + 4, at),
      });
    }
    return headers;
  }
}

function findFault(bytes: Buffer, place: string): string | null {
  if (bytes.length < BODY_AT) {
    return `the record at ${place} is cut short`;
  }
  if (bytes.readUInt32BE(0) !== sumOf(bytes, place)) {
    return `the checksum of the record at ${place} does not hold`;
  }
  return bytes[CRC_FROM] === FORM ? null : `the record at ${place} has an unknown form`;
}

function sumOf(bytes: Buffer, place: string): number {
  return crc32(bytes.subarray(CRC_FROM), crc32(place));
}

function sizeOfRecord(append: Omit<LogAppend, 'headers'> & RecordHeaders, names: Buffer[]): number {
  const headers = append.headers.reduce(
    (size, header, index) => size + 8 + (names[index]?.length ?? 0) + (header.value?.length ?? 0),
    0,
  );
  return BODY_AT + append.key.length + (append.value?.length ?? 0) + headers;
}

function putBytes(target: Buffer, source: Uint8Array, at: number): number {
  target.set(source, at);
  return at + source.length;
}

function textOfKey(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
}
