import { readFile } from 'node:fs/promises';
import { checkCompatibility } from '../../adapters/schema-registry/schema-compatibility.ts';
import { fileFault } from '../../adapters/system/file-fault.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { compileAvroType } from '../../schemas/codecs/avro-type.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { failed, misused, type Outcome, refused } from '../command/outcome.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { saying } from '../output/say-done.ts';
import { withSite } from '../site/open-site.ts';
import { registryOf } from '../site/registry-subjects.ts';
import type { Site } from '../site/site.ts';

/** Registers a schema of a site's own. */
export const registerSchema: Command = {
  name: 'register-schema',
  group: 'Topics and schemas',
  summary: 'Register the schema of a file as the next version of a subject',
  details: [
    'Asks first whether the registry would take it, and says why not. One that is registered already keeps its id. For our own schemas: klaxon create-schemas.',
  ],
  operands: [
    { name: 'SUBJECT', summary: 'The subject, as registered-alarms-value.' },
    { name: 'FILE', summary: 'The schema, as JSON; what klaxon dump-schemas writes.' },
  ],
  options: SITE_OPTIONS,
  examples: [
    {
      line: 'register-schema registered-alarms-value registered-alarms-value.avsc',
      does: 'For one, with a site’s own symbols.',
    },
  ],
  run: async (call) => {
    const [subject = '', file = ''] = call.given.operands;
    const schema = await schemaOf(file);
    if (!schema.ok) return misused(schema.error);
    return withSite(call, (site) => register(call, site, subject, schema.value));
  },
};

async function schemaOf(file: string): Promise<Result<string, string>> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    const type = compileAvroType(text);
    return type.ok ? ok(text) : failure(`The file ${file} holds no Avro schema: ${type.error}.`);
  } catch (error) {
    return failure(`The file ${file} cannot be read: ${fileFault(error)}.`);
  }
}

async function register(
  call: CommandCall,
  { kafka, schemas }: Site,
  subject: string,
  schema: string,
): Promise<Outcome> {
  if (kafka === null) return misused('The log inside the app has schemas of its own.');
  const fits = await checkCompatibility(registryOf(kafka), subject, schema);
  if (!fits.ok) return failed(fits.error);
  if (!fits.value.isCompatible) {
    const why = fits.value.reasons.length === 0 ? '' : ` ${fits.value.reasons.join(' ')}`;
    return refused({
      message: `The registry would refuse it: it does not fit to the newest version of ${subject}.${why}`,
      remedy: 'Change the schema; klaxon dump-schemas writes the newest version into a file.',
    });
  }
  const registered = await schemas.register(subject, schema);
  const id = registered.ok ? registered.value : '';
  return saying(call, registered, `${subject} registered with id ${id}`);
}
