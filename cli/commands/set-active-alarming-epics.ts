import { SEVERITIES } from '../../core/alarm/level.ts';
import { ALARMING_EPICS } from '../../schemas/avro/activation-messages.ts';
import { ACTIVE_ALARMS } from '../../schemas/topics.ts';
import type { Command, OptionSpec } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { NAME, withName } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { UNSET, unsetWithout } from '../options/unset-option.ts';
import { writeRecord } from '../writing/write-orders.ts';

const SEVR: OptionSpec = {
  name: 'sevr',
  value: 'SEVERITY',
  summary: 'Severity of the channel (EPICS field SEVR).',
  choices: SEVERITIES,
};

const STAT: OptionSpec = {
  name: 'stat',
  value: 'STATUS',
  summary: 'Status of the channel (EPICS field STAT).',
  choices: ALARMING_EPICS.fields[1].type.symbols,
  fallback: 'NO_ALARM',
};

/** Seed 0's `set-active-alarming-epics.py`. */
export const setActiveAlarmingEpics: Command = {
  name: 'set-active-alarming-epics',
  group: 'Alarms',
  summary: 'Write the alarm state of an EPICS channel',
  details: [
    '--unset says that there is no alarm any more: NO_ALARM in generation v1, a tombstone in v2.',
  ],
  operands: [NAME],
  options: [SEVR, STAT, unsetWithout([SEVR, STAT]), ...SITE_OPTIONS],
  examples: [
    { line: 'set-active-alarming-epics --sevr MAJOR --stat HIHI channel1', does: 'Raise it.' },
    { line: 'set-active-alarming-epics --sevr NO_ALARM channel1', does: 'It has returned.' },
  ],
  run: async (call) => {
    const { given } = call;
    const isUnset = given.has(UNSET);
    const severity = SEVERITIES.find((one) => one === given.text(SEVR));
    if (!isUnset && severity === undefined) {
      return misused(`--sevr is missing; choose one of: ${SEVERITIES.join(', ')}.`);
    }
    return withName(call, (name) =>
      writeRecord(call, ({ generations }) => ({
        order: {
          name,
          fact: {
            fact: 'epicsChanged',
            severity: isUnset ? 'NO_ALARM' : (severity ?? 'NO_ALARM'),
            status: isUnset ? 'NO_ALARM' : (given.text(STAT) ?? 'NO_ALARM'),
          },
        },
        isTombstone: isUnset && generations[ACTIVE_ALARMS] === 'seed 0 v2',
      })),
    );
  },
};
