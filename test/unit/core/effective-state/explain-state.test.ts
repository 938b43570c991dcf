import { describe, expect, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import { explainState } from '../../../../core/effective-state/explain-state.ts';
import { viewAlarm } from '../../../../core/effective-state/view-alarm.ts';
import {
  anEvent,
  answering,
  at,
  byService,
  epics,
  epicsAck,
  mark,
  registered,
  shelved,
  simple,
  simpleAck,
} from '../../../builders/alarm-events.ts';
import { stateAfter } from '../../../builders/story.ts';

const NOT_REGISTERED = 'Not registered: no guidance, no limit.';

function explain(events: readonly AlarmEvent[], now = at(1_000)): readonly string[] {
  const state = stateAfter(events);
  return explainState(state, viewAlarm(state, now), now, (moment) => `t${moment / 1_000 - 1.7e9}`);
}

const undecodableEpics = (offset: number): AlarmEvent =>
  anEvent({ fact: 'undecodable', slot: 'epics', reason: 'unknown schema 7.' }, mark(offset));

describe('why an alarm is shown as it is', () => {
  it.each<[string, AlarmEvent[], string[]]>([
    ['normal', [registered(0)], ['Normal.']],
    ['not registered', [], ['Normal.', NOT_REGISTERED]],
    [
      'unacknowledged',
      [registered(0), epics(1, 'MAJOR')],
      ['MAJOR (HIHI), unacknowledged since t1.'],
    ],
    ['a simple alarm', [registered(0), simple(1, true)], ['ALARM, unacknowledged since t1.']],
    [
      'acknowledged',
      [registered(0), epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK')],
      ['MAJOR (HIHI) since t1, acknowledged at t2 by anna.'],
    ],
    [
      'acknowledged by nobody named',
      [
        registered(0),
        epics(1, 'MAJOR'),
        anEvent({ fact: 'epicsAcknowledged', level: 'MAJOR_ACK' }, { ...mark(2), audit: {} }),
      ],
      ['MAJOR (HIHI) since t1, acknowledged at t2.'],
    ],
    [
      'fallen',
      [registered(0), epics(1, 'MAJOR'), epics(2, 'MINOR')],
      ['MINOR (HIHI), unacknowledged since t1.', 'It has stood at MAJOR in this occurrence.'],
    ],
    [
      'latching and returned',
      [registered(0, { isLatching: true }), epics(1, 'MAJOR'), epics(2, 'NO_ALARM')],
      [
        'Returned to normal, unacknowledged: it was MAJOR since t1.',
        'Latching: stays until acknowledged.',
      ],
    ],
    [
      'met in the remains of a log',
      [registered(0), epics(1, 'MAJOR', { isHistoryWhole: false })],
      [
        'MAJOR (HIHI), unacknowledged since t1.',
        'It stood already when the log’s remains begin: it may have begun earlier.',
      ],
    ],
    [
      'one kind answered, the other not',
      [registered(0), epics(1, 'MAJOR'), simple(2, true), epicsAck(3, 'MAJOR_ACK')],
      ['MAJOR (HIHI), unacknowledged since t1.', 'Its simple alarm is not acknowledged yet.'],
    ],
    [
      'undecodable',
      [registered(0), epics(1, 'MAJOR'), undecodableEpics(2)],
      [
        'MAJOR (HIHI), unacknowledged since t1.',
        'What it says now is not known; shown is what was known before.',
        'Some record of it cannot be decoded: its EPICS alarm: unknown schema 7.',
      ],
    ],
    [
      'undecodable registration, which is not "not registered"',
      [
        anEvent(
          { fact: 'undecodable', slot: 'registration', reason: 'truncated' },
          mark(0, 'registered-alarms'),
        ),
      ],
      [
        'Normal.',
        'It may latch, as its registration cannot be decoded: stays until acknowledged.',
        'Some record of it cannot be decoded: its registration: truncated.',
      ],
    ],
  ])('%s', (_case, events, sentences) => {
    expect(explain(events)).toEqual(sentences);
  });
});

describe('why an acknowledgement does not count', () => {
  const major = [registered(0), epics(3, 'MAJOR')];
  it.each<[string, AlarmEvent, string]>([
    [
      'too low',
      epicsAck(4, 'MINOR_ACK'),
      'The acknowledgement by anna at t4 does not count: MINOR_ACK does not answer MAJOR.',
    ],
    [
      'late: it names an earlier record',
      epicsAck(4, 'MAJOR_ACK', answering(1)),
      'The acknowledgement by anna at t4 came late: it answers another record than the one that called.',
    ],
    [
      'a header that cannot be read',
      epicsAck(4, 'MAJOR_ACK', { answers: { claim: 'unreadable' } }),
      'The acknowledgement by anna at t4 does not count: the header that names the record it answers cannot be read.',
    ],
    ['taken back', epicsAck(4, 'NO_ACK'), 'The acknowledgement was taken back by anna at t4.'],
  ])('%s', (_case, ack, sentence) => {
    expect(explain([...major, ack])).toEqual(['MAJOR (HIHI), unacknowledged since t3.', sentence]);
  });

  it('is not said of an acknowledgement that belongs to an earlier occurrence', () => {
    const events = [registered(0), epicsAck(1, 'MAJOR_ACK'), epics(2, 'MINOR')];
    expect(explain(events)).toEqual(['MINOR (HIHI), unacknowledged since t2.']);
  });

  it('says that MINOR_ACK is not enough where the alarm may have stood higher before', () => {
    const remains = [registered(0), epics(2, 'MINOR', { isHistoryWhole: false })];
    expect(explain([...remains, epicsAck(3, 'MINOR_ACK')])).toContain(
      'The acknowledgement by anna at t3 does not count: MINOR_ACK does not answer an alarm that may have stood higher before.',
    );
  });

  it('says of a simple alarm that its acknowledgement was taken back', () => {
    const events = [registered(0), simple(1, true), simpleAck(2, true), simpleAck(3, false)];
    expect(explain(events)).toEqual([
      'ALARM, unacknowledged since t1.',
      'The acknowledgement was taken back by anna at t3.',
    ]);
  });
});

describe('what a shelf says of itself', () => {
  it.each<[string, AlarmEvent[], string[]]>([
    [
      'in force',
      [registered(0), shelved(1, at(2_000), 'pump exchange')],
      ['Normal.', 'Shelved until t2000 by anna: pump exchange.'],
    ],
    [
      'without an end',
      [registered(0), shelved(1, null, ' ')],
      ['Normal.', 'Shelved by anna until somebody unshelves it: no reason given.'],
    ],
    [
      'cut to the limit',
      [registered(0, { maxShelvedSeconds: 3_600 }), shelved(1, at(9_000), 'noisy')],
      [
        'Normal.',
        'Shelved until t3601 by anna: noisy.',
        'It was written for longer, and counts only to its limit of 1 h.',
      ],
    ],
    [
      'cut by the shelf service',
      [
        registered(0, { maxShelvedSeconds: 3_600 }),
        byService(shelved(2, at(3_601)), 1, 'over-limit'),
      ],
      [
        'Normal.',
        'Shelved until t3601 by anna: noisy.',
        'It was written for longer than its limit, and the shelf service has cut it.',
      ],
    ],
    [
      'forbidden',
      [registered(0, { maxShelvedSeconds: 0 }), shelved(1, at(9_000))],
      ['Normal.', 'The shelf by anna does not count: the registration allows none.'],
    ],
    ['over', [registered(0), shelved(1, at(500))], ['Normal.', 'The shelf by anna ended at t500.']],
  ])('%s', (_case, events, sentences) => {
    expect(explain(events)).toEqual(sentences);
  });
});
