import type { CallKind } from '../../../core/alarm/call-kind.ts';
import type { AlarmFact } from '../../../core/alarm/events.ts';
import { ACK_LEVELS, LEVELS } from '../../../core/alarm/level.ts';
import type {
  Answer,
  Call,
  Occurrence,
  OccurrenceSnapshot,
} from '../../../core/alarm/occurrence.ts';
import type { RecordMark } from '../../../core/alarm/record-mark.ts';
import type { Audit } from '../../../core/audit/audit.ts';
import { isObject } from '../../../core/lib/is-object.ts';
import { failure, ok, type Result } from '../../../core/lib/result.ts';
import { type EpochMs, epochMs } from '../../../core/lib/units.ts';
import type { RecordPosition } from '../../../core/ports/alarm-log.ts';
import { ALARM_OCCURRENCES } from '../../topics.ts';
import { isWireLong } from '../avro-long.ts';
import { shortName } from '../avro-schema.ts';
import { notExpressible, unwrapped } from '../avro-values.ts';
import { writeSnapshot } from './occurrence-writer.ts';
import type { ValueDialect } from './value-dialect.ts';

/** The values of our own `alarm-occurrences` (decision 15). */
export const ALARM_OCCURRENCES_DIALECT: ValueDialect = {
  name: 'Klaxon',
  topic: ALARM_OCCURRENCES,
  recognises: (schema) => shortName(schema.name) === 'OccurrenceSnapshot',
  read: (_slot, value) => readSnapshot(value),
  writer: {
    // Ours: what a later version adds has a default.
    canWrite: () => true,
    write: (fact) => {
      if (fact.fact === 'occurrenceClosed') {
        return ok(null);
      }
      return fact.fact === 'occurrenceKept'
        ? ok(writeSnapshot(fact.snapshot))
        : failure(notExpressible(fact.fact, 'it belongs to another topic'));
    },
  },
};

function readSnapshot(value: unknown): Result<AlarmFact, string> {
  const occurrence = isObject(value) ? readOccurrence(value) : null;
  const upTo = isObject(value)
    ? readPosition(value['upToTopic'], value['upToPartition'], value['upToOffset'])
    : null;
  const upToWrittenAt = isObject(value) ? readMoment(value['upToWrittenAt']) : null;
  if (occurrence === null || upTo === null || upToWrittenAt === null) {
    return failure('the snapshot lacks something that it must say');
  }
  const snapshot: OccurrenceSnapshot = { occurrence, upTo, upToWrittenAt };
  return ok({ fact: 'occurrenceKept', snapshot: Object.freeze(snapshot) });
}

function readOccurrence(value: Readonly<Record<string, unknown>>): Occurrence | null {
  const openedBy = readMark(value['openedBy']);
  const startedAt = readMoment(value['startedAt']);
  const highestLevel = LEVELS.find((level) => level === value['highestLevel']);
  const calls = readCalls(value);
  const returnedAt = readMoment(unwrapped(value['returnedAt']));
  const isKnownFromStart = value['isKnownFromStart'];
  if (openedBy === null || startedAt === null || calls === null) {
    return null;
  }
  if (highestLevel === undefined || typeof isKnownFromStart !== 'boolean') {
    return null;
  }
  const occurrence = { openedBy, startedAt, highestLevel, calls, isKnownFromStart };
  return returnedAt === null ? occurrence : { ...occurrence, returnedAt };
}

function readCalls(value: Readonly<Record<string, unknown>>): Occurrence['calls'] | null {
  const calls: Partial<Record<CallKind, Call>> = {};
  for (const kind of ['simple', 'epics'] as const) {
    const content = unwrapped(value[kind] ?? null);
    const call = content === null ? null : readCall(content);
    if (content !== null && call === null) {
      return null;
    }
    if (call !== null) {
      calls[kind] = call;
    }
  }
  return calls;
}

function readCall(value: unknown): Call | null {
  if (!isObject(value)) {
    return null;
  }
  const record = readMark(value['record']);
  const level = LEVELS.find((known) => known === value['level']);
  const content = unwrapped(value['answer'] ?? null);
  const answer = content === null ? null : readAnswer(content);
  if (record === null || level === undefined || (content !== null && answer === null)) {
    return null;
  }
  return answer === null ? { record, level } : { record, level, answer };
}

function readAnswer(value: unknown): Answer | null {
  const record = isObject(value) ? readMark(value['record']) : null;
  const level = isObject(value) ? ACK_LEVELS.find((known) => known === value['level']) : undefined;
  return record === null || level === undefined ? null : { record, level };
}

/** A `RecordMark` of our own schemas; null where it is none. */
export function readMark(value: unknown): RecordMark | null {
  if (!isObject(value)) {
    return null;
  }
  const position = readPosition(value['topic'], value['partition'], value['offset']);
  const writtenAt = readMoment(value['writtenAt']);
  return position === null || writtenAt === null
    ? null
    : { ...position, writtenAt, audit: readAudit(value) };
}

function readAudit(value: Readonly<Record<string, unknown>>): Audit {
  const audit: { user?: string; producer?: string; host?: string } = {};
  for (const name of ['user', 'producer', 'host'] as const) {
    const text = unwrapped(value[name]);
    if (typeof text === 'string') {
      audit[name] = text;
    }
  }
  return audit;
}

function readPosition(topic: unknown, partition: unknown, offset: unknown): RecordPosition | null {
  return typeof topic === 'string' && isCount(partition) && isCount(offset)
    ? { topic, partition, offset }
    : null;
}

/** A partition or an offset. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Milliseconds since 1970, cut to what a date can hold; null where it is no `long`. */
export function readMoment(value: unknown): EpochMs | null {
  return isWireLong(value) ? epochMs(Number(value)) : null;
}
