import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../../../core/alarm/occurrence.ts';
import { isSameOccurrence } from '../../../../core/alarm/same-occurrence.ts';
import { at, mark } from '../../../builders/alarm-events.ts';

const answer = { record: mark(2), level: 'MAJOR_ACK' as const };
const occurrence: Occurrence = {
  openedBy: mark(1),
  startedAt: at(1),
  highestLevel: 'MAJOR',
  calls: { epics: { record: mark(1), level: 'MAJOR', answer } },
  isKnownFromStart: true,
};

describe('whether two folds say the same', () => {
  it('the same in other objects', () => {
    expect(isSameOccurrence(occurrence, structuredClone(occurrence))).toBe(true);
  });

  it('does not look at who wrote a record that both name', () => {
    const byOther = { ...occurrence, openedBy: mark(1, 'active-alarms', 'bert') };
    expect(isSameOccurrence(occurrence, byOther)).toBe(true);
  });

  it.each<[string, Partial<Occurrence>]>([
    ['another opening record', { openedBy: mark(3) }],
    ['another start', { startedAt: at(3) }],
    ['another highest level', { highestLevel: 'INVALID' }],
    ['a return', { returnedAt: at(3) }],
    ['less is known', { isKnownFromStart: false }],
    ['no answer', { calls: { epics: { record: mark(1), level: 'MAJOR' } } }],
    ['another calling record', { calls: { epics: { record: mark(3), level: 'MAJOR', answer } } }],
    [
      'another level of the call',
      { calls: { epics: { record: mark(1), level: 'MINOR', answer } } },
    ],
    [
      'another answering record',
      {
        calls: {
          epics: { record: mark(1), level: 'MAJOR', answer: { ...answer, record: mark(3) } },
        },
      },
    ],
    [
      'another level of the answer',
      {
        calls: {
          epics: { record: mark(1), level: 'MAJOR', answer: { ...answer, level: 'MINOR_ACK' } },
        },
      },
    ],
    ['another kind', { calls: { simple: { record: mark(1), level: 'ALARM' } } }],
    ['no call', { calls: {} }],
  ])('%s', (_case, other) => {
    expect(isSameOccurrence(occurrence, { ...occurrence, ...other })).toBe(false);
  });
});
