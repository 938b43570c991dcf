import { Buffer } from 'node:buffer';
import type { Identity } from '../../../core/audit/audit.ts';
import { alarmName } from '../../../core/lib/alarm-name.ts';
import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogAppend, LogRecord } from '../../../core/ports/alarm-log.ts';
import type { RegisteredSchema } from '../../../core/ports/schema-store.ts';
import { ALARM_JOURNAL } from '../../topics.ts';
import { auditHeaders } from '../audit-headers.ts';
import { shortName } from '../avro-schema.ts';
import { type AvroType, compileAvroType } from '../avro-type.ts';
import { hasOnlyFields } from '../avro-values.ts';
import { FRAME_BYTES, frame, frameIdOf } from '../frame.ts';
import { readTextKey } from '../record-keys.ts';
import { bufferOf } from '../utf-8.ts';
import type { EncodeProblem } from '../wire.ts';
import { MAX_VALUE_BYTES } from '../wire-decoder.ts';
import type { JournalEntry } from './journal-entry.ts';
import { readTransition } from './transition-reader.ts';
import { TRANSITION_FIELDS, writeTransition } from './transition-writer.ts';

/** What a record of the journal turned out to be. */
export type JournalOutcome =
  | { readonly outcome: 'entry'; readonly entry: JournalEntry }
  | { readonly outcome: 'undecodable'; readonly reason: string }
  | { readonly outcome: 'schemaNeeded'; readonly schemaId: number };

/** Entries to records of `alarm-journal`, with the audit headers of whoever writes them. */
export interface JournalEncoder {
  encode(
    entry: JournalEntry,
    identity: Identity,
    writtenAt: LogAppend['timestampAt'],
  ): Result<LogAppend, EncodeProblem>;
}

/** Records of `alarm-journal` to entries. Never throws. */
export interface JournalDecoder {
  decode(record: LogRecord): JournalOutcome;
  /** Teaches the schema of an id; one that cannot be used makes its records undecodable, with the reason. */
  learnSchema(id: number, schema: string): void;
  /** No such schema exists: its records are undecodable from now on. */
  rejectSchema(id: number, reason: string): void;
}

/** The encoder for the newest registered version that is ours; null where there is none. */
export function createJournalEncoder(versions: readonly RegisteredSchema[]): JournalEncoder | null {
  const newestFirst = [...versions].sort((a, b) => b.version - a.version);
  for (const { id, schema } of newestFirst) {
    const type = compileAvroType(schema);
    if (type.ok && isWritable(type.value)) return encoderOf(id, type.value);
  }
  return null;
}

/** A decoder that knows no schema until it is taught one. */
export function createJournalDecoder(): JournalDecoder {
  const types = new Map<number, Result<AvroType, string>>();
  return {
    learnSchema: (id, schema) => {
      types.set(id, compileAvroType(schema));
    },
    rejectSchema: (id, reason) => {
      types.set(id, failure(reason));
    },
    decode: (record) => decode(types, record),
  };
}

function encoderOf(id: number, type: AvroType): JournalEncoder {
  return {
    encode: ({ transition, reach }, identity, writtenAt) => {
      const written = type.write(writeTransition(transition, reach));
      if (!written.ok) {
        const message = `A transition of ${transition.name} cannot be written: ${written.error}.`;
        return failure({ code: 'NotExpressible', message });
      }
      return ok({
        topic: ALARM_JOURNAL,
        key: Buffer.from(transition.name),
        value: frame(id, written.value),
        headers: auditHeaders(identity),
        timestampAt: writtenAt,
      });
    },
  };
}

function isWritable({ schema }: AvroType): boolean {
  return (
    schema.kind === 'record' &&
    shortName(schema.name) === 'AlarmTransition' &&
    hasOnlyFields(schema, TRANSITION_FIELDS)
  );
}

function decode(
  types: ReadonlyMap<number, Result<AvroType, string>>,
  record: LogRecord,
): JournalOutcome {
  const { bytes, keyStart, keyEnd, valueStart, valueEnd } = record;
  const key = readTextKey('snapshot', bytes, keyStart, keyEnd);
  if (!key.ok) return { outcome: 'undecodable', reason: key.error };
  const id = valueEnd < 0 ? -1 : frameIdOf(bytes, valueStart, valueEnd);
  if (id < 0 || valueEnd - valueStart > MAX_VALUE_BYTES) {
    return { outcome: 'undecodable', reason: 'the value is not framed, or too long' };
  }
  const type = types.get(id);
  if (type === undefined) return { outcome: 'schemaNeeded', schemaId: id };
  if (!type.ok) return { outcome: 'undecodable', reason: type.error };
  const value = type.value.read(bufferOf(bytes), valueStart + FRAME_BYTES, valueEnd);
  const entry = value.ok ? readTransition(alarmName(key.value.name), value.value) : value;
  return entry.ok
    ? { outcome: 'entry', entry: entry.value }
    : { outcome: 'undecodable', reason: entry.error };
}
