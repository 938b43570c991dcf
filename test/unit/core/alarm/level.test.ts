import { describe, expect, it } from 'vitest';
import {
  LEVELS,
  levelOfSeverity,
  levelRank,
  SEVERITIES,
  worseLevel,
} from '../../../../core/alarm/level.ts';

describe('levels', () => {
  it('rank INVALID > MAJOR > ALARM > MINOR > NORMAL', () => {
    expect(LEVELS.toSorted((a, b) => levelRank(b) - levelRank(a))).toEqual([
      'INVALID',
      'MAJOR',
      'ALARM',
      'MINOR',
      'NORMAL',
    ]);
  });

  it('the worse of two is the one of higher rank, whichever comes first', () => {
    for (const a of LEVELS) {
      for (const b of LEVELS) {
        const worse = levelRank(a) > levelRank(b) ? a : b;
        expect([worseLevel(a, b), worseLevel(b, a)]).toEqual([worse, worse]);
      }
    }
  });

  it('of the EPICS severities', () => {
    expect(SEVERITIES.map(levelOfSeverity)).toEqual(['NORMAL', 'MINOR', 'MAJOR', 'INVALID']);
  });
});
