import { failure } from '../../../core/lib/result.ts';
import { ACTIVE_ALARMS, SHELVED_ALARMS } from '../../topics.ts';
import { fieldType } from '../avro-values.ts';
import type { ValueDialect } from './value-dialect.ts';

/** How the reason of a record that seed 1 wrote begins. */
export const SEED_1 = 'written by seed 1 (kafka-alarm-scripts)';

/**
 * Seed 1 shares two topics and their subjects with seed 0, with other schemas and plain-text keys.
 * Its records are known for what they are and said to be so; they are not read.
 */
export const SEED_1_DIALECTS: readonly ValueDialect[] = [
  {
    name: 'seed 1',
    topic: ACTIVE_ALARMS,
    recognises: (schema) => fieldType(schema, 'priority') !== undefined,
    read: () => failure(`${SEED_1}: an active alarm with a priority and no message type`),
  },
  {
    name: 'seed 1',
    topic: SHELVED_ALARMS,
    recognises: (schema) => fieldType(schema, 'duration')?.kind === 'union',
    read: () => failure(`${SEED_1}: a shelf with a duration, where an acknowledgement is a shelf`),
  },
];
