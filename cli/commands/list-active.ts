import { ACTIVE_ALARMS } from '../../schemas/topics.ts';
import type { Command } from '../command/command.ts';
import { READING_OPTIONS } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { listRecords } from '../reading/list-records.ts';

/** Seed 0's `list-active.py`, and seed 1's: whatever generation wrote the records. */
export const listActive: Command = {
  name: 'list-active',
  group: 'Alarms',
  summary: 'List the records of active-alarms: what alarms, what is acknowledged',
  details: [
    'Prints the newest record of each key in the order of the log, as the topic would be once it is fully compacted. A line is: time | user | producer | host | key = value. Records of seed 1, which shares the topic, are printed too.',
  ],
  operands: [],
  options: [...READING_OPTIONS, ...SITE_OPTIONS],
  examples: [
    { line: 'list-active', does: 'What stands now.' },
    { line: 'list-active --monitor', does: 'What stands, and then each record as it comes.' },
    { line: 'list-active --since 1h --json', does: 'Of the last hour, as JSON.' },
  ],
  run: (call) => listRecords(call, { topics: [ACTIVE_ALARMS] }),
};
