import type { EpochMs } from '../../core/lib/units.ts';
import type { LogHeader, LogRecord } from '../../core/ports/alarm-log.ts';
import { type KeptRecord, keepRecord, keptValueOf, keyPlaceOf } from './kept-record.ts';
import { KeyTable } from './key-table.ts';

/** What a compacted topic says: the newest record of each key. */
export interface NewestRecords {
  add(record: LogRecord): void;
  /** Forgets what was read of these topics. */
  forget(topics: readonly string[]): void;
  /** In the order of the log, tombstones left out: what the topic would hold once it is fully compacted. */
  standing(): Iterable<KeptRecord>;
}

/**
 * An empty collection. Two keys are the same where what stands behind their frames is: the seeds' programs register
 * each schema once more, so one key is written under several schema ids.
 */
export function createNewestRecords(): NewestRecords {
  const topics = new Map<string, TopicRecords>();
  const recordsOf = (topic: string): TopicRecords => {
    let records = topics.get(topic);
    if (records === undefined) {
      records = new TopicRecords(topic);
      topics.set(topic, records);
    }
    return records;
  };
  return {
    add: (record) => recordsOf(record.topic).add(record),
    forget(names) {
      for (const name of names) topics.delete(name);
    },
    *standing() {
      for (const records of topics.values()) yield* records.standing();
    },
  };
}

/** One topic's records by column: a row for each key, of its newest record. */
class TopicRecords {
  readonly #topic: string;
  readonly #keys = new KeyTable();
  readonly #keySchemas: number[] = [];
  readonly #partitions: number[] = [];
  readonly #offsets: number[] = [];
  readonly #moments: EpochMs[] = [];
  readonly #headers: (readonly LogHeader[])[] = [];
  readonly #values: (string | null)[] = [];
  /** Compaction refuses them, but another topic setting lets them be. */
  readonly #withoutKey: KeptRecord[] = [];

  constructor(topic: string) {
    this.#topic = topic;
  }

  add(record: LogRecord): void {
    if (record.keyEnd < 0) {
      this.#withoutKey.push(keepRecord(record));
      return;
    }
    const { keySchema, start } = keyPlaceOf(record);
    const realm = keySchema < 0 ? TEXT : FRAMED;
    const row = this.#keys.numberOf(record.bytes, start, record.keyEnd, realm);
    this.#keySchemas[row] = keySchema;
    this.#partitions[row] = record.partition;
    this.#offsets[row] = record.offset;
    this.#moments[row] = record.timestampAt;
    this.#headers[row] = record.headers;
    this.#values[row] = keptValueOf(record);
  }

  *standing(): Iterable<KeptRecord> {
    const withoutKey = this.#withoutKey.filter(({ value }) => value !== null);
    if (withoutKey.length > 0) {
      yield* [...withoutKey, ...this.#withKey()].sort(byPlace);
    } else {
      yield* this.#withKey();
    }
  }

  /** Made one by one: a hundred thousand at once cost more than writing them out. */
  *#withKey(): Iterable<KeptRecord> {
    for (const row of this.#rowsInOrder()) {
      const value = this.#values[row];
      const timestampAt = this.#moments[row];
      if (typeof value !== 'string' || timestampAt === undefined) continue;
      yield {
        topic: this.#topic,
        partition: this.#partitions[row] ?? 0,
        offset: this.#offsets[row] ?? 0,
        timestampAt,
        headers: this.#headers[row] ?? [],
        keySchema: this.#keySchemas[row] ?? -1,
        key: this.#keys.textOf(row),
        value,
      };
    }
  }

  /** As they came they are in order, unless there are several partitions or a key came again. */
  #rowsInOrder(): Iterable<number> {
    const offsets = this.#offsets;
    const partitions = this.#partitions;
    const order = (a: number, b: number) =>
      (partitions[a] ?? 0) - (partitions[b] ?? 0) || (offsets[a] ?? 0) - (offsets[b] ?? 0);
    const isInOrder = offsets.every((_, row) => row === 0 || order(row - 1, row) < 0);
    return isInOrder ? offsets.keys() : [...offsets.keys()].sort(order);
  }
}

/** A key of plain text and a framed one are never the same. */
const TEXT = 0;
const FRAMED = 1;

function byPlace(a: KeptRecord, b: KeptRecord): number {
  return a.partition - b.partition || a.offset - b.offset;
}
