import type { AlarmEvent, AlarmFact, Slot } from '../../core/alarm/events.ts';
import type { RecordMark } from '../../core/alarm/record-mark.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { assertNever } from '../../core/lib/invariant.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { LogRecord } from '../../core/ports/alarm-log.ts';
import { ACTIVE_ALARMS, ALARM_TOPICS, type AlarmTopic } from '../topics.ts';
import { ByteCache } from './byte-cache.ts';
import { SEED_1 } from './dialects/seed-1.ts';
import { FRAME_BYTES, frameIdOf } from './frame.ts';
import { LearnedSchemas } from './learned-schemas.ts';
import { createHeaderReader, type HeaderReader, type HeaderWords } from './record-headers.ts';
import {
  type RecordKey,
  readActiveKey,
  readPlainKey,
  readTextKey,
  TOMBSTONE_FACTS,
} from './record-keys.ts';
import { answersClaimOf, causeOf, reachOf, replacedBy } from './record-references.ts';
import { bufferOf, isUtf8 } from './utf-8.ts';
import type { DecodeOutcome, WireDecoder } from './wire.ts';

/** Longest value, in bytes, whose meaning is remembered by its bytes. */
export const MAX_CACHED_VALUE_BYTES = 32;
/** Longest value that is read at all: no alarm's record is longer, and a longer one would cost too much time. */
export const MAX_VALUE_BYTES = 262_144;
/** Longest key that is read at all. */
export const MAX_KEY_BYTES = 16_384;

const CACHED_VALUES = 16_384;

/** Makes the decoder of the alarm topics (decisions 2, 3, 10). It knows no schema until it is taught one. */
export function createWireDecoder(): WireDecoder {
  const state: DecoderState = {
    schemas: new LearnedSchemas(),
    headers: createHeaderReader(),
    values: new ByteCache(CACHED_VALUES),
  };
  return {
    decode: (record, isHistoryWhole) => decodeRecord(state, record, isHistoryWhole),
    learnSchema: (id, schema) => {
      if (state.schemas.learn(id, schema)) {
        forgetMeanings(state);
      }
    },
    rejectSchema: (id, reason) => {
      if (state.schemas.reject(id, reason)) {
        forgetMeanings(state);
      }
    },
  };
}

interface DecoderState {
  readonly schemas: LearnedSchemas;
  readonly headers: HeaderReader;
  /**
   * Whole answers are kept, so that a known value costs no object of its own. Keys are not: in what compaction has left
   * nearly every one is another.
   */
  readonly values: ByteCache<Result<AlarmFact, string>>;
}

/** A number is the id of a schema that is needed first. */
type Decoded<T> = Result<T, string> | number;

/** The slot of each topic whose keys are plain text. */
const TEXT_SLOTS: Readonly<Record<Exclude<AlarmTopic, typeof ACTIVE_ALARMS>, Slot>> = {
  'alarm-occurrences': 'snapshot',
  'registered-alarms': 'registration',
  'shelved-alarms': 'shelf',
};

/** Keeps apart equal bytes of different slots in the cache of values. */
const REALMS: Readonly<Record<Slot, number>> = {
  registration: 1,
  simple: 2,
  epics: 3,
  simpleAck: 4,
  epicsAck: 5,
  shelf: 6,
  snapshot: 7,
};

const TOMBSTONES: Readonly<Record<Slot, Result<AlarmFact, string>>> = {
  registration: ok(TOMBSTONE_FACTS.registration),
  simple: ok(TOMBSTONE_FACTS.simple),
  epics: ok(TOMBSTONE_FACTS.epics),
  simpleAck: ok(TOMBSTONE_FACTS.simpleAck),
  epicsAck: ok(TOMBSTONE_FACTS.epicsAck),
  shelf: ok(TOMBSTONE_FACTS.shelf),
  snapshot: ok(TOMBSTONE_FACTS.snapshot),
};

function forgetMeanings(state: DecoderState): void {
  state.values.clear();
}

