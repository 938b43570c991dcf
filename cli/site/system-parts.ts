import type { TopicSpec } from '../../core/ports/alarm-log.ts';
import { SEED_1_SIGNS, SEED_1_TOPICS, SEED_1_VALUES } from '../../schemas/avro/seed-1.ts';
import { OWN_SCHEMAS, type OwnSchema } from '../../schemas/avro/subjects.ts';
import { compileAvroType } from '../../schemas/codecs/avro-type.ts';
import { fieldType } from '../../schemas/codecs/avro-values.ts';
import { SEED_1_TOPIC_SPECS, TOPIC_SPECS } from '../../schemas/topic-specs.ts';
import type { System } from '../options/generation-option.ts';

/** A subject that a system needs, with the schema that it is given where it has none that will do. */
export interface NeededSubject extends OwnSchema {
  /** Whether a registered version will do; any will where this says nothing. */
  accepts?(schema: string): boolean;
}

/** What a system needs of a site. */
export interface SystemParts {
  readonly topics: readonly TopicSpec[];
  readonly subjects: readonly NeededSubject[];
}

const SEED_1_SUBJECTS: readonly NeededSubject[] = SEED_1_TOPICS.map((topic) => ({
  subject: `${topic}-value`,
  schema: JSON.stringify(SEED_1_VALUES[topic]),
  // Seed 0 has subjects of the same names: its versions are no use to seed 1.
  accepts: (text) => {
    const type = compileAvroType(text);
    return (
      type.ok &&
      SEED_1_SIGNS[topic].every((field) => fieldType(type.value.schema, field) !== undefined)
    );
  },
}));

export const SYSTEM_PARTS: Readonly<Record<System, SystemParts>> = {
  seed0: { topics: TOPIC_SPECS, subjects: OWN_SCHEMAS },
  seed1: { topics: SEED_1_TOPIC_SPECS, subjects: SEED_1_SUBJECTS },
};
