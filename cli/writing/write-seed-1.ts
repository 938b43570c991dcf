import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import { SEED_1_SIGNS, type Seed1Topic } from '../../schemas/avro/seed-1.ts';
import { auditHeaders } from '../../schemas/codecs/audit-headers.ts';
import type { AvroRecord } from '../../schemas/codecs/avro-schema.ts';
import { fieldType } from '../../schemas/codecs/avro-values.ts';
import { encodeTextKey } from '../../schemas/codecs/wire-encoder.ts';
import type { CommandCall } from '../command/command.ts';
import { failed, type Outcome } from '../command/outcome.ts';
import { withSite } from '../site/open-site.ts';
import type { Site } from '../site/site.ts';
import { encodeJson, findTopicSchema } from './topic-schema.ts';
import { notEncoded, sayDelivered } from './write-orders.ts';

/** What seed 1's programs put into a topic; null takes the record back. The schema may decide what is said. */
export type Seed1Value = ((schema: AvroRecord) => unknown) | null;

/** Writes one record of seed 1: a plain-text key, the value by the newest registered schema that is seed 1's. */
export function writeSeed1(
  call: CommandCall,
  topic: Seed1Topic,
  name: AlarmName,
  value: Seed1Value,
): Promise<Outcome> {
  return withSite(call, async (site) => {
    const key = encodeTextKey(name);
    if (!key.ok) return notEncoded(key.error);
    const bytes = value === null ? ok(null) : await encodeValue(site, topic, value);
    if (!bytes.ok) return bytes.error;
    const written = await site.log.append({
      topic,
      key: key.value,
      value: bytes.value,
      headers: auditHeaders(call.identity()),
      timestampAt: call.clock.now(),
    });
    return written.ok ? sayDelivered(call) : failed(written.error);
  });
}

async function encodeValue(
  { schemas }: Site,
  topic: Seed1Topic,
  value: NonNullable<Seed1Value>,
): Promise<Result<Uint8Array, Outcome>> {
  const signs = SEED_1_SIGNS[topic];
  const schema = await findTopicSchema(
    schemas,
    `${topic}-value`,
    (one) => signs.every((field) => fieldType(one, field) !== undefined),
    'Register seed 1’s: klaxon create-schemas --generation seed1',
  );
  return schema.ok ? encodeJson(schema.value, value(schema.value.schema)) : schema;
}