function decodeRecord(
  state: DecoderState,
  record: LogRecord,
  isHistoryWhole: boolean,
): DecodeOutcome {
  const topic = alarmTopicOf(record.topic);
  if (topic === undefined) {
    return { outcome: 'undecodable', reason: `no alarms are read from topic ${record.topic}` };
  }
  const key = decodeKey(state, record, topic);
  if (typeof key === 'number') {
    return {
      outcome: 'schemaNeeded',
      schemaIds: [key, ...valueSchemaNeeded(state, record, topic)],
    };
  }
  if (!key.ok) {
    return { outcome: 'undecodable', reason: key.error };
  }
  const { name, slot } = key.value;
  const fact = decodeValue(state, record, topic, slot);
  if (typeof fact === 'number') {
    return { outcome: 'schemaNeeded', schemaIds: [fact] };
  }
  if (!fact.ok) {
    const reason = fact.error;
    const unknown: AlarmFact = { fact: 'undecodable', slot, reason };
    const event = eventOf(state, record, { name, fact: unknown, isHistoryWhole });
    return { outcome: 'undecodable', reason, event };
  }
  const words = { name, fact: fact.value, isHistoryWhole };
  return { outcome: 'event', event: eventOf(state, record, words) };
}

/** The schema of the value, where it is not known either: both are asked for at once. */
function valueSchemaNeeded(
  state: DecoderState,
  { bytes, valueStart, valueEnd }: LogRecord,
  topic: AlarmTopic,
): readonly number[] {
  const id = valueEnd < 0 ? -1 : frameIdOf(bytes, valueStart, valueEnd);
  return id < 0 || state.schemas.readerOf(id, topic) !== undefined ? [] : [id];
}

function alarmTopicOf(topic: string): AlarmTopic | undefined {
  // Nearly every record is of this one.
  return topic === ACTIVE_ALARMS ? topic : ALARM_TOPICS.find((known) => known === topic);
}

interface EventWords {
  readonly name: AlarmName;
  readonly fact: AlarmFact;
  readonly isHistoryWhole: boolean;
}

function eventOf(state: DecoderState, record: LogRecord, words: EventWords): AlarmEvent {
  const headers = state.headers.read(record.headers);
  const { topic, partition, offset } = record;
  const mark = {
    topic,
    partition,
    offset,
    writtenAt: record.timestampAt,
    audit: headers.audit,
  };
  const { name, fact, isHistoryWhole } = words;
  switch (fact.fact) {
    case 'simpleAcknowledged':
    case 'epicsAcknowledged':
      return { name, fact, mark, answers: answersClaimOf(headers.answers), isHistoryWhole };
    case 'occurrenceClosed':
      return { name, fact: { ...fact, upTo: reachOf(headers.upTo) }, mark, isHistoryWhole };
    case 'shelved':
    case 'unshelved':
      return shelfEventOf(words, mark, headers);
    case 'simpleChanged':
    case 'epicsChanged':
    case 'registered':
    case 'unregistered':
    case 'occurrenceKept':
    case 'undecodable':
      return { name, fact, mark, isHistoryWhole };
    default:
      return assertNever(fact);
  }
}

/** Only the shelf service's records name what they take the place of. Written out: a spread costs much, a hundred thousand times. */
function shelfEventOf(
  { name, fact, isHistoryWhole }: EventWords,
  { topic, partition, offset, writtenAt, audit }: RecordMark,
  headers: HeaderWords,
): AlarmEvent {
  const replaces = replacedBy(headers.replaces);
  const because = causeOf(headers.because);
  const mark =
    replaces === null
      ? { topic, partition, offset, writtenAt, audit }
      : { topic, partition, offset, writtenAt, audit, replaces };
  return because === null
    ? { name, fact, mark, isHistoryWhole }
    : { name, fact, mark, because, isHistoryWhole };
}

function decodeKey(state: DecoderState, record: LogRecord, topic: AlarmTopic): Decoded<RecordKey> {
  const { bytes, keyStart: start, keyEnd: end } = record;
  if (end < 0) {
    return failure('the record has no key, so it names no alarm');
  }
  if (end - start > MAX_KEY_BYTES) {
    return failure(`the key is longer than ${MAX_KEY_BYTES} bytes`);
  }
  return topic === ACTIVE_ALARMS
    ? decodeActiveKey(state, record)
    : readTextKey(TEXT_SLOTS[topic], bytes, start, end);
}

