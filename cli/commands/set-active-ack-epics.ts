import { ACK_LEVELS } from '../../core/alarm/level.ts';
import { ACTIVE_ALARMS } from '../../schemas/topics.ts';
import type { Command, OptionSpec } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { NAME, withName } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { UNSET, unsetWithout } from '../options/unset-option.ts';
import { writeRecord } from '../writing/write-orders.ts';

const ACK: OptionSpec = {
  name: 'ack',
  value: 'LEVEL',
  summary: 'Up to which severity the alarm is acknowledged.',
  choices: ACK_LEVELS,
};

/** Seed 0's `set-active-ack-epics.py`. */
export const setActiveAckEpics: Command = {
  name: 'set-active-ack-epics',
  group: 'Alarms',
  summary: 'Write that an EPICS alarm is acknowledged, and up to which severity',
  details: [
    'The acknowledgement names no alarming record, so it counts for the newest one before it. For people `klaxon acknowledge` is better.',
    'There is no level for INVALID on the wire; it counts as the highest severity, which MAJOR_ACK answers. --unset takes the acknowledgement back: NO_ACK in generation v1, a tombstone in v2.',
  ],
  operands: [NAME],
  options: [ACK, unsetWithout([ACK]), ...SITE_OPTIONS],
  examples: [
    { line: 'set-active-ack-epics --ack MAJOR_ACK channel1', does: 'Acknowledge.' },
    { line: 'set-active-ack-epics --ack NO_ACK channel1', does: 'Take it back.' },
  ],
  run: async (call) => {
    const { given } = call;
    const isUnset = given.has(UNSET);
    const level = ACK_LEVELS.find((one) => one === given.text(ACK));
    if (!isUnset && level === undefined) {
      return misused(`--ack is missing; choose one of: ${ACK_LEVELS.join(', ')}.`);
    }
    return withName(call, (name) =>
      writeRecord(call, ({ generations }) => ({
        order: {
          name,
          fact: { fact: 'epicsAcknowledged', level: isUnset ? 'NO_ACK' : (level ?? 'NO_ACK') },
        },
        isTombstone: isUnset && generations[ACTIVE_ALARMS] === 'seed 0 v2',
      })),
    );
  },
};
