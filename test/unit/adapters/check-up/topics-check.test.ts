import { describe, expect, it } from 'vitest';
import { checkTopics, warningsOf } from '../../../../adapters/check-up/topics-check.ts';
import type { TopicState } from '../../../../core/ports/alarm-log.ts';
import { TOPIC_SPECS } from '../../../../schemas/topic-specs.ts';

function states(overrides: Readonly<Record<string, Partial<TopicState>>> = {}): TopicState[] {
  return TOPIC_SPECS.map(({ topic, settings }) => ({
    topic,
    exists: true,
    partitions: 1,
    settings,
    ...overrides[topic],
  }));
}

describe('checkTopics', () => {
  it('finds nothing wrong with topics as we create them', () => {
    const check = checkTopics(TOPIC_SPECS, states());
    expect(check.findings.map(({ finding }) => finding)).toEqual(TOPIC_SPECS.map(() => 'ok'));
    expect(check.missing).toEqual([]);
    expect(warningsOf(check)).toEqual([]);
  });

  it('can read without the keeper’s topic, and says what that means', () => {
    const check = checkTopics(TOPIC_SPECS, states({ 'alarm-occurrences': { exists: false } }));
    expect(check.missing).toEqual(['alarm-occurrences']);
    expect(check.missingForReading).toEqual([]);
    expect(check.present).toEqual(['registered-alarms', 'shelved-alarms', 'active-alarms']);
    expect(warningsOf(check)).toEqual([expect.stringContaining('no keeper can run')]);
  });

  it('can read without the journal, and never reads a state from it', () => {
    const check = checkTopics(TOPIC_SPECS, states({ 'alarm-journal': { exists: false } }));
    expect(check.missing).toEqual(['alarm-journal']);
    expect(check.missingForReading).toEqual([]);
    expect(check.present).not.toContain('alarm-journal');
    expect(warningsOf(check)).toEqual([]);
  });

  it('cannot read without one of seed 0’s topics', () => {
    const check = checkTopics(TOPIC_SPECS, states({ 'active-alarms': { exists: false } }));
    expect(check.missingForReading).toEqual(['active-alarms']);
    expect(warningsOf(check)).toEqual([]);
  });

  it.each([
    ['three partitions', { partitions: 3 }, '3 partitions'],
    ['deletion by age', { settings: { 'cleanup.policy': 'delete' } }, 'cleanup.policy=delete'],
    [
      'tombstones that vanish',
      { settings: { 'delete.retention.ms': '100' } },
      'tombstones for 100 ms',
    ],
  ])('warns of %s', (_, wrong, words) => {
    const check = checkTopics(TOPIC_SPECS, states({ 'active-alarms': wrong }));
    expect(warningsOf(check)).toEqual([expect.stringContaining(words)]);
  });
});
