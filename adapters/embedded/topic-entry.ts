import { crc32 } from 'node:zlib';
import * as z from 'zod/mini';
import type { Result } from '../../core/lib/result.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type { StoredTopic } from './record-store.ts';

const storedTopic = z.strictObject({
  id: z.int().check(z.minimum(0)),
  topic: z.string().check(z.minLength(1)),
  settings: z.record(z.string(), z.string()),
  next: z.int().check(z.minimum(0)),
  count: z.int().check(z.minimum(0)),
});

const SUM_LENGTH = 8;

/** The key under which a topic stands in the store. */
export function placeOfTopic(id: number): string {
  return `t/${id.toString(16).padStart(4, '0')}`;
}

/** A topic as text of the store: eight hex digits of CRC-32, then JSON. */
export function formatStoredTopic(topic: StoredTopic): string {
  const json = JSON.stringify({
    id: topic.id,
    topic: topic.topic,
    settings: topic.settings,
    next: topic.next,
    count: topic.count,
  });
  return sumOf(json) + json;
}

/** The topic that a text of the store describes, or the reason why it is damaged. */
export function parseStoredTopic(place: string, text: string): Result<StoredTopic, string> {
  const json = text.slice(SUM_LENGTH);
  if (sumOf(json) !== text.slice(0, SUM_LENGTH)) {
    return failure(`the checksum of the topic at ${place} does not hold`);
  }
  const parsed = storedTopic.safeParse(parseJson(json));
  if (!parsed.success || placeOfTopic(parsed.data.id) !== place) {
    return failure(`the topic at ${place} cannot be read`);
  }
  return ok(parsed.data);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function sumOf(json: string): string {
  return crc32(json).toString(16).padStart(SUM_LENGTH, '0');
}
