import type { TopicSpec } from '../core/ports/alarm-log.ts';
import { SEED_1_TOPICS } from './avro/seed-1.ts';
import { ALARM_JOURNAL, ALARM_OCCURRENCES, ALARM_TOPICS } from './topics.ts';

/**
 * How long a tombstone stays at least, in milliseconds: one day. Seed 0 creates its topics with 100 ms, with which a
 * reader that was away for a moment misses that an alarm was cleared.
 */
export const TOMBSTONES_STAY_MS = 86_400_000;

/** Settings of seed 0's topics, except `delete.retention.ms` (docs/decisions/0001-topic-settings.md). */
const SEED_SETTINGS: Readonly<Record<string, string>> = {
  'cleanup.policy': 'compact',
  'min.cleanable.dirty.ratio': '0.01',
  'delete.retention.ms': String(TOMBSTONES_STAY_MS),
  'segment.ms': '100',
};

/** Our own topic is stamped by the log: through it every console sees the broker's clock. */
const OWN_SETTINGS: Readonly<Record<string, string>> = {
  ...SEED_SETTINGS,
  'message.timestamp.type': 'LogAppendTime',
};

/** How long the journal is kept, in milliseconds: 90 days (docs/decisions/0009-journal.md). */
export const JOURNAL_KEPT_MS = 90 * 86_400_000;

/** Stamped by the log: what a source with a wrong clock did is kept as long as everything else. */
export const JOURNAL_SPEC: TopicSpec = {
  topic: ALARM_JOURNAL,
  partitions: 6,
  settings: {
    'cleanup.policy': 'delete',
    'retention.ms': String(JOURNAL_KEPT_MS),
    'message.timestamp.type': 'LogAppendTime',
  },
};

/** The topics as we create them. Those of the alarms have one partition each, because an acknowledgement must follow its alarm. */
export const TOPIC_SPECS: readonly TopicSpec[] = [
  ...ALARM_TOPICS.map((topic) => ({
    topic,
    partitions: 1,
    settings: topic === ALARM_OCCURRENCES ? OWN_SETTINGS : SEED_SETTINGS,
  })),
  JOURNAL_SPEC,
];

/** Seed 1's topics, two of which it shares with seed 0, with the same settings. */
export const SEED_1_TOPIC_SPECS: readonly TopicSpec[] = SEED_1_TOPICS.map((topic) => ({
  topic,
  partitions: 1,
  settings: SEED_SETTINGS,
}));
