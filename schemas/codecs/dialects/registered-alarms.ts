import type { AlarmFact } from '../../../core/alarm/events.ts';
import { isObject } from '../../../core/lib/is-object.ts';
import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { AlarmSource, Registration } from '../../../core/registration/registration.ts';
import { REGISTERED_ALARMS } from '../../topics.ts';
import type { AvroRecord } from '../avro-schema.ts';
import {
  branchOf,
  fieldType,
  fitRecord,
  hasOnlyFields,
  notExpressible,
  recordBranch,
  unwrapped,
} from '../avro-values.ts';
import type { EncodeProblem } from '../wire.ts';
import type { ValueDialect, WrittenValue } from './value-dialect.ts';

/** The field that holds the longest shelf: v1 spells it without the second `d`. */
export type LimitField = 'maxshelveduration' | 'maxshelvedduration';

/**
 * The values of `registered-alarms`. Both generations read either spelling of the limit; a schema is of the generation
 * whose spelling it has. Locations and categories are whatever symbols the writer's schema has (decision 2).
 */
export function registeredAlarmsDialect(name: string, limitField: LimitField): ValueDialect {
  return {
    name,
    topic: REGISTERED_ALARMS,
    recognises: (schema) =>
      fieldType(schema, 'producer')?.kind === 'union' &&
      fieldType(schema, 'location') !== undefined &&
      fieldType(schema, 'category') !== undefined &&
      isOfGeneration(schema, limitField),
    read: (_slot, value) => readRegistration(value),
    writer: {
      canWrite: (schema) => hasOnlyFields(schema, [...FIELDS, limitField]),
      write: (fact, schema) => {
        if (fact.fact === 'unregistered') {
          return ok(null);
        }
        return fact.fact === 'registered'
          ? writeRegistration(fact.registration, schema, limitField)
          : failure(notExpressible(fact.fact, 'it belongs to another topic'));
      },
    },
  };
}

const FIELDS = ['producer', 'location', 'category', 'latching', 'docurl', 'edmpath'];
const CHANNEL = 'DirectCAAlarm';
const STREAM_RULE = 'StreamRuleAlarm';

/** A schema with neither spelling has no limit, and counts as v1. */
function isOfGeneration(schema: AvroRecord, limitField: LimitField): boolean {
  return fieldType(schema, limitField) !== undefined
    ? true
    : limitField === 'maxshelveduration' && fieldType(schema, 'maxshelvedduration') === undefined;
}

function readRegistration(value: unknown): Result<AlarmFact, string> {
  if (!isObject(value)) {
    return failure('the value is no registration');
  }
  const source = readSource(value['producer']);
  const location = unwrapped(value['location']);
  const category = unwrapped(value['category']);
  if (source === null) {
    return failure('the registration has a kind of producer that we do not know');
  }
  if (typeof location !== 'string' || typeof category !== 'string') {
    return failure('the registration has no location or no category');
  }
  const registration: Registration = {
    source,
    location,
    category,
    maxShelvedSeconds: readLimit(value),
    isLatching: unwrapped(value['latching']) === true,
    documentUrl: readText(value['docurl']),
    screenPath: readText(value['edmpath']),
  };
  return ok({ fact: 'registered', registration: Object.freeze(registration) });
}

function readSource(producer: unknown): AlarmSource | null {
  const branch = branchOf(producer);
  if (branch === null || !isObject(branch.content)) {
    return null;
  }
  const { content, name } = branch;
  if (name === CHANNEL) {
    return { kind: 'epicsChannel', pv: readText(content['pv']) };
  }
  return name === STREAM_RULE ? { kind: 'streamRule', jar: readText(content['jar']) } : null;
}

/** Seconds; a limit below 0 counts as 0, "may not be shelved". */
function readLimit(value: Readonly<Record<string, unknown>>): number | null {
  const limit = unwrapped(value['maxshelveduration'] ?? value['maxshelvedduration'] ?? null);
  return typeof limit === 'number' ? Math.max(0, limit) : null;
}

function readText(value: unknown): string {
  const text = unwrapped(value);
  return typeof text === 'string' ? text : '';
}

function writeRegistration(
  registration: Registration,
  schema: AvroRecord,
  limitField: LimitField,
): Result<WrittenValue, EncodeProblem> {
  const producer = writeSource(registration.source, schema);
  if (!producer.ok) {
    return producer;
  }
  const value = fitRecord(schema, {
    location: registration.location,
    category: registration.category,
    [limitField]: registration.maxShelvedSeconds,
    latching: registration.isLatching,
    docurl: registration.documentUrl,
    edmpath: registration.screenPath,
  });
  return value.ok ? ok({ ...value.value, producer: producer.value }) : value;
}

function writeSource(
  source: AlarmSource,
  schema: AvroRecord,
): Result<Record<string, unknown>, EncodeProblem> {
  const isChannel = source.kind === 'epicsChannel';
  const branch = recordBranch(fieldType(schema, 'producer'), isChannel ? CHANNEL : STREAM_RULE);
  if (branch === undefined) {
    return failure(
      notExpressible('producer', 'the registered schema has no such kind of producer'),
    );
  }
  const content = fitRecord(branch, isChannel ? { pv: source.pv } : { jar: source.jar });
  return content.ok ? ok({ [branch.name]: content.value }) : content;
}
