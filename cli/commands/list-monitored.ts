import type { Command } from '../command/command.ts';
import { READING_OPTIONS } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { listRecords } from '../reading/list-records.ts';

/** Seed 1's `list-monitored.py`. */
export const listMonitored: Command = {
  name: 'list-monitored',
  group: 'Seed 1',
  summary: 'List the records of monitored-pvs: which EPICS channels are watched',
  details: [],
  operands: [],
  options: [...READING_OPTIONS, ...SITE_OPTIONS],
  examples: [{ line: 'list-monitored', does: 'What stands now.' }],
  run: (call) => listRecords(call, { topics: ['monitored-pvs'] }),
};
