import { describe, expect, it } from 'vitest';
import { emptySentence } from '../../../../../renderer/features/alarms/empty-sentence.ts';
import type { FeedState } from '../../../../../renderer/stores/feed-store.ts';
import { aFeedStatus } from '../../../../builders/a-feed-status.ts';
import { countsOf } from '../../../../fakes/fake-bridge.ts';

const NOW_AT = 1_000_000;
const live: FeedState = {
  status: aFeedStatus({ lastRecordAt: NOW_AT - 2_000 }),
  counts: { ...countsOf([]), registered: 248, normal: 248 },
  isComplete: true,
  rowsToCome: 0,
  problem: null,
};

describe('empty sentence', () => {
  it('says what is watched when nothing is wrong', () => {
    expect(emptySentence(live, 0, NOW_AT)).toBe(
      'No alarm is active. Watching 248 alarms, last record 2 s ago.',
    );
  });

  it('does not look calm while the log is being read', () => {
    const phase = { phase: 'replaying', read: 41_200, total: 98_000 } as const;
    expect(emptySentence({ ...live, status: aFeedStatus({ phase }) }, 0, NOW_AT)).toBe(
      'Reading the log: 41,200 of 98,000 records. Nothing can be said of the alarms yet.',
    );
  });

  it('does not look calm while it is deaf', () => {
    const status = aFeedStatus({
      phase: { phase: 'stale', sinceAt: NOW_AT - 7_000 },
      lastRecordAt: null,
    });
    expect(emptySentence({ ...live, status }, 0, NOW_AT)).toContain('may have changed since');
  });

  it('says that a filter hides alarms', () => {
    expect(emptySentence(live, 214, NOW_AT)).toBe(
      'No alarm passes the filter: it hides 214 alarms. Clear the filter to see them.',
    );
  });

  it('says when nothing is registered at all, and what to do then', () => {
    expect(emptySentence({ ...live, counts: countsOf([]) }, 0, NOW_AT)).toBe(
      'No alarm is registered in this log yet (last record 2 s ago). Check that it is the right one, or register alarms with: klaxon set-registered.',
    );
  });
});
