import { Buffer } from 'node:buffer';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import {
  ACTIVE_ALARMS,
  ALARM_OCCURRENCES,
  type AlarmTopic,
  REGISTERED_ALARMS,
  SHELVED_ALARMS,
} from '../topics.ts';
import { recordHeaders } from './audit-headers.ts';
import type { AvroRecord } from './avro-schema.ts';
import { type AvroType, compileAvroType } from './avro-type.ts';
import { fieldType, fitScalar, hasOnlyFields, notExpressible, symbolsOf } from './avro-values.ts';
import { dialectOf } from './dialects/all-dialects.ts';
import type { ValueWriter } from './dialects/value-dialect.ts';
import { frame } from './frame.ts';
import { isActiveKeySchema } from './record-keys.ts';
import type { EncodeProblem, RegisteredVersions, WireEncoder } from './wire.ts';

/**
 * Makes the encoder for what a site has registered: of each subject the newest version of a generation that we know,
 * never merely the latest, which another system may own (decision 2). A subject without one answers `NoSchema`
 * when something is to be written to it.
 */
export function createWireEncoder(versions: RegisteredVersions): WireEncoder {
  const key = newestKey(versions);
  const values: Readonly<Record<AlarmTopic, ChosenValue | undefined>> = {
    [ACTIVE_ALARMS]: newestValue(versions, ACTIVE_ALARMS),
    [REGISTERED_ALARMS]: newestValue(versions, REGISTERED_ALARMS),
    [SHELVED_ALARMS]: newestValue(versions, SHELVED_ALARMS),
    [ALARM_OCCURRENCES]: newestValue(versions, ALARM_OCCURRENCES),
  };
  const registered = values[REGISTERED_ALARMS]?.schema;
  return {
    encode: (order, identity, writtenAt) => {
      const { topic, keyType } = PLACES[order.fact.fact];
      const keyBytes =
        keyType === null ? encodeTextKey(order.name) : encodeKey(key, order.name, keyType);
      const value = encodeValue(values[topic], topic, order.fact);
      if (!keyBytes.ok) {
        return keyBytes;
      }
      return value.ok
        ? ok({
            topic,
            key: keyBytes.value,
            value: value.value,
            headers: recordHeaders(order, identity),
            timestampAt: writtenAt,
          })
        : value;
    },
    locations: symbolsOf(fieldType(registered, 'location')),
    categories: symbolsOf(fieldType(registered, 'category')),
    generations: {
      [ACTIVE_ALARMS]: values[ACTIVE_ALARMS]?.generation ?? null,
      [REGISTERED_ALARMS]: values[REGISTERED_ALARMS]?.generation ?? null,
      [SHELVED_ALARMS]: values[SHELVED_ALARMS]?.generation ?? null,
      [ALARM_OCCURRENCES]: values[ALARM_OCCURRENCES]?.generation ?? null,
    },
  };
}

/** The topic of a record, and the symbol of its key's `type`; null where keys are plain text. */
interface Place {
  readonly topic: AlarmTopic;
  readonly keyType: string | null;
}

const PLACES: Readonly<Record<AlarmOrder['fact']['fact'], Place>> = {
  simpleChanged: { topic: ACTIVE_ALARMS, keyType: 'Alarming' },
  simpleAcknowledged: { topic: ACTIVE_ALARMS, keyType: 'Ack' },
  epicsChanged: { topic: ACTIVE_ALARMS, keyType: 'AlarmingEPICS' },
  epicsAcknowledged: { topic: ACTIVE_ALARMS, keyType: 'AckEPICS' },
  registered: { topic: REGISTERED_ALARMS, keyType: null },
  unregistered: { topic: REGISTERED_ALARMS, keyType: null },
  shelved: { topic: SHELVED_ALARMS, keyType: null },
  unshelved: { topic: SHELVED_ALARMS, keyType: null },
  occurrenceKept: { topic: ALARM_OCCURRENCES, keyType: null },
  occurrenceClosed: { topic: ALARM_OCCURRENCES, keyType: null },
};

