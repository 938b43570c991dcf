import type { KeptRecord } from './kept-record.ts';

/** What a compacted topic says: the newest record of each key. */
export interface NewestRecords {
  add(record: KeptRecord): void;
  /** Forgets what was read of these topics. */
  forget(topics: readonly string[]): void;
  /** In the order of the log, tombstones left out: what the topic would hold once it is fully compacted. */
  standing(): readonly KeptRecord[];
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
      records = { plain: new Map(), framed: new Map(), withoutKey: [] };
      topics.set(topic, records);
    }
    return records;
  };
  return {
    add(record) {
      const { plain, framed, withoutKey } = recordsOf(record.topic);
      if (record.key === null) withoutKey.push(record);
      else (record.keySchema < 0 ? plain : framed).set(record.key, record);
    },
    forget(names) {
      for (const name of names) topics.delete(name);
    },
    standing: () => [...topics.values()].flatMap(standingOf),
  };
}

interface TopicRecords {
  readonly plain: Map<string, KeptRecord>;
  readonly framed: Map<string, KeptRecord>;
  /** Compaction refuses them, but another topic setting lets them be. */
  readonly withoutKey: KeptRecord[];
}

function standingOf({ plain, framed, withoutKey }: TopicRecords): readonly KeptRecord[] {
  const standing = [...withoutKey];
  for (const records of [plain, framed]) {
    for (const record of records.values()) if (record.value !== null) standing.push(record);
  }
  return standing.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}
