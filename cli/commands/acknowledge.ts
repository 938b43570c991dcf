import { decideAcknowledge } from '../../core/alarm/decide-acknowledge.ts';
import { viewAlarm } from '../../core/effective-state/view-alarm.ts';
import type { Command } from '../command/command.ts';
import { NAMES, withNames } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { runDecisions } from '../writing/run-decisions.ts';

/** Acknowledges as the console does: each acknowledgement answers the record that calls. */
export const acknowledge: Command = {
  name: 'acknowledge',
  group: 'Alarms',
  summary: 'Acknowledge alarms as they stand now',
  details: [
    'Reads the log to its head and answers, of each alarm, the record that calls, as a console does. Refused where nothing calls, or where it is acknowledged already.',
  ],
  operands: [NAMES],
  options: SITE_OPTIONS,
  examples: [{ line: 'acknowledge channel1 channel2', does: 'Acknowledge two alarms.' }],
  run: (call) =>
    withNames(call, (names) =>
      runDecisions(call, names, {
        done: 'acknowledged',
        decide: (state, now) => decideAcknowledge(state, viewAlarm(state, now).calls),
      }),
    ),
};
