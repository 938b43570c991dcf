import { checkCompatibility } from '../../adapters/schema-registry/schema-compatibility.ts';
import {
  compareSubjects,
  type SubjectDifference,
} from '../../adapters/schema-registry/schema-difference.ts';
import { jsonText } from '../../schemas/codecs/avro-json.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { DONE, EXIT_CODES, failed, type Outcome } from '../command/outcome.ts';
import { GENERATION, systemOf } from '../options/generation-option.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { type SubjectCheck, subjectText } from '../output/subject-text.ts';
import { withSite } from '../site/open-site.ts';
import { registryOf } from '../site/registry-subjects.ts';
import type { Site } from '../site/site.ts';
import { SYSTEM_PARTS } from '../site/system-parts.ts';

/** How the registry stands to our schemas. */
export const checkSchemas: Command = {
  name: 'check-schemas',
  group: 'Topics and schemas',
  summary: 'Compare the registry’s subjects with our schemas, and ask whether it would take them',
  details: [
    'Of each subject: missing, same, older (ours is registered, and a newer one stands above it) or other (ours is not registered, which is right where the site has another generation), with each place where the newest version and ours differ. Registers nothing.',
    'Exit code 4 where a subject is missing, or the registry would refuse ours.',
  ],
  operands: [],
  options: [GENERATION, JSON_LINES, ...SITE_OPTIONS],
  examples: [{ line: 'check-schemas', does: 'Those of seed 0, and our own.' }],
  run: (call) => withSite(call, (site) => check(call, site)),
};

async function check(call: CommandCall, site: Site): Promise<Outcome> {
  const { subjects } = SYSTEM_PARTS[systemOf(call.given)];
  const compared = await compareSubjects(site.schemas, subjects);
  if (!compared.ok) return failed(compared.error);
  let isFound = false;
  for (const difference of compared.value) {
    const schema = subjects.find(({ subject }) => subject === difference.subject)?.schema ?? '';
    const asked = await whetherTaken(site, difference, schema);
    if (!asked.ok) return failed(asked.error);
    const checked: SubjectCheck = { ...difference, ...asked.value };
    isFound ||= checked.difference === 'missing' || !checked.isCompatible;
    const isJson = call.given.has(JSON_LINES);
    await call.terminal.write(isJson ? `${jsonText(checked)}\n` : subjectText(checked));
  }
  return isFound ? { exit: EXIT_CODES.found, problems: [] } : DONE;
}

/** What is registered already is taken; the log inside the app takes its own. */
async function whetherTaken(
  site: Site,
  { subject, difference }: SubjectDifference,
  schema: string,
) {
  if (site.kafka === null || difference === 'same') {
    return { ok: true, value: { isCompatible: true, reasons: [] } } as const;
  }
  return checkCompatibility(registryOf(site.kafka), subject, schema);
}
