import type { AlarmFact, Slot } from '../../../core/alarm/events.ts';
import type { AlarmOrder } from '../../../core/alarm/orders.ts';
import { assertNever } from '../../../core/lib/invariant.ts';
import { isObject } from '../../../core/lib/is-object.ts';
import { failure, ok, type Result } from '../../../core/lib/result.ts';
import { ACTIVE_ALARMS } from '../../topics.ts';
import type { AvroRecord } from '../avro-schema.ts';
import {
  branchOf,
  fieldType,
  hasOnlyFields,
  notExpressible,
  recordBranch,
} from '../avro-values.ts';
import type { EncodeProblem } from '../wire.ts';
import { readEpicsAck, readEpicsAlarming, writeMessage } from './epics-messages.ts';
import type { ValueDialect, WrittenValue } from './value-dialect.ts';

/** What differs between the generations of `active-alarms`: how a simple message says yes and no. */
export interface SimpleMessages {
  readonly name: string;
  /** Whether the branch `Alarming` of a schema is this generation's. */
  recognises(alarming: AvroRecord): boolean;
  /** Whether the message says yes; null where the branch cannot be the message that the key names. */
  read(content: Content, key: 'Alarming' | 'Ack'): boolean | null;
  write(schema: AvroRecord, key: 'Alarming' | 'Ack', says: boolean): Written;
}

/** The values of `active-alarms` in one generation. The key's `type` says what the message is, never the branch (decision 3). */
export function activeAlarmsDialect(simple: SimpleMessages): ValueDialect {
  return {
    name: simple.name,
    topic: ACTIVE_ALARMS,
    recognises: (schema) => {
      const alarming = recordBranch(fieldType(schema, 'msg'), 'Alarming');
      return alarming !== undefined && simple.recognises(alarming);
    },
    read: (slot, value) => readMessage(simple, slot, value),
    writer: {
      canWrite: (schema) => hasOnlyFields(schema, ['msg']),
      write: (fact, schema) => writeFact(simple, fact, schema),
    },
  };
}

type Content = Readonly<Record<string, unknown>>;
type Written = Result<WrittenValue, EncodeProblem>;

function readMessage(
  simple: SimpleMessages,
  slot: Slot,
  value: unknown,
): Result<AlarmFact, string> {
  const content = isObject(value) ? branchOf(value['msg'])?.content : undefined;
  if (!isObject(content)) {
    return failure('the value holds no message');
  }
  switch (slot) {
    case 'simple': {
      const isActive = simple.read(content, 'Alarming');
      return isActive === null ? mismatch('Alarming') : ok({ fact: 'simpleChanged', isActive });
    }
    case 'simpleAck': {
      const isAcknowledged = simple.read(content, 'Ack');
      return isAcknowledged === null
        ? mismatch('Ack')
        : ok({ fact: 'simpleAcknowledged', isAcknowledged });
    }
    case 'epics':
      return readEpicsAlarming(content);
    case 'epicsAck':
      return readEpicsAck(content);
    case 'registration':
    case 'shelf':
    case 'snapshot':
      return failure(`no message of this topic belongs to the slot ${slot}`);
    default:
      return assertNever(slot);
  }
}

function mismatch(key: string): Result<never, string> {
  return failure(`the key says ${key}, but the value holds another kind of message`);
}

function writeFact(simple: SimpleMessages, fact: AlarmOrder['fact'], schema: AvroRecord): Written {
  switch (fact.fact) {
    case 'simpleChanged':
      return simple.write(schema, 'Alarming', fact.isActive);
    case 'simpleAcknowledged':
      return simple.write(schema, 'Ack', fact.isAcknowledged);
    case 'epicsChanged':
      return writeMessage(schema, 'AlarmingEPICS', { sevr: fact.severity, stat: fact.status });
    case 'epicsAcknowledged':
      return writeMessage(schema, 'AckEPICS', { ack: fact.level });
    case 'registered':
    case 'unregistered':
    case 'shelved':
    case 'unshelved':
    case 'occurrenceKept':
    case 'occurrenceClosed':
      return failure(notExpressible(fact.fact, 'it belongs to another topic'));
    default:
      return assertNever(fact);
  }
}
