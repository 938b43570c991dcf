import type { AlarmTopic } from '../../topics.ts';
import type { AvroSchema } from '../avro-schema.ts';
import { ALARM_OCCURRENCES_DIALECT } from './alarm-occurrences.ts';
import { SEED_0_V1_DIALECTS } from './seed-0-v1.ts';
import { SEED_0_V2_DIALECTS } from './seed-0-v2.ts';
import { SEED_1_DIALECTS } from './seed-1.ts';
import type { ValueDialect } from './value-dialect.ts';

/** Every generation that we know, of every topic. A new one is a file of its own and a line here. */
export const DIALECTS: readonly ValueDialect[] = [
  ...SEED_0_V1_DIALECTS,
  ...SEED_0_V2_DIALECTS,
  ...SEED_1_DIALECTS,
  ALARM_OCCURRENCES_DIALECT,
];

/** The dialect of a topic that a schema's records are of, by the schema's shape; undefined where we know none. */
export function dialectOf(topic: AlarmTopic, schema: AvroSchema): ValueDialect | undefined {
  return schema.kind === 'record'
    ? DIALECTS.find((dialect) => dialect.topic === topic && dialect.recognises(schema))
    : undefined;
}
