import type { Slot } from '../../core/alarm/events.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { AlarmTopic } from '../topics.ts';
import type { AvroSchema } from './avro-schema.ts';
import { type AvroType, compileAvroType } from './avro-type.ts';
import { dialectOf } from './dialects/all-dialects.ts';
import type { ValueDialect } from './dialects/value-dialect.ts';
import { isActiveKeySchema, plainKeySlots } from './record-keys.ts';

/** A schema as a key of `active-alarms` or as the value of a topic. */
export type Role = AlarmTopic | 'activeKey';

/** A schema that can be read in a role; of a value with the dialect that it is of. */
export interface Reader {
  readonly type: AvroType;
  readonly dialect: ValueDialect | undefined;
  /** Of a plain key schema. */
  readonly keySlots: readonly (Slot | undefined)[] | null;
}

/** Schema ids that are remembered as unusable, at most; a forgotten one is asked for again. */
export const MAX_REJECTED = 4096;
/** Schemas that are kept compiled, at most. */
export const MAX_LEARNED = 1024;

/** The schemas that records name, as far as they have been taught. */
export class LearnedSchemas {
  private readonly learned = new Map<number, Learned>();
  private readonly rejected = new Map<number, string>();

  /** Compiles a schema; one that cannot be used counts as rejected, with the reason. Answers whether another was replaced. */
  learn(id: number, text: string): boolean {
    const type = compileAvroType(text);
    if (!type.ok) {
      return this.reject(id, type.error);
    }
    const isReplaced = this.learned.has(id);
    this.rejected.delete(id);
    this.learned.set(id, { type: type.value, readers: new Map() });
    dropOldest(this.learned, MAX_LEARNED);
    return isReplaced;
  }

  /** Remembers why a schema cannot be used. Answers whether a usable one was replaced. */
  reject(id: number, reason: string): boolean {
    const isReplaced = this.learned.delete(id);
    this.rejected.delete(id);
    this.rejected.set(id, reason);
    dropOldest(this.rejected, MAX_REJECTED);
    return isReplaced;
  }

  /** How records of a schema are read in a role: the reason where they are not, undefined where the schema is not known. */
  readerOf(id: number, role: Role): Result<Reader, string> | undefined {
    const learned = this.learned.get(id);
    if (learned === undefined) {
      const reason = this.rejected.get(id);
      return reason === undefined ? undefined : failure(`schema ${id} cannot be used: ${reason}`);
    }
    let reader = learned.readers.get(role);
    if (reader === undefined) {
      reader = readerFor(learned.type, role, id);
      learned.readers.set(role, reader);
    }
    return reader;
  }
}

interface Learned {
  readonly type: AvroType;
  readonly readers: Map<Role, Result<Reader, string>>;
}

function readerFor(type: AvroType, role: Role, id: number): Result<Reader, string> {
  if (role === 'activeKey') {
    return isActiveKeySchema(type.schema)
      ? ok({ type, dialect: undefined, keySlots: plainKeySlots(type.schema) })
      : failure(`schema ${id} (${describe(type.schema)}) is not one of keys of this topic`);
  }
  const dialect = dialectOf(role, type.schema);
  return dialect === undefined
    ? failure(
        `schema ${id} (${describe(type.schema)}) is of no generation of this topic that we know`,
      )
    : ok({ type, dialect, keySlots: null });
}

function describe(schema: AvroSchema): string {
  return ('name' in schema ? `${schema.kind} ${schema.name}` : schema.kind).slice(0, 120);
}

function dropOldest<T>(map: Map<number, T>, most: number): void {
  const oldest = map.size > most ? map.keys().next() : undefined;
  if (oldest !== undefined && oldest.done !== true) {
    map.delete(oldest.value);
  }
}
