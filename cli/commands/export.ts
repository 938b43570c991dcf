import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileFault } from '../../adapters/system/file-fault.ts';
import type { Command, OptionSpec } from '../command/command.ts';
import { failed, misused } from '../command/outcome.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { exportRecords } from '../reading/export-records.ts';
import { withSite } from '../site/open-site.ts';

const FILE: OptionSpec = {
  name: 'file',
  value: 'FILE',
  summary: 'Where it goes; it must not exist yet.',
  fallback: 'the standard output',
};

/** A backup of topics that is exact to the byte. */
export const exportTopics: Command = {
  name: 'export',
  group: 'Topics and schemas',
  summary: 'Write topics with every record and its schemas into a file, exactly',
  details: [
    'Lines of JSON: the schemas that the records name, then every record that is left with its key, value and headers in base64, its time, and where it stood. `klaxon import` takes it, if the last line, which says how many records there are, has been written.',
  ],
  operands: [
    {
      name: 'TOPIC',
      summary: 'The topics; without: the alarm topics and the journal, as far as they exist.',
      isOptional: true,
      isRepeatable: true,
    },
  ],
  options: [FILE, ...SITE_OPTIONS],
  examples: [{ line: 'export --file backup.jsonl', does: 'The alarm topics and the journal.' }],
  run: (call) => {
    const { given, terminal } = call;
    const file = given.text(FILE);
    return withSite(call, async (site) => {
      if (file === undefined) return exportRecords(call, site, (text) => terminal.write(text));
      const stream = createWriteStream(file, { flags: 'wx' });
      const opened = await new Promise<string | null>((resolve) => {
        stream.once('error', (error) => resolve(fileFault(error)));
        stream.once('open', () => resolve(null));
      });
      if (opened !== null) {
        const message = `The file ${file} cannot be written: ${opened}.`;
        return misused(message, 'Choose another with --file.');
      }
      const broken: string[] = [];
      stream.on('error', (error) => broken.push(fileFault(error)));
      const outcome = await exportRecords(
        call,
        site,
        (text) => new Promise((resolve) => stream.write(text, () => resolve())),
      );
      await new Promise<void>((resolve) => stream.end(() => resolve()));
      // An empty file is no backup, and would be in the way of the next.
      if (stream.bytesWritten === 0) await rm(file, { force: true });
      const [problem] = broken;
      return problem === undefined
        ? outcome
        : failed({
            message: `The file ${file} is not whole: ${problem}.`,
            remedy: 'Remove it, and export anew where there is room.',
          });
    });
  },
};
