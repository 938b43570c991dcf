import { failure, ok, type Result } from '../../core/lib/result.ts';
import { ALARM_JOURNAL, ALARM_TOPICS } from '../../schemas/topics.ts';
import type { CommandCall } from '../command/command.ts';
import { type Complaint, DONE, failed, type Outcome } from '../command/outcome.ts';
import type { Site } from '../site/site.ts';
import { type KeptRecord, keepRecord, keyBytes, valueBytes } from './kept-record.ts';
import { readToHead } from './read-log.ts';
import { schemaIdsOf } from './schema-ids.ts';

/** What a backup holds where nobody says: all that Klaxon keeps. */
const OUR_TOPICS: readonly string[] = [...ALARM_TOPICS, ALARM_JOURNAL];

/** Lines that are handed over at once. */
const LINES_AT_ONCE = 500;

/**
 * Writes topics as lines of JSON, schemas first; the records that were there when it began, and perhaps newer ones. The last
 * line says how many there are, and how many stretches of the log could not be read.
 */
export async function exportRecords(
  call: CommandCall,
  site: Site,
  write: (text: string) => Promise<void>,
): Promise<Outcome> {
  const topics = await topicsOf(call, site);
  if (!topics.ok) return failed(topics.error);
  let records: KeptRecord[] = [];
  const reading = await readToHead(site.log, {
    topics: topics.value,
    patienceMs: site.patienceMs,
    onRecords: (slice) => {
      for (const record of slice) records.push(keepRecord(record));
    },
    onReset: (names) => {
      records = records.filter(({ topic }) => !names.includes(topic));
    },
    onNotice: (sentence) => call.terminal.tell(`klaxon: ${sentence}`),
  });
  if (!reading.ok) return failed(reading.error);
  await reading.value.close();
  const schemas = await schemaLines(site, topics.value, records);
  if (!schemas.ok) return failed(schemas.error);
  await write(
    [JSON.stringify({ klaxonExport: 1, topics: topics.value }), ...schemas.value, ''].join('\n'),
  );
  for (let from = 0; from < records.length; from += LINES_AT_ONCE) {
    const lines = records.slice(from, from + LINES_AT_ONCE).map(recordLine);
    await write(`${lines.join('\n')}\n`);
  }
  // Whoever reads it knows by this line that none is missing, or that some could not be read.
  const end = { records: records.length, unreadable: reading.value.damages };
  await write(`${JSON.stringify({ klaxonExportEnd: end })}\n`);
  call.terminal.tell(`klaxon: ${records.length} records of ${topics.value.join(', ')}`);
  return end.unreadable === 0
    ? DONE
    : failed({
        message: 'The export is not complete: a part of the log cannot be read.',
        remedy: 'It says so itself, and import will. Keep an older one that is complete.',
      });
}

async function topicsOf(
  { given }: CommandCall,
  { log }: Site,
): Promise<Result<readonly string[], Complaint>> {
  const wanted = given.operands.length > 0 ? given.operands : OUR_TOPICS;
  const states = await log.describeTopics(wanted);
  if (!states.ok) return states;
  const present = states.value.filter(({ exists }) => exists).map(({ topic }) => topic);
  const missing = wanted.filter((topic) => !present.includes(topic));
  const isAllThere = given.operands.length === 0 ? present.length > 0 : missing.length === 0;
  return isAllThere
    ? ok(present)
    : failure({
        message: `The log has no topic ${missing.join(', ')}.`,
        remedy: 'Check the names, and that this is the right broker.',
      });
}

/** Every version of the topics' subjects, and what else the records name. */
async function schemaLines(
  { schemas }: Site,
  topics: readonly string[],
  records: readonly KeptRecord[],
): Promise<Result<readonly string[], Complaint>> {
  const lines: string[] = [];
  const known = new Set<number>();
  for (const subject of topics.flatMap((topic) => [`${topic}-key`, `${topic}-value`])) {
    const versions = await schemas.versionsOf(subject);
    if (!versions.ok) return versions;
    for (const { id, version, schema } of versions.value) {
      known.add(id);
      lines.push(JSON.stringify({ subject, version, id, schema }));
    }
  }
  for (const id of schemaIdsOf(records)) {
    if (known.has(id)) continue;
    const schema = await schemas.schemaById(id);
    if (schema.ok)
      lines.push(JSON.stringify({ subject: null, version: null, id, schema: schema.value }));
    else if (schema.error.code !== 'NotFound') return schema;
  }
  return ok(lines);
}

function recordLine(record: KeptRecord): string {
  const { topic, partition, offset, timestampAt, headers } = record;
  return JSON.stringify({
    topic,
    partition,
    offset,
    timestampAt,
    key: base64(keyBytes(record)),
    value: base64(valueBytes(record)),
    headers: headers.map(({ name, value }) => [name, base64(value)]),
  });
}

function base64(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('base64');
}
