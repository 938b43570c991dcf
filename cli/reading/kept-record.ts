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
  const { topic, partition, offset, timestampAt, headers, keyStart, keyEnd } = record;
  const bytes = bufferOf(record.bytes);
  const keySchema = keyEnd < 0 ? -1 : frameIdOf(bytes, keyStart, keyEnd);
  const payload = keySchema < 0 ? keyStart : keyStart + FRAME_BYTES;
  return {
    topic,
    partition,
    offset,
    timestampAt,
    headers,
    keySchema,
    key: keyEnd < 0 ? null : bytes.toString('latin1', payload, keyEnd),
    value: record.valueEnd < 0 ? null : valueText(bytes, record.valueStart, record.valueEnd),
  };
}

/** Most records of `active-alarms` say one of a few dozen things: each is one text. */
function valueText(bytes: Buffer, start: number, end: number): string {
  const isSmall = end - start <= LONGEST_SHARED;
  const known = isSmall ? SHARED.find(bytes, start, end, 0) : undefined;
  if (known !== undefined) return known;
  const text = bytes.toString('latin1', start, end);
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
