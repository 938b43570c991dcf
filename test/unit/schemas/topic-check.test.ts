import { describe, expect, it } from 'vitest';
import type { TopicState } from '../../../core/ports/alarm-log.ts';
import { checkTopic } from '../../../schemas/topic-check.ts';
import { TOPIC_SPECS } from '../../../schemas/topic-specs.ts';
import { ACTIVE_ALARMS, ALARM_JOURNAL, ALARM_OCCURRENCES } from '../../../schemas/topics.ts';

/** A topic as a site with three brokers should have it; override what the test is about. */
function aTopicState(
  settings: Readonly<Record<string, string>> = {},
  more: Partial<TopicState> = {},
): TopicState {
  return {
    topic: ACTIVE_ALARMS,
    exists: true,
    partitions: 1,
    settings: {
      'cleanup.policy': 'compact',
      'delete.retention.ms': '86400000',
      'max.message.bytes': '1048588',
      'message.timestamp.type': 'CreateTime',
      'min.insync.replicas': '2',
      'replication.factor': '3',
      'retention.bytes': '-1',
      'retention.ms': '604800000',
      'segment.ms': '100',
      ...settings,
    },
    ...more,
  };
}

function specOf(topic: string) {
  const spec = TOPIC_SPECS.find((it) => it.topic === topic);
  if (spec === undefined) throw new Error(`no spec for ${topic}`);
  return spec;
}

function codesOf(state: TopicState, topic: string = ACTIVE_ALARMS) {
  return checkTopic(state, specOf(topic)).map(({ code, severity }) => `${code} ${severity}`);
}

describe('checkTopic', () => {
  it('finds nothing wrong with a topic as it should be', () => {
    expect(codesOf(aTopicState())).toEqual([]);
  });

  it.each([
    ['a missing topic', aTopicState({}, { exists: false }), ['Missing loss']],
    [
      'no compaction',
      aTopicState({ 'cleanup.policy': 'delete', 'retention.ms': '-1' }),
      ['NotCompacted loss'],
    ],
    [
      'deletion by time',
      aTopicState({ 'cleanup.policy': 'delete' }),
      ['NotCompacted loss', 'RecordsExpire loss'],
    ],
    [
      'deletion beside compaction',
      aTopicState({ 'cleanup.policy': 'compact,delete' }),
      ['RecordsExpire loss'],
    ],
    [
      'deletion by size',
      aTopicState({
        'cleanup.policy': 'compact,delete',
        'retention.ms': '-1',
        'retention.bytes': '1000000',
      }),
      ['RecordsExpire loss'],
    ],
    [
      'tombstones of seed 0',
      aTopicState({ 'delete.retention.ms': '100' }),
      ['TombstonesShortLived risk'],
    ],
    ['several partitions', aTopicState({}, { partitions: 3 }), ['SeveralPartitions risk']],
    ['one replica', aTopicState({ 'replication.factor': '1' }), ['OneReplica note']],
    [
      'one replica on the one broker',
      aTopicState({ 'replication.factor': '1', brokers: '1' }),
      ['OneReplica note'],
    ],
    [
      'one replica where there are three brokers',
      aTopicState({ 'replication.factor': '1', brokers: '3' }),
      ['OneReplica risk'],
    ],
    [
      'every replica needed',
      aTopicState({ 'min.insync.replicas': '3' }),
      ['NoReplicaToSpare risk'],
    ],
    [
      'acknowledged by one',
      aTopicState({ 'min.insync.replicas': '1' }),
      ['AcknowledgedByOne risk'],
    ],
    ['small records', aTopicState({ 'max.message.bytes': '10000' }), ['SmallRecords risk']],
  ])('tells of %s', (_case, state, codes) => {
    expect(codesOf(state)).toEqual(codes);
  });

  it('names the setting with its value, and what to set', () => {
    const [finding] = checkTopic(
      aTopicState({ 'delete.retention.ms': '100' }),
      specOf(ACTIVE_ALARMS),
    );
    expect(finding).toEqual({
      code: 'TombstonesShortLived',
      topic: ACTIVE_ALARMS,
      severity: 'risk',
      message:
        'Topic active-alarms keeps tombstones for 100 ms only (delete.retention.ms): a program that was away longer misses that an alarm cleared or a shelf ended.',
      remedy: 'Set delete.retention.ms=86400000 or more on the topic.',
    });
  });

  it('wants our own topic stamped by the log, and the others as they are', () => {
    const occurrences = aTopicState({}, { topic: ALARM_OCCURRENCES });
    expect(codesOf(occurrences, ALARM_OCCURRENCES)).toEqual(['NotStampedByLog note']);
    const stamped = aTopicState({ 'message.timestamp.type': 'LogAppendTime' });
    expect(codesOf(stamped, ALARM_OCCURRENCES)).toEqual([]);
    expect(codesOf(stamped)).toEqual([]);
  });

  it('wants the journal kept by time, and not compacted', () => {
    const kept = {
      'cleanup.policy': 'delete',
      'retention.ms': '7776000000',
      'message.timestamp.type': 'LogAppendTime',
    };
    const journal = (settings: Readonly<Record<string, string>>) =>
      codesOf(
        aTopicState({ ...kept, ...settings }, { topic: ALARM_JOURNAL, partitions: 6 }),
        ALARM_JOURNAL,
      );
    expect(journal({})).toEqual([]);
    expect(journal({ 'retention.ms': '-1' })).toEqual([]);
    expect(journal({ 'cleanup.policy': 'compact' })).toEqual(['HistoryCompacted risk']);
    expect(journal({ 'retention.ms': '604800000' })).toEqual(['HistoryShort note']);
  });

  it('finds no fault with what the log does not tell', () => {
    expect(codesOf(aTopicState({}, { settings: {} }))).toEqual([]);
  });
});

describe('TOPIC_SPECS', () => {
  it('are topics in which the check finds nothing but what depends on the brokers', () => {
    for (const spec of TOPIC_SPECS) {
      const state = { ...spec, exists: true };
      expect(checkTopic(state, spec)).toEqual([]);
    }
  });
});
