import { ok } from '../../core/lib/result.ts';
import type { RecordStore, StoreChange, StoredTopic, StoreRange } from './record-store.ts';

/** A store that is gone with the process. Gaps that compaction leaves stay empty places, as offsets never move. */
export function createMemoryRecordStore(): RecordStore {
  const topics = new Map<number, StoredTopic>();
  const records = new Map<number, (Buffer | undefined)[]>();

  function recordsOf(topicId: number): (Buffer | undefined)[] {
    const known = records.get(topicId);
    if (known !== undefined) {
      return known;
    }
    const fresh: (Buffer | undefined)[] = [];
    records.set(topicId, fresh);
    return fresh;
  }

  function read(range: StoreRange, limit: number) {
    const stored = recordsOf(range.topicId);
    const below = Math.min(range.below, stored.length);
    const found = [];
    for (let at = range.from; at < below && found.length < limit; at += 1) {
      const bytes = stored[at];
      if (bytes !== undefined) {
        found.push({ offset: at, bytes });
      }
    }
    return Promise.resolve(ok(found));
  }

  function commit(change: StoreChange) {
    for (const topic of change.topics) {
      topics.set(topic.id, topic);
    }
    for (const place of change.deletes) {
      recordsOf(place.topicId)[place.offset] = undefined;
    }
    for (const put of change.puts) {
      recordsOf(put.topicId)[put.offset] = put.bytes;
    }
    return Promise.resolve(ok(undefined));
  }

  return {
    name: 'memory',
    loadTopics: () => Promise.resolve(ok([...topics.values()])),
    read,
    commit,
    close: () => Promise.resolve(),
  };
}
