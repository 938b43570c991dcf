import type { AlarmFact, Slot } from '../../../core/alarm/events.ts';
import type { AlarmOrder } from '../../../core/alarm/orders.ts';
import type { Result } from '../../../core/lib/result.ts';
import type { AlarmTopic } from '../../topics.ts';
import type { AvroRecord } from '../avro-schema.ts';
import type { EncodeProblem } from '../wire.ts';

/** What one generation of one topic's values says, in the domain's words and back (decision 2). */
export interface ValueDialect {
  /** How people know it, e.g. `seed 0 v1`. */
  readonly name: string;
  readonly topic: AlarmTopic;
  /** Whether records of this schema are of this dialect: by their shape, never by id or version. */
  recognises(schema: AvroRecord): boolean;
  /** What a value says, for the slot that the key names; the reason where it says nothing that we know. */
  read(slot: Slot, value: unknown): Result<AlarmFact, string>;
  /** Absent where we never write the dialect. */
  readonly writer?: ValueWriter;
}

/** The writing half of a dialect. */
export interface ValueWriter {
  /** Whether a registered schema can be written: it asks for nothing that we do not know. */
  canWrite(schema: AvroRecord): boolean;
  /** The value for avsc, or null for a tombstone, as this generation says it. */
  write(fact: AlarmOrder['fact'], schema: AvroRecord): Result<WrittenValue, EncodeProblem>;
}

/** A value for avsc; null is a tombstone. */
export type WrittenValue = Readonly<Record<string, unknown>> | null;
