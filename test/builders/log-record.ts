import { epochMs } from '../../core/lib/units.ts';
import type { LogHeader, LogRecord } from '../../core/ports/alarm-log.ts';

/** What a record of a test is about; everything else has a readable default. */
export interface RecordParts {
  readonly topic?: string;
  readonly key?: Uint8Array | null;
  readonly value?: Uint8Array | null;
  readonly headers?: readonly LogHeader[];
  readonly timestampMs?: number;
  readonly offset?: number;
}

/** A record as a reader of the log hands it over: key and value are ranges of shared bytes that do not begin at 0. */
export function aLogRecord(parts: RecordParts): LogRecord {
  const key = parts.key === undefined ? Buffer.from('alarm1') : parts.key;
  const value = parts.value === undefined ? null : parts.value;
  const bytes = Buffer.concat([PADDING, key ?? EMPTY, PADDING, value ?? EMPTY, PADDING]);
  const keyStart = PADDING.length;
  const valueStart = keyStart + (key?.length ?? 0) + PADDING.length;
  return {
    topic: parts.topic ?? 'active-alarms',
    partition: 0,
    offset: parts.offset ?? 7,
    timestampAt: epochMs(parts.timestampMs ?? 1_604_400_000_000),
    isStampedByLog: false,
    isAfterGap: false,
    bytes,
    keyStart,
    keyEnd: key === null ? -1 : keyStart + key.length,
    valueStart,
    valueEnd: value === null ? -1 : valueStart + value.length,
    headers: parts.headers ?? [],
  };
}

/** A header with a text. */
export function aHeader(name: string, value: string): LogHeader {
  return { name, value: Buffer.from(value) };
}

const EMPTY = Buffer.alloc(0);
/** Bytes of neighbours in the same buffer: reading beyond a range shows. */
const PADDING = Buffer.from([0xff, 0x02, 0xff]);
