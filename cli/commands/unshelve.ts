import { decideUnshelve } from '../../core/shelving/decide-shelve.ts';
import type { Command } from '../command/command.ts';
import { NAMES, withNames } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { runDecisions } from '../writing/run-decisions.ts';

/** Ends shelves now, as the console does. */
export const unshelve: Command = {
  name: 'unshelve',
  group: 'Shelves',
  summary: 'End shelves now',
  details: ['Refused where the alarm is not shelved.'],
  operands: [NAMES],
  options: SITE_OPTIONS,
  examples: [{ line: 'unshelve channel1', does: 'Show it again.' }],
  run: (call) =>
    withNames(call, (names) =>
      runDecisions(call, names, { done: 'unshelved', decide: decideUnshelve }),
    ),
};
