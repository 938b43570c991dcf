import type { SchemaStore } from '../../core/ports/schema-store.ts';
import type { Command } from '../command/command.ts';
import { DONE, failed } from '../command/outcome.ts';
import { GENERATION, systemOf } from '../options/generation-option.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { withSite } from '../site/open-site.ts';
import { type NeededSubject, SYSTEM_PARTS } from '../site/system-parts.ts';

/** Seed 0's `create-alarm-schemas`. */
export const createSchemas: Command = {
  name: 'create-schemas',
  group: 'Topics and schemas',
  summary: 'Register the schemas of the subjects that have none',
  details: [
    'Seed 0’s are registered in generation v1, with which its own programs work. A subject that has a version of the system already is left as it is: a site’s own symbols stay.',
  ],
  operands: [],
  options: [GENERATION, ...SITE_OPTIONS],
  examples: [
    { line: 'create-schemas', does: 'In the site’s registry.' },
    { line: 'create-schemas --generation seed1', does: 'Those of seed 1.' },
  ],
  run: (call) =>
    withSite(call, async ({ schemas }) => {
      for (const needed of SYSTEM_PARTS[systemOf(call.given)].subjects) {
        const said = await register(schemas, needed);
        if (typeof said !== 'string') return failed(said);
        await call.terminal.write(`${needed.subject} ${said}\n`);
      }
      return DONE;
    }),
};

async function register(schemas: SchemaStore, { subject, schema, accepts }: NeededSubject) {
  const versions = await schemas.versionsOf(subject);
  if (!versions.ok) return versions.error;
  if (versions.value.some((one) => accepts?.(one.schema) ?? true)) return 'exists';
  const registered = await schemas.register(subject, schema);
  return registered.ok ? `registered with id ${registered.value}` : registered.error;
}