function decodeActiveKey(state: DecoderState, record: LogRecord): Decoded<RecordKey> {
  const { bytes, keyStart, keyEnd } = record;
  const id = frameIdOf(bytes, keyStart, keyEnd);
  if (id < 0) {
    return failure(unframedKey(state, record));
  }
  const reader = state.schemas.readerOf(id, 'activeKey');
  if (reader === undefined) {
    return id;
  }
  if (!reader.ok) {
    return reader;
  }
  const { type, keySlots } = reader.value;
  const start = keyStart + FRAME_BYTES;
  if (keySlots === null) {
    const read = type.read(bufferOf(bytes), start, keyEnd);
    return read.ok ? readActiveKey(read.value) : read;
  }
  const reason = type.check(bytes, start, keyEnd);
  return reason === null ? readPlainKey(keySlots, bufferOf(bytes), start, keyEnd) : failure(reason);
}

/** Plain-text keys on this topic are how seed 1 writes; its schema, where it is known, says so for certain. */
function unframedKey(state: DecoderState, record: LogRecord): string {
  const { bytes, keyStart, keyEnd, valueStart, valueEnd } = record;
  const id = valueEnd < 0 ? -1 : frameIdOf(bytes, valueStart, valueEnd);
  const reader = id < 0 ? undefined : state.schemas.readerOf(id, ACTIVE_ALARMS);
  if (reader?.ok === true && reader.value.dialect?.name === 'seed 1') {
    return `${SEED_1}: a plain-text key, which names no type of message`;
  }
  return keyEnd > keyStart && bytes[keyStart] !== 0 && isUtf8(bytes, keyStart, keyEnd)
    ? `the key is plain text, as in records ${SEED_1}; keys of this topic are framed Avro`
    : 'the key is not framed Avro';
}

function decodeValue(
  state: DecoderState,
  record: LogRecord,
  topic: AlarmTopic,
  slot: Slot,
): Decoded<AlarmFact> {
  const { bytes, valueStart: start, valueEnd: end } = record;
  if (end < 0) {
    return TOMBSTONES[slot];
  }
  const isSmall = end - start <= MAX_CACHED_VALUE_BYTES;
  const known = isSmall ? state.values.find(bytes, start, end, REALMS[slot]) : undefined;
  if (known !== undefined) {
    return known;
  }
  const fact = readValue(state, record, topic, slot);
  if (isSmall && typeof fact !== 'number' && fact.ok) {
    Object.freeze(fact.value);
    state.values.keep(bytes, [start, end], REALMS[slot], fact);
  }
  return fact;
}

function readValue(
  state: DecoderState,
  record: LogRecord,
  topic: AlarmTopic,
  slot: Slot,
): Decoded<AlarmFact> {
  const { valueStart: start, valueEnd: end } = record;
  if (end - start > MAX_VALUE_BYTES) {
    return failure(`the value is longer than ${MAX_VALUE_BYTES} bytes`);
  }
  const id = frameIdOf(record.bytes, start, end);
  if (id < 0) {
    return failure(unframed(record.bytes, start, end));
  }
  const reader = state.schemas.readerOf(id, topic);
  if (reader === undefined) {
    return id;
  }
  if (!reader.ok) {
    return reader;
  }
  const { type, dialect } = reader.value;
  const read = type.read(bufferOf(record.bytes), start + FRAME_BYTES, end);
  if (!read.ok) {
    return read;
  }
  return dialect === undefined
    ? failure('the value is of no generation that we know')
    : dialect.read(slot, read.value);
}

function unframed(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length < FRAME_BYTES) {
    return `the value has ${length} bytes, too few for a framed one`;
  }
  const first = (bytes[start] ?? 0).toString(16).padStart(2, '0');
  return `the value is not framed: it begins with the byte 0x${first} where 0x00 belongs`;
}
