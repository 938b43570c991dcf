import type { Command } from '../command/command.ts';
import { READING_OPTIONS } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { listRecords } from '../reading/list-records.ts';

/** Seed 1's `list-alarms.py`. */
export const listAlarms: Command = {
  name: 'list-alarms',
  group: 'Seed 1',
  summary: 'List the records of alarms: what seed 1 knows of each alarm',
  details: [],
  operands: [],
  options: [...READING_OPTIONS, ...SITE_OPTIONS],
  examples: [{ line: 'list-alarms', does: 'What stands now.' }],
  run: (call) => listRecords(call, { topics: ['alarms'] }),
};
