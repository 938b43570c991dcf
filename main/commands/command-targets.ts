import {
  decideAcknowledge,
  decideUnacknowledge,
  type SeenCalls,
} from '../../core/alarm/decide-acknowledge.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import { epochMs } from '../../core/lib/units.ts';
import type { RecordPosition } from '../../core/ports/alarm-log.ts';
import { decideShelve, decideUnshelve } from '../../core/shelving/decide-shelve.ts';
import type { RequestInput } from '../../ipc/contract.ts';
import type { CommandTarget } from './command-desk.ts';

/** Acknowledgements, each of what the operator saw of its alarm. */
export function acknowledgeTargets(
  input: RequestInput<'alarm:acknowledgeAlarms'>,
): readonly CommandTarget[] {
  return input.alarms.map(({ name, calls }) => {
    const seen = seenCalls(calls);
    return { name: alarmName(name), decide: (state) => decideAcknowledge(state, seen) };
  });
}

/** Acknowledgements that are taken back. */
export function unacknowledgeTargets(
  input: RequestInput<'alarm:unacknowledgeAlarms'>,
): readonly CommandTarget[] {
  return input.names.map((name) => ({ name: alarmName(name), decide: decideUnacknowledge }));
}

/** Shelves with one end and one reason for all; each alarm's own limit decides. */
export function shelveTargets(input: RequestInput<'shelf:shelveAlarms'>): readonly CommandTarget[] {
  const { reason } = input;
  const untilAt = input.untilAt === null ? null : epochMs(input.untilAt);
  return input.names.map((name) => ({
    name: alarmName(name),
    decide: (state, now) => decideShelve(state, { untilAt, reason }, now),
  }));
}

/** Shelves that are ended now. */
export function unshelveTargets(
  input: RequestInput<'shelf:unshelveAlarms'>,
): readonly CommandTarget[] {
  return input.names.map((name) => ({ name: alarmName(name), decide: decideUnshelve }));
}

function seenCalls(calls: {
  readonly simple?: RecordPosition | undefined;
  readonly epics?: RecordPosition | undefined;
}): SeenCalls {
  return {
    ...(calls.simple === undefined ? {} : { simple: calls.simple }),
    ...(calls.epics === undefined ? {} : { epics: calls.epics }),
  };
}
