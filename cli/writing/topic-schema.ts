import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { fitJson } from '../../schemas/codecs/avro-json.ts';
import type { AvroRecord } from '../../schemas/codecs/avro-schema.ts';
import { type AvroType, compileAvroType } from '../../schemas/codecs/avro-type.ts';
import { frame } from '../../schemas/codecs/frame.ts';
import { failed, misused, type Outcome } from '../command/outcome.ts';

/** The registered schema in which values of a topic are written. */
export interface TopicSchema {
  readonly id: number;
  readonly schema: AvroRecord;
  readonly type: AvroType;
}

/**
 * The newest registered version of a subject that `isOurs` says is of the generation that is to be written, never
 * merely the latest: another system may own that (decision 2).
 */
export async function findTopicSchema(
  schemas: SchemaStore,
  subject: string,
  isOurs: (schema: AvroRecord) => boolean,
  remedy: string,
): Promise<Result<TopicSchema, Outcome>> {
  const versions = await schemas.versionsOf(subject);
  if (!versions.ok) return failure(failed(versions.error));
  for (const { id, schema: text } of versions.value.toReversed()) {
    const type = compileAvroType(text);
    if (!type.ok || type.value.schema.kind !== 'record') continue;
    const { schema } = type.value;
    if (isOurs(schema)) return ok({ id, schema, type: type.value });
  }
  const message = `No version of the subject ${subject} is of the generation that this command writes.`;
  return failure(failed({ message, remedy }));
}

/** A value given as JSON, framed. Refused naming the field, and the symbols that there are. */
export function encodeJson(
  { id, schema, type }: TopicSchema,
  json: unknown,
): Result<Uint8Array, Outcome> {
  const fitted = fitJson(schema, json);
  if (!fitted.ok) return failure(misused(fitted.error.message));
  const bytes = type.write(fitted.value);
  return bytes.ok
    ? ok(frame(id, bytes.value))
    : failure(misused(`The value cannot be written: ${bytes.error}.`));
}
