import { isObject } from '../../core/lib/is-object.ts';
import { REGISTERED_ALARMS } from '../../schemas/topics.ts';
import type { Command, OptionSpec } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { JSON_LINES, READING_OPTIONS } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { listRecords } from '../reading/list-records.ts';
import type { Decoded } from '../reading/record-decoder.ts';

const CATEGORY: OptionSpec = {
  name: 'category',
  value: 'NAME',
  summary: 'Only alarms of this category; may be given several times.',
  isRepeatable: true,
};

const EXPORT: OptionSpec = {
  name: 'export',
  summary: 'Lines of NAME=JSON, which set-registered --file takes.',
};

/** Seed 0's `list-registered.py` of both generations. */
export const listRegistered: Command = {
  name: 'list-registered',
  group: 'Registered alarms',
  summary: 'List the records of registered-alarms: what is known of each alarm',
  details: [],
  operands: [],
  options: [CATEGORY, EXPORT, ...READING_OPTIONS, ...SITE_OPTIONS],
  examples: [
    { line: 'list-registered', does: 'Every registered alarm.' },
    { line: 'list-registered --nometa --category Vacuum', does: 'One category, without audit.' },
    {
      line: 'list-registered --export',
      does: 'Lines to edit and to give to set-registered --file.',
    },
  ],
  run: async (call) => {
    const categories = call.given.texts(CATEGORY);
    const isExport = call.given.has(EXPORT);
    if (isExport && call.given.has(JSON_LINES)) {
      return misused('--export and --json are two forms of the list; give one of them.');
    }
    return listRecords(call, {
      topics: [REGISTERED_ALARMS],
      ...(isExport ? { format: 'avro' } : {}),
      ...(categories.length === 0 ? {} : { accepts: (value) => isOf(categories, value) }),
    });
  },
};

/** What cannot be decoded may be of any category: it is shown. */
function isOf(categories: readonly string[], value: Decoded): boolean {
  if (!value.ok || !isObject(value.plain)) return true;
  return categories.some((category) => category === fieldOf(value.plain, 'category'));
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
