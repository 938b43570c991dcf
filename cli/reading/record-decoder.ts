import { ok, type Result } from '../../core/lib/result.ts';
import type { SchemaProblem, SchemaStore } from '../../core/ports/schema-store.ts';
import { plainValue } from '../../schemas/codecs/avro-json.ts';
import type { AvroSchema } from '../../schemas/codecs/avro-schema.ts';
import { type AvroType, compileAvroType } from '../../schemas/codecs/avro-type.ts';
import { FRAME_BYTES } from '../../schemas/codecs/frame.ts';
import { plainKeySlots } from '../../schemas/codecs/record-keys.ts';
import { textOf } from '../../schemas/codecs/utf-8.ts';
import type { KeptRecord } from './kept-record.ts';
import { schemaIdOf, schemaIdsOf } from './schema-ids.ts';

/** What bytes say by the schema that they name: as the seeds' programs print it (`plain`), and as Avro's own JSON. */
export type Decoded =
  | { readonly ok: true; readonly plain: unknown; readonly avroJson: unknown }
  | { readonly ok: false; readonly reason: string };

/** A key of `active-alarms`: an alarm, and one of the few kinds of message. */
export interface PlainKey {
  readonly name: string;
  readonly type: string;
}

/** Reads keys and values of any generation and any system: by the writer's schema, whatever it says. */
export interface RecordDecoder {
  /** Fetches the schemas that these records name and that are not known. Fails where the registry cannot be asked. */
  learn(records: Iterable<KeptRecord>): Promise<Result<void, SchemaProblem>>;
  key(record: KeptRecord): Decoded;
  /** The same of a key that is just a short ASCII name and a type, as nearly all of `active-alarms` are; null for any other. */
  plainKey(record: KeptRecord): PlainKey | null;
  value(record: KeptRecord): Decoded;
}

/** Meanings of values that are remembered: most records of `active-alarms` say one of a few dozen things. */
const REMEMBERED = 20_000;

/** Knows no schema yet. */
export function createRecordDecoder(schemas: SchemaStore): RecordDecoder {
  return new SchemaDecoder(schemas);
}

class SchemaDecoder implements RecordDecoder {
  readonly #schemas: SchemaStore;
  readonly #types = new Map<number, Result<AvroType, string>>();
  readonly #keySymbols = new Map<number, readonly string[]>();
  readonly #values = new Map<string, Decoded>();

  constructor(schemas: SchemaStore) {
    this.#schemas = schemas;
  }

  async learn(records: Iterable<KeptRecord>): Promise<Result<void, SchemaProblem>> {
    const unknown = [...schemaIdsOf(records)].filter((id) => !this.#types.has(id));
    const lessons = await Promise.all(unknown.map((id) => this.#learnOne(id)));
    return lessons.find(({ ok: isLearned }) => !isLearned) ?? ok(undefined);
  }

  async #learnOne(id: number): Promise<Result<void, SchemaProblem>> {
    const answer = await this.#schemas.schemaById(id);
    if (!answer.ok && answer.error.code !== 'NotFound') return answer;
    this.#types.set(
      id,
      answer.ok ? compileAvroType(answer.value) : { ok: false, error: `no schema ${id} exists` },
    );
    return ok(undefined);
  }

  key(record: KeptRecord): Decoded {
    const { key, keySchema } = record;
    if (key === null) return { ok: true, plain: null, avroJson: null };
    if (keySchema < 0) return textKey(key);
    const plain = this.plainKey(record);
    return plain === null ? this.#read(keySchema, key) : { ok: true, plain, avroJson: plain };
  }

  plainKey({ key, keySchema }: KeptRecord): PlainKey | null {
    return key === null || keySchema < 0 ? null : plainKeyOf(key, this.#symbolsOf(keySchema));
  }

  value({ value }: KeptRecord): Decoded {
    if (value === null) return { ok: true, plain: null, avroJson: null };
    let decoded = this.#values.get(value);
    if (decoded === undefined) {
      decoded = this.#readFramed(value);
      if (this.#values.size >= REMEMBERED) this.#values.clear();
      this.#values.set(value, decoded);
    }
    return decoded;
  }

  #readFramed(value: string): Decoded {
    const id = schemaIdOf(value);
    return id < 0
      ? { ok: false, reason: 'the value is not framed Avro' }
      : this.#read(id, value.slice(FRAME_BYTES));
  }

  #read(id: number, payload: string): Decoded {
    const type = this.#types.get(id);
    if (type === undefined) return { ok: false, reason: `schema ${id} is not known` };
    if (!type.ok) return { ok: false, reason: `schema ${id} cannot be used: ${type.error}` };
    const bytes = Buffer.from(payload, 'latin1');
    const read = type.value.read(bytes, 0, bytes.length);
    return read.ok
      ? { ok: true, plain: plainValue(type.value.schema, read.value), avroJson: read.value }
      : { ok: false, reason: read.error };
  }

  /** The symbols of `type` where the key schema is just a name and a type; none for any other. */
  #symbolsOf(id: number): readonly string[] {
    let symbols = this.#keySymbols.get(id);
    if (symbols === undefined) {
      const type = this.#types.get(id);
      symbols = type?.ok === true ? plainKeySymbols(type.value.schema) : [];
      this.#keySymbols.set(id, symbols);
    }
    return symbols;
  }
}

function textKey(key: string): Decoded {
  if (isAscii(key)) return { ok: true, plain: key, avroJson: key };
  const bytes = Buffer.from(key, 'latin1');
  const text = textOf(bytes, 0, bytes.length);
  return text === null
    ? { ok: false, reason: 'the key is not UTF-8' }
    : { ok: true, plain: text, avroJson: text };
}

function plainKeySymbols(schema: AvroSchema): readonly string[] {
  const type = schema.kind === 'record' ? schema.fields[1]?.type : undefined;
  return plainKeySlots(schema) !== null && type?.kind === 'enum' ? type.symbols : [];
}

/** A length, the name, a symbol. */
function plainKeyOf(key: string, symbols: readonly string[]): PlainKey | null {
  const length = key.charCodeAt(0);
  if (length >= 0x80 || key.length !== length / 2 + 2) return null;
  const type = symbols[key.charCodeAt(key.length - 1) / 2];
  const name = key.slice(1, -1);
  return type === undefined || !isAscii(name) ? null : { name, type };
}

const NOT_ASCII = /[^\0-\x7f]/;

function isAscii(text: string): boolean {
  return !NOT_ASCII.test(text);
}
