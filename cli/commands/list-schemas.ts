import { jsonText } from '../../schemas/codecs/avro-json.ts';
import type { Command } from '../command/command.ts';
import { DONE, failed } from '../command/outcome.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { textTable } from '../output/text-table.ts';
import { withSite } from '../site/open-site.ts';
import { listSubjects } from '../site/registry-subjects.ts';

/** The seeds' `list-schemas.sh`, with versions and ids. */
export const listSchemas: Command = {
  name: 'list-schemas',
  group: 'Topics and schemas',
  summary: 'List the subjects of the schema registry, with their versions and ids',
  details: [],
  operands: [],
  options: [JSON_LINES, ...SITE_OPTIONS],
  examples: [{ line: 'list-schemas', does: 'Subject, version:id of each.' }],
  run: (call) =>
    withSite(call, async (site) => {
      const subjects = await listSubjects(site);
      if (!subjects.ok) return failed(subjects.error);
      const rows: Subject[] = [];
      for (const subject of subjects.value) {
        const versions = await site.schemas.versionsOf(subject);
        if (!versions.ok) return failed(versions.error);
        rows.push({
          subject,
          versions: versions.value.map(({ version, id }) => ({ version, id })),
        });
      }
      const isJson = call.given.has(JSON_LINES);
      await call.terminal.write(isJson ? rows.map(jsonLine).join('') : textTable(rows.map(cells)));
      return DONE;
    }),
};

interface Subject {
  readonly subject: string;
  readonly versions: readonly { readonly version: number; readonly id: number }[];
}

function jsonLine(subject: Subject): string {
  return `${jsonText(subject)}\n`;
}

function cells({ subject, versions }: Subject): readonly string[] {
  return [subject, versions.map(({ version, id }) => `${version}:${id}`).join(' ')];
}
