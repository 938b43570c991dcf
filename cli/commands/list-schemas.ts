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
      const rows: string[][] = [];
      for (const subject of subjects.value) {
        const versions = await site.schemas.versionsOf(subject);
        if (!versions.ok) return failed(versions.error);
        const listed = versions.value.map(({ version, id }) => ({ version, id }));
        rows.push(
          call.given.has(JSON_LINES)
            ? [jsonText({ subject, versions: listed })]
            : [subject, listed.map(({ version, id }) => `${version}:${id}`).join(' ')],
        );
      }
      await call.terminal.write(textTable(rows));
      return DONE;
    }),
};
