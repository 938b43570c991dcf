import { describe, expect, it } from 'vitest';
import { isListed, viewAlarm } from '../../../../core/effective-state/view-alarm.ts';
import {
  active,
  anEvent,
  at,
  epics,
  epicsAck,
  mark,
  registered,
  shelved,
  simple,
  simpleAck,
} from '../../../builders/alarm-events.ts';
import { given, REGISTERED_ROW, standing, stateAfter } from '../../../builders/story.ts';

describe('the row of an alarm', () => {
  it('names who acknowledged last, where two kinds were answered', () => {
    const byBert = { ...simpleAck(4, true), mark: mark(4, 'active-alarms', 'bert') };
    given(
      registered(0),
      simple(1, true),
      epics(2, 'MAJOR'),
      epicsAck(3, 'MAJOR_ACK'),
      byBert,
    ).shows({
      ...REGISTERED_ROW,
      ...standing('acknowledged', 'MAJOR', {
        status: 'HIHI',
        sinceAt: at(1),
        acknowledgedBy: 'bert',
        acknowledgedAt: at(4),
        calls: { simple: active(1), epics: active(2) },
      }),
    });
  });

  it('names nobody while one kind still calls', () => {
    given(registered(0), simple(1, true), epics(2, 'MAJOR'), epicsAck(3, 'MAJOR_ACK')).shows({
      ...REGISTERED_ROW,
      ...standing('unacknowledged', 'MAJOR', {
        status: 'HIHI',
        sinceAt: at(1),
        calls: { simple: active(1), epics: active(2) },
      }),
    });
  });

  it.each([
    [null, true],
    [60, true],
    [0, false],
  ])('with a limit of %s s may be shelved: %s', (maxShelvedSeconds, canShelve) => {
    given(registered(0, { maxShelvedSeconds })).shows({ ...REGISTERED_ROW, canShelve });
  });
});

describe('whether a list has a row for it', () => {
  const broken = anEvent({ fact: 'undecodable', slot: 'shelf', reason: 'truncated' }, mark(1));
  it.each([
    ['nothing is known', [], false],
    ['it was cleared and is not registered', [simple(1, false)], false],
    ['it is registered', [registered(0)], true],
    ['it alarms', [simple(1, true)], true],
    ['it is shelved', [shelved(1, null)], true],
    ['its shelf is over', [shelved(1, at(2))], false],
    ['some record of it cannot be decoded', [broken], true],
  ] as const)('%s', (_case, events, listed) => {
    const state = stateAfter(events);
    expect(isListed(state, viewAlarm(state, at(10)))).toBe(listed);
  });
});
