import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../../core/alarm/level.ts';
import { EFFECTIVE_STATES } from '../../../../core/effective-state/alarm-row.ts';
import {
  LEVEL_PRESENTATION,
  needsAnswer,
  STATE_PRESENTATION,
} from '../../../../renderer/ui/presentation.ts';

describe('presentation', () => {
  it('tells every level by a word, a shape and a colour of its own', () => {
    for (const cue of ['word', 'shape', 'token'] as const) {
      const cues = LEVELS.map((level) => LEVEL_PRESENTATION[level][cue]);
      expect(new Set(cues).size).toBe(LEVELS.length);
    }
  });

  it('tells every state by a word, and the filter knows each by one word', () => {
    for (const cue of ['word', 'filterWord'] as const) {
      const cues = EFFECTIVE_STATES.map((state) => STATE_PRESENTATION[state][cue]);
      expect(new Set(cues).size).toBe(EFFECTIVE_STATES.length);
    }
    for (const state of EFFECTIVE_STATES) {
      expect(STATE_PRESENTATION[state].filterWord).toMatch(/^[a-z]+$/);
    }
  });

  it('waits for an answer to what is unacknowledged, returned or not', () => {
    expect(EFFECTIVE_STATES.filter(needsAnswer)).toEqual([
      'returnedToNormalUnacknowledged',
      'unacknowledged',
    ]);
  });
});