interface Chosen {
  readonly id: number;
  readonly type: AvroType;
  readonly schema: AvroRecord;
}

interface ChosenValue extends Chosen {
  readonly writer: ValueWriter;
  /** The dialect's name. */
  readonly generation: string;
}

/** Registered versions of a subject that can be compiled, newest first. */
function* compiled(versions: RegisteredVersions, subject: string): Generator<Chosen> {
  const newestFirst = [...(versions[subject] ?? [])].sort((a, b) => b.version - a.version);
  for (const { id, schema } of newestFirst) {
    const type = compileAvroType(schema);
    if (type.ok && type.value.schema.kind === 'record') {
      yield { id, type: type.value, schema: type.value.schema };
    }
  }
}

function newestKey(versions: RegisteredVersions): Chosen | undefined {
  for (const version of compiled(versions, `${ACTIVE_ALARMS}-key`)) {
    if (isActiveKeySchema(version.schema) && hasOnlyFields(version.schema, ['name', 'type'])) {
      return version;
    }
  }
  return undefined;
}

function newestValue(versions: RegisteredVersions, topic: AlarmTopic): ChosenValue | undefined {
  for (const version of compiled(versions, `${topic}-value`)) {
    const dialect = dialectOf(topic, version.schema);
    const writer = dialect?.writer;
    if (dialect !== undefined && writer?.canWrite(version.schema) === true) {
      return { ...version, writer, generation: dialect.name };
    }
  }
  return undefined;
}

function encodeKey(
  key: Chosen | undefined,
  name: AlarmName,
  type: string,
): Result<Uint8Array, EncodeProblem> {
  const checked = checkName(name);
  if (!checked.ok) {
    return checked;
  }
  if (key === undefined) {
    return failure(noSchema(`${ACTIVE_ALARMS}-key`));
  }
  const types = fieldType(key.schema, 'type');
  const fitted = types === undefined ? ok(type) : fitScalar(types, type, 'type');
  if (!fitted.ok) {
    return fitted;
  }
  return framed(key, { name, type: fitted.value });
}

/** An alarm's name as a key of plain text; refused where it is empty, too long, or would read as a framed key. */
export function encodeTextKey(name: AlarmName): Result<Uint8Array, EncodeProblem> {
  const checked = checkName(name);
  if (!checked.ok) {
    return checked;
  }
  return name.startsWith('\0')
    ? failure(notExpressible('The alarm name', 'it begins with the character 0; choose another'))
    : ok(Buffer.from(name));
}

function checkName(name: AlarmName): Result<unknown, EncodeProblem> {
  return name === ''
    ? failure(notExpressible('The alarm name', 'it is empty; give one'))
    : fitScalar({ kind: 'string' }, name, 'The alarm name');
}

function encodeValue(
  chosen: ChosenValue | undefined,
  topic: AlarmTopic,
  fact: AlarmOrder['fact'],
): Result<Uint8Array | null, EncodeProblem> {
  if (chosen === undefined) {
    return failure(noSchema(`${topic}-value`));
  }
  const written = chosen.writer.write(fact, chosen.schema);
  if (!written.ok || written.value === null) {
    return written.ok ? ok(null) : written;
  }
  return framed(chosen, written.value);
}

function framed(chosen: Chosen, value: unknown): Result<Uint8Array, EncodeProblem> {
  const payload = chosen.type.write(value);
  return payload.ok
    ? ok(frame(chosen.id, payload.value))
    : failure(notExpressible('The record', `schema ${chosen.id} refuses it (${payload.error})`));
}

function noSchema(subject: string): EncodeProblem {
  return {
    code: 'NoSchema',
    message: `No version of the subject ${subject} is of a generation that we know; register the schemas (klaxon create-schemas, or npm start -- --create-topics) or check the address of the registry.`,
  };
}
