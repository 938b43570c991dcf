import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFault } from '../../adapters/system/file-fault.ts';
import { lineText } from '../../core/lib/line-text.ts';
import type { Command, OptionSpec } from '../command/command.ts';
import { DONE, failed, type Outcome } from '../command/outcome.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { withSite } from '../site/open-site.ts';
import { listSubjects } from '../site/registry-subjects.ts';
import type { Site } from '../site/site.ts';

const FOLDER: OptionSpec = {
  name: 'dir',
  value: 'DIR',
  summary: 'The folder that the files go to; it is made where it does not exist.',
  env: 'DMP_DIR',
  fallback: '/tmp/schema-cache',
};

/** The seeds' `dump-schemas.sh`. */
export const dumpSchemas: Command = {
  name: 'dump-schemas',
  group: 'Topics and schemas',
  summary: 'Write the latest schema of each subject into a file SUBJECT.avsc',
  details: [],
  operands: [],
  options: [FOLDER, ...SITE_OPTIONS],
  examples: [{ line: 'dump-schemas --dir schemas', does: 'Into the folder schemas.' }],
  run: (call) =>
    withSite(call, async (site) => {
      const folder = call.given.text(FOLDER) ?? '/tmp/schema-cache';
      const subjects = await listSubjects(site);
      if (!subjects.ok) return failed(subjects.error);
      for (const subject of subjects.value) {
        const dumped = await dump(site, subject, folder);
        if (dumped.exit !== DONE.exit) return dumped;
        await call.terminal.write(`${lineText(join(folder, fileOf(subject)))}\n`);
      }
      return DONE;
    }),
};

async function dump({ schemas }: Site, subject: string, folder: string): Promise<Outcome> {
  const versions = await schemas.versionsOf(subject);
  if (!versions.ok) return failed(versions.error);
  const latest = versions.value.at(-1);
  if (latest === undefined) return DONE;
  const file = join(folder, fileOf(subject));
  // A dump that is killed leaves no half of a schema under a schema's name.
  const part = `${file}.part`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(part, `${latest.schema}\n`);
    await rename(part, file);
    return DONE;
  } catch (error) {
    return failed({
      message: `The schema of ${subject} cannot be written to ${file}: ${fileFault(error)}.`,
      remedy: 'Choose another folder with --dir.',
    });
  }
}

/** A subject may hold what a file's name may not. */
function fileOf(subject: string): string {
  return `${subject.replaceAll(/[/\\:]/g, '_')}.avsc`;
}
