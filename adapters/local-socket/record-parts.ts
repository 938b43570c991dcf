import { InvariantError } from '../../core/lib/invariant.ts';
import type { Result } from '../../core/lib/result.ts';
import { failure, ok } from '../../core/lib/result.ts';
import {
  keyBytesOf,
  type LogAppend,
  type LogRecord,
  type RecordPosition,
  valueBytesOf,
} from '../../core/ports/alarm-log.ts';
import { layOutRecord, placeRecord, readRecord } from '../embedded/record-format.ts';

/** Records cross the socket in the form in which the embedded log stores them, sum included. */
const APPENDED = 'append';

/** A record that is to be appended, as bytes of its own. */
export function packAppend(append: LogAppend): Buffer {
  const { bytes } = layOutRecord(append);
  const { timestampAt } = append;
  placeRecord(bytes, APPENDED, { timestampAt, isStampedByLog: false, appendedAt: timestampAt });
  return bytes;
}

/** The record that a client wants appended, or why these bytes are none. */
export function unpackAppend(topic: string, bytes: Buffer): Result<LogAppend, string> {
  const record = readRecord(bytes, APPENDED, { topic, offset: 0, isAfterGap: false });
  if (!record.ok) return record;
  try {
    const append = appendOf(record.value);
    // The sum says that the bytes are as they were sent, not that they make sense.
    const isSound = layOutRecord(append).bytes.length === bytes.length;
    return isSound ? ok(append) : failure('the parts of a record do not make up the whole');
  } catch (cause) {
    return failure(`a record cannot be taken apart (${String(cause)})`);
  }
}

/** A record of the log, as bytes of its own. */
export function packRecord(record: LogRecord): Buffer {
  const key = keyBytesOf(record);
  if (key === null) throw new InvariantError('a log inside a program has no record without a key');
  const { topic, timestampAt, isStampedByLog, headers } = record;
  const { bytes } = layOutRecord({ topic, key, value: valueBytesOf(record), headers, timestampAt });
  placeRecord(bytes, placeOf(record), { timestampAt, isStampedByLog, appendedAt: timestampAt });
  return bytes;
}

/** The record that was packed, or the reason why it is damaged. */
export function unpackRecord(
  bytes: Buffer,
  position: RecordPosition & { readonly isAfterGap: boolean },
): Result<LogRecord, string> {
  return readRecord(bytes, placeOf(position), position);
}

function placeOf({ topic, partition, offset }: RecordPosition): string {
  return `${topic}/${partition}/${offset}`;
}

function appendOf(record: LogRecord): LogAppend {
  const key = keyBytesOf(record);
  if (key === null) throw new InvariantError('a record that was laid out has a key');
  return {
    topic: record.topic,
    key,
    value: valueBytesOf(record),
    headers: record.headers.map(({ name, value }) => {
      if (value === null) throw new RangeError(`the header ${name} has no value`);
      return { name, value };
    }),
    timestampAt: record.timestampAt,
  };
}
