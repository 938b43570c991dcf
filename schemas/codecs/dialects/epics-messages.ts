import type { AlarmFact } from '../../../core/alarm/events.ts';
import { ACK_LEVELS, SEVERITIES } from '../../../core/alarm/level.ts';
import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { AvroRecord } from '../avro-schema.ts';
import { fieldType, fitRecord, notExpressible, recordBranch, type Scalar } from '../avro-values.ts';
import type { EncodeProblem } from '../wire.ts';
import type { WrittenValue } from './value-dialect.ts';

/** What an EPICS alarming message says; the same in both generations. */
export function readEpicsAlarming(content: Readonly<Record<string, unknown>>): Read {
  const severity = SEVERITIES.find((known) => known === content['sevr']);
  const status = content['stat'];
  return severity === undefined || typeof status !== 'string'
    ? failure('the key says AlarmingEPICS, but the value holds no severity and status that we know')
    : ok({ fact: 'epicsChanged', severity, status });
}

/** What the acknowledgement of an EPICS alarm says; the same in both generations. */
export function readEpicsAck(content: Readonly<Record<string, unknown>>): Read {
  const level = ACK_LEVELS.find((known) => known === content['ack']);
  return level === undefined
    ? failure('the key says AckEPICS, but the value holds no acknowledgement that we know')
    : ok({ fact: 'epicsAcknowledged', level });
}

/** One message as the value of `active-alarms`, in the branch of the registered schema that bears its name. */
export function writeMessage(
  schema: AvroRecord,
  branchName: string,
  scalars: Readonly<Record<string, Scalar>>,
): Result<WrittenValue, EncodeProblem> {
  const branch = recordBranch(fieldType(schema, 'msg'), branchName);
  if (branch === undefined) {
    return failure(notExpressible(branchName, 'the registered schema has no such message'));
  }
  const content = fitRecord(branch, scalars);
  return content.ok ? ok({ msg: { [branch.name]: content.value } }) : content;
}

type Read = Result<AlarmFact, string>;
