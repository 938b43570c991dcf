import type { Buffer } from 'node:buffer';
import type { AlarmFact, Slot } from '../../core/alarm/events.ts';
import { type AlarmName, alarmName } from '../../core/lib/alarm-name.ts';
import { isObject } from '../../core/lib/is-object.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { AvroSchema } from './avro-schema.ts';
import { fieldType } from './avro-values.ts';
import { textOf } from './utf-8.ts';

/** Which alarm and which of its slots a key names. */
export interface RecordKey {
  readonly name: AlarmName;
  readonly slot: Slot;
}

/** The kinds of message of `active-alarms` by the symbol of the key's `type`. */
export const MESSAGE_SLOTS: ReadonlyMap<string, Slot> = new Map<string, Slot>([
  ['Alarming', 'simple'],
  ['Ack', 'simpleAck'],
  ['AlarmingEPICS', 'epics'],
  ['AckEPICS', 'epicsAck'],
]);

/** What a tombstone says of each slot (seed 0: what was said before holds no longer). */
export const TOMBSTONE_FACTS: Readonly<Record<Slot, AlarmFact>> = {
  registration: Object.freeze({ fact: 'unregistered' }),
  simple: Object.freeze({ fact: 'simpleChanged', isActive: false }),
  epics: Object.freeze({ fact: 'epicsChanged', severity: 'NO_ALARM', status: 'NO_ALARM' }),
  simpleAck: Object.freeze({ fact: 'simpleAcknowledged', isAcknowledged: false }),
  epicsAck: Object.freeze({ fact: 'epicsAcknowledged', level: 'NO_ACK' }),
  shelf: Object.freeze({ fact: 'unshelved' }),
  snapshot: Object.freeze({ fact: 'occurrenceClosed', upTo: null }),
};

/**
 * A key of plain UTF-8 text (all topics but `active-alarms`). Any text is a name, except an empty one and one that begins
 * with the byte 0: nobody names an alarm so, and a framed key on these topics does.
 */
export function readTextKey(
  slot: Slot,
  bytes: Uint8Array,
  start: number,
  end: number,
): Result<RecordKey, string> {
  if (start >= end) {
    return failure('the key is empty, so the record names no alarm');
  }
  if (bytes[start] === 0) {
    return failure('the key begins with the byte 0, as a framed one; keys of this topic are text');
  }
  const text = textOf(bytes, start, end);
  return text === null ? failure('the key is not UTF-8') : ok({ name: alarmName(text), slot });
}

/** Whether a schema is that of the keys of `active-alarms`. */
export function isActiveKeySchema(schema: AvroSchema): boolean {
  return fieldType(schema, 'name')?.kind === 'string' && fieldType(schema, 'type')?.kind === 'enum';
}

/**
 * The slots of a key schema's symbols, where the schema is just a name and a type: such a key is read without avsc,
 * which is several times faster. Null for any other schema.
 */
export function plainKeySlots(schema: AvroSchema): readonly (Slot | undefined)[] | null {
  const [name, type, ...more] = schema.kind === 'record' ? schema.fields : [];
  const isPlain = name?.name === 'name' && type?.name === 'type' && more.length === 0;
  return isPlain && name.type.kind === 'string' && type.type.kind === 'enum'
    ? type.type.symbols.map((symbol) => MESSAGE_SLOTS.get(symbol))
    : null;
}

/** A key of a plain key schema, in a range that the guard has found to be one. */
export function readPlainKey(
  slots: readonly (Slot | undefined)[],
  bytes: Buffer,
  start: number,
  end: number,
): Result<RecordKey, string> {
  let at = start;
  let length = 0;
  let factor = 1;
  let byte = 0x80;
  while (byte >= 0x80) {
    byte = bytes[at] ?? 0;
    length += (byte & 0x7f) * factor;
    factor *= 128;
    at += 1;
  }
  const nameEnd = at + length / 2;
  // The symbol is one byte: a type has four, and one of more is not of ours.
  const slot = nameEnd + 1 === end ? slots[(bytes[nameEnd] ?? 0) >>> 1] : undefined;
  return keyOf(bytes.toString('utf8', at, nameEnd), slot);
}

/** A key of `active-alarms` as avsc read it. */
export function readActiveKey(value: unknown): Result<RecordKey, string> {
  const name = isObject(value) ? value['name'] : undefined;
  const type = isObject(value) ? value['type'] : undefined;
  return typeof name === 'string' && typeof type === 'string'
    ? keyOf(name, MESSAGE_SLOTS.get(type))
    : failure('the key names no alarm');
}

function keyOf(name: string, slot: Slot | undefined): Result<RecordKey, string> {
  if (name === '') {
    return failure('the key names no alarm');
  }
  return slot === undefined
    ? failure('the key names a type of message that we do not know')
    : ok({ name: alarmName(name), slot });
}
