import type { Identity } from '../../core/audit/audit.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { AlarmLog, RecordPosition } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import {
  createJournalEncoder,
  type JournalEncoder,
} from '../../schemas/codecs/journal/journal-codec.ts';
import type { JournalEntry } from '../../schemas/codecs/journal/journal-entry.ts';
import { ALARM_JOURNAL } from '../../schemas/topics.ts';
import type { WriteProblem } from './alarm-writer.ts';

/** Writes transitions to the journal, with the audit headers of one identity. */
export interface JournalWriter {
  /** Answers where the record stands, once it is durable. */
  write(entry: JournalEntry): Promise<Result<RecordPosition, WriteProblem>>;
}

/** Asks the registry at the first entry, and again until it has our schema. */
export function createJournalWriter(options: {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly identity: Identity;
  readonly clock: Clock;
}): JournalWriter {
  const { log, schemas, identity, clock } = options;
  let known: Promise<Result<JournalEncoder, WriteProblem>> | null = null;
  const encoder = async (): Promise<Result<JournalEncoder, WriteProblem>> => {
    known ??= askRegistry(schemas);
    const answer = await known;
    if (!answer.ok) known = null;
    return answer;
  };
  return {
    async write(entry) {
      const found = await encoder();
      if (!found.ok) return found;
      const encoded = found.value.encode(entry, identity, clock.now());
      if (!encoded.ok) return failure({ cause: 'encoding', problem: encoded.error });
      const written = await log.append(encoded.value);
      return written.ok ? written : failure({ cause: 'log', problem: written.error });
    },
  };
}

async function askRegistry(schemas: SchemaStore): Promise<Result<JournalEncoder, WriteProblem>> {
  const subject = `${ALARM_JOURNAL}-value`;
  const versions = await schemas.versionsOf(subject);
  if (!versions.ok) return failure({ cause: 'schemas', problem: versions.error });
  const encoder = createJournalEncoder(versions.value);
  if (encoder !== null) return ok(encoder);
  const message = `No schema of ours is registered for ${subject}: register it from the console or with klaxon.`;
  return failure({ cause: 'encoding', problem: { code: 'NoSchema', message } });
}
