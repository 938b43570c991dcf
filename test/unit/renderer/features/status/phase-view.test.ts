import { describe, expect, it } from 'vitest';
import { phaseProblem, phaseView } from '../../../../../renderer/features/status/phase-view.ts';
import { aFeedStatus } from '../../../../builders/a-feed-status.ts';

const problem = { code: 'Unreachable', message: 'No answer.', remedy: 'Look.', isRetriable: true };

describe('phase view', () => {
  it('is connecting before anything was heard', () => {
    expect(phaseView(null, 0).word).toBe('CONNECTING');
  });

  it.each([
    [{ phase: 'connecting', attempt: 3 } as const, 'CONNECTING', 'attempt 3'],
    [{ phase: 'replaying', read: 41_200, total: 98_000 } as const, 'REPLAYING', '41,200 of 98,000'],
    [{ phase: 'live' } as const, 'LIVE', ''],
    [{ phase: 'stale', sinceAt: 3_000 } as const, 'STALE', 'for 7 s'],
    [{ phase: 'failed', problem } as const, 'FAILED', 'No answer.'],
  ])('%j reads %s %s', (phase, word, figures) => {
    expect(phaseView(aFeedStatus({ phase }), 10_000)).toMatchObject({ word, figures });
  });

  it('brings the problem of a phase along', () => {
    expect(phaseProblem(aFeedStatus({ phase: { phase: 'failed', problem } }))).toEqual(problem);
    expect(phaseProblem(aFeedStatus())).toBeNull();
  });
});
