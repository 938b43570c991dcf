import { readFile } from 'node:fs/promises';
import { fileFault } from '../../adapters/system/file-fault.ts';
import type { Command, OptionSpec } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { withSite } from '../site/open-site.ts';
import { parseExport } from '../writing/exported-lines.ts';
import { importRecords } from '../writing/import-records.ts';

const FILE: OptionSpec = {
  name: 'file',
  value: 'FILE',
  summary: 'What klaxon export wrote; `-` is the standard input.',
  fallback: '-',
};

const APPEND: OptionSpec = {
  name: 'append',
  summary: 'Also into topics that hold records: what is imported is newer than they.',
};

const EXPORT_FIRST = 'Give with --file, or on the standard input, what klaxon export wrote.';

/** Brings an export back. */
export const importTopics: Command = {
  name: 'import',
  group: 'Topics and schemas',
  summary: 'Write what `klaxon export` wrote back into its topics',
  details: [
    'Keys, values, headers and times are as they were; offsets are new. Where the registry has the schemas under other ids they are registered, and the ids in the records are replaced. Topics must exist and, without --append, hold nothing.',
  ],
  operands: [],
  options: [FILE, APPEND, ...SITE_OPTIONS],
  examples: [{ line: 'import --file backup.jsonl', does: 'Into empty topics.' }],
  run: async (call) => {
    const file = call.given.text(FILE) ?? '-';
    let bytes: Uint8Array;
    try {
      bytes = file === '-' ? await call.terminal.readInput() : await readFile(file);
    } catch (error) {
      return misused(`The file ${file} cannot be read: ${fileFault(error)}.`, EXPORT_FIRST);
    }
    const exported = parseExport(bytes);
    if (!exported.ok) return misused(exported.error, EXPORT_FIRST);
    return withSite(call, (site) =>
      importRecords(call, site, exported.value, call.given.has(APPEND)),
    );
  },
};
