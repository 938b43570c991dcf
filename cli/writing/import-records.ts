import { failure, ok, type Result } from '../../core/lib/result.ts';
import { epochMs } from '../../core/lib/units.ts';
import type { LogAppend } from '../../core/ports/alarm-log.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { FRAME_BYTES, frame, frameIdOf } from '../../schemas/codecs/frame.ts';
import type { CommandCall } from '../command/command.ts';
import { type Complaint, failed, misused, type Outcome } from '../command/outcome.ts';
import { readToHead } from '../reading/read-log.ts';
import type { Site } from '../site/site.ts';
import { appendAll } from './append-all.ts';
import type { Exported, ExportedRecord, ExportedSchema } from './exported-lines.ts';

/** Writes an export back, in its order. What cannot be written as it was (no key, a header without a value) is told. */
export async function importRecords(
  call: CommandCall,
  site: Site,
  exported: Exported,
  mayAppend: boolean,
): Promise<Outcome> {
  const ready = await checkTopicsAreReady(call, site, exported, mayAppend);
  if (ready !== null) return ready;
  if (exported.unreadable > 0) {
    call.terminal.tell(
      `klaxon: the export is not complete: stretches of the log that could not be read when it was written: ${exported.unreadable}.`,
    );
  }
  const ids = await newIds(site.schemas, exported.schemas);
  if (!ids.ok) return failed(ids.error);
  if ([...ids.value].some(([before, now]) => before !== now)) {
    call.terminal.tell(
      'klaxon: the registry has other schema ids; those in the records are replaced.',
    );
  }
  const records: LogAppend[] = [];
  const left: Complaint[] = [];
  for (const record of exported.records) {
    const append = appendOf(record, ids.value);
    if (append.ok) records.push(append.value);
    else left.push({ message: append.error });
  }
  const outcome = await appendAll(call, site, records);
  return left.length === 0 ? outcome : failed(...outcome.problems, ...left);
}

async function checkTopicsAreReady(
  call: CommandCall,
  { log, patienceMs }: Site,
  { topics }: Exported,
  mayAppend: boolean,
): Promise<Outcome | null> {
  const states = await log.describeTopics(topics);
  if (!states.ok) return failed(states.error);
  const missing = states.value.filter(({ exists }) => !exists).map(({ topic }) => topic);
  if (missing.length > 0) {
    const message = `The log has no topic ${missing.join(', ')}.`;
    return failed({ message, remedy: 'Create what is missing: klaxon create-topics' });
  }
  if (mayAppend) return null;
  let count = 0;
  const reading = await readToHead(log, {
    topics,
    patienceMs,
    onRecords: (records) => {
      count += records.length;
    },
    onReset: () => undefined,
    onNotice: (sentence) => call.terminal.tell(`klaxon: ${sentence}`),
  });
  if (!reading.ok) return failed(reading.error);
  await reading.value.close();
  return count === 0
    ? null
    : misused(
        `The topics hold ${count} records already, and what is imported would count as newer.`,
        'Use empty topics, or say --append.',
      );
}

/** The id of each exported schema in this registry: the same where it means the same here, else a registered one. */
async function newIds(
  schemas: SchemaStore,
  exported: readonly ExportedSchema[],
): Promise<Result<ReadonlyMap<number, number>, Complaint>> {
  const ids = new Map<number, number>();
  for (const { id, subject, schema } of exported) {
    const here = await schemas.schemaById(id);
    if (!here.ok && here.error.code !== 'NotFound') return here;
    if (here.ok && isSame(here.value, schema)) {
      ids.set(id, id);
    } else if (subject !== null) {
      const registered = await schemas.register(subject, schema);
      if (!registered.ok) return registered;
      ids.set(id, registered.value);
    } else {
      const message = `The registry has no schema ${id}, and the export does not say to which subject it belongs.`;
      return failure({ message, remedy: 'Register it, then export and import again.' });
    }
  }
  return ok(ids);
}

function isSame(a: string, b: string): boolean {
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    return a === b;
  }
}

function appendOf(
  { topic, partition, offset, timestampAt, key, value, headers }: ExportedRecord,
  ids: ReadonlyMap<number, number>,
): Result<LogAppend, string> {
  const place = `${topic}/${partition}/${offset}`;
  if (key === null) return failure(`${place} has no key, so it was not written.`);
  const written: { name: string; value: Uint8Array }[] = [];
  for (const [name, text] of headers) {
    if (text === null) {
      return failure(`${place} has a header ${name} without a value, so it was not written.`);
    }
    written.push({ name, value: Buffer.from(text, 'base64') });
  }
  return ok({
    topic,
    key: withNewId(Buffer.from(key, 'base64'), ids),
    value: value === null ? null : withNewId(Buffer.from(value, 'base64'), ids),
    headers: written,
    timestampAt: epochMs(timestampAt),
  });
}

function withNewId(bytes: Buffer, ids: ReadonlyMap<number, number>): Uint8Array {
  const id = frameIdOf(bytes, 0, bytes.length);
  const now = ids.get(id);
  return now === undefined || now === id ? bytes : frame(now, bytes.subarray(FRAME_BYTES));
}
