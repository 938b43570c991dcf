import { decideUnacknowledge } from '../../core/alarm/decide-acknowledge.ts';
import type { Command } from '../command/command.ts';
import { NAMES, withNames } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { runDecisions } from '../writing/run-decisions.ts';

/** Takes acknowledgements back, as the console does. */
export const unacknowledge: Command = {
  name: 'unacknowledge',
  group: 'Alarms',
  summary: 'Take acknowledgements back',
  details: ['Refused where the alarm is not acknowledged, or has returned to normal.'],
  operands: [NAMES],
  options: SITE_OPTIONS,
  examples: [{ line: 'unacknowledge channel1', does: 'It calls again.' }],
  run: (call) =>
    withNames(call, (names) =>
      runDecisions(call, names, { done: 'not acknowledged any more', decide: decideUnacknowledge }),
    ),
};
