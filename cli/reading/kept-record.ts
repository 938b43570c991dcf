import type { EpochMs } from '../../core/lib/units.ts';
import type { LogHeader, LogRecord } from '../../core/ports/alarm-log.ts';
import { ByteCache } from '../../schemas/codecs/byte-cache.ts';
import { FRAME_BYTES, frame, frameIdOf } from '../../schemas/codecs/frame.ts';
import { bufferOf } from '../../schemas/codecs/utf-8.ts';

/**
 * One record of the log, kept until it is written out. Key and value are their bytes as a text with one character a byte
 * (latin1): that is what a list compares them by, and it takes no more room than the bytes.
 */
export interface KeptRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestampAt: EpochMs;
  readonly headers: readonly LogHeader[];
  /** The schema id of a framed key, else -1. */
  readonly keySchema: number;
  /** Without the frame; null where the record has no key. */
  readonly key: string | null;
  /** With the frame; null is a tombstone. */
  readonly value: string | null;
}

/** Copies what is needed of a record: its bytes are shared and do not stay. */
export function keepRecord(record: LogRecord): KeptRecord {
  const { topic, partition, offset, timestampAt, headers, keyEnd } = record;
  const { keySchema, start } = keyPlaceOf(record);
  const key = keyEnd < 0 ? null : bufferOf(record.bytes).toString('latin1', start, keyEnd);
  const value = keptValueOf(record);
  return { topic, partition, offset, timestampAt, headers, keySchema, key, value };
}

/** The schema id of a record's key (-1 where it is not framed), and where in the record's bytes the key itself begins. */
export function keyPlaceOf({ bytes, keyStart, keyEnd }: LogRecord): KeyPlace {
  const keySchema = keyEnd < 0 ? -1 : frameIdOf(bytes, keyStart, keyEnd);
  return { keySchema, start: keySchema < 0 ? keyStart : keyStart + FRAME_BYTES };
}

interface KeyPlace {
  readonly keySchema: number;
  readonly start: number;
}

/** A record's value as `KeptRecord` holds it. Most of `active-alarms` say one of a few dozen things: each is one text. */
export function keptValueOf({ bytes, valueStart: start, valueEnd: end }: LogRecord): string | null {
  if (end < 0) return null;
  const isSmall = end - start <= LONGEST_SHARED;
  const known = isSmall ? SHARED.find(bytes, start, end, 0) : undefined;
  if (known !== undefined) return known;
  const text = bufferOf(bytes).toString('latin1', start, end);
  if (isSmall) SHARED.keep(bytes, [start, end], 0, text);
  return text;
}

const LONGEST_SHARED = 32;
const SHARED = new ByteCache<string>(1_024);

/** The key as it stands in the log. */
export function keyBytes({ key, keySchema }: KeptRecord): Uint8Array | null {
  if (key === null) return null;
  const payload = Buffer.from(key, 'latin1');
  return keySchema < 0 ? payload : frame(keySchema, payload);
}

/** The value as it stands in the log; null is a tombstone. */
export function valueBytes({ value }: KeptRecord): Uint8Array | null {
  return value === null ? null : Buffer.from(value, 'latin1');
}
