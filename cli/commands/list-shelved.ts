import { SHELVED_ALARMS } from '../../schemas/topics.ts';
import type { Command } from '../command/command.ts';
import { READING_OPTIONS } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { listRecords } from '../reading/list-records.ts';

/** Seed 0's `list-shelved.py`, and seed 1's. */
export const listShelved: Command = {
  name: 'list-shelved',
  group: 'Shelves',
  summary: 'List the records of shelved-alarms: what is out of sight, and until when',
  details: [
    'Shows records, not what they come to: a shelf that has ended, or that is longer than its alarm allows, is listed as it was written.',
  ],
  operands: [],
  options: [...READING_OPTIONS, ...SITE_OPTIONS],
  examples: [
    { line: 'list-shelved', does: 'What is shelved now.' },
    { line: 'list-shelved --monitor --json', does: 'And each change, as JSON.' },
  ],
  run: (call) => listRecords(call, { topics: [SHELVED_ALARMS] }),
};
