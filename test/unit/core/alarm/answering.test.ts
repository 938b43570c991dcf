import { describe, expect, it } from 'vitest';
import type { AlarmEvent, AnswersClaim } from '../../../../core/alarm/events.ts';
import type { AckLevel, Severity } from '../../../../core/alarm/level.ts';
import {
  active,
  answering,
  at,
  epics,
  epicsAck,
  mark,
  registered,
  simple,
  simpleAck,
} from '../../../builders/alarm-events.ts';
import {
  answeredAt,
  given,
  REGISTERED_ROW,
  standing,
  stateAfter,
} from '../../../builders/story.ts';

/** Which kinds of channel1 are answered after these records. */
function answeredAfter(...events: AlarmEvent[]) {
  const calls = stateAfter(events).occurrence?.calls ?? {};
  return {
    simple: calls.simple === undefined ? 'no call' : calls.simple.answer !== undefined,
    epics: calls.epics === undefined ? 'no call' : calls.epics.answer !== undefined,
  };
}

const claiming = (answers: AnswersClaim) => ({ answers });
const inPartition = (event: AlarmEvent, partition: number): AlarmEvent => ({
  ...event,
  mark: { ...event.mark, partition },
});

describe('the level of an acknowledgement', () => {
  it.each<[Severity, AckLevel, boolean]>([
    ['MINOR', 'NO_ACK', false],
    ['MINOR', 'MINOR_ACK', true],
    ['MINOR', 'MAJOR_ACK', true],
    ['MAJOR', 'NO_ACK', false],
    ['MAJOR', 'MINOR_ACK', false],
    ['MAJOR', 'MAJOR_ACK', true],
    ['INVALID', 'NO_ACK', false],
    ['INVALID', 'MINOR_ACK', false],
    ['INVALID', 'MAJOR_ACK', true],
  ])('%s and %s: answered %s', (severity, level, isAnswered) => {
    expect(answeredAfter(epics(1, severity), epicsAck(2, level))).toEqual({
      simple: 'no call',
      epics: isAnswered,
    });
  });

  it('MINOR_ACK does not answer a fallen alarm whose calling record was MAJOR', () => {
    expect(answeredAfter(epics(1, 'MAJOR'), epics(2, 'MINOR'), epicsAck(3, 'MINOR_ACK'))).toEqual({
      simple: 'no call',
      epics: false,
    });
  });

  it('MINOR_ACK that answered MINOR does not answer the rise that follows', () => {
    expect(answeredAfter(epics(1, 'MINOR'), epicsAck(2, 'MINOR_ACK'), epics(3, 'MAJOR'))).toEqual({
      simple: 'no call',
      epics: false,
    });
  });
});

describe('each acknowledgement answers its own kind', () => {
  const both = [simple(1, true), epics(2, 'MAJOR')];
  it.each<[string, AlarmEvent[], { simple: boolean; epics: boolean }]>([
    ['Ack answers Alarming', [simpleAck(3, true)], { simple: true, epics: false }],
    ['AckEPICS answers AlarmingEPICS', [epicsAck(3, 'MAJOR_ACK')], { simple: false, epics: true }],
    [
      'both answer both',
      [simpleAck(3, true), epicsAck(4, 'MAJOR_ACK')],
      { simple: true, epics: true },
    ],
    [
      'acknowledged: false takes only its own kind back',
      [simpleAck(3, true), epicsAck(4, 'MAJOR_ACK'), simpleAck(5, false)],
      { simple: false, epics: true },
    ],
    [
      'NO_ACK takes only its own kind back',
      [simpleAck(3, true), epicsAck(4, 'MAJOR_ACK'), epicsAck(5, 'NO_ACK')],
      { simple: true, epics: false },
    ],
  ])('%s', (_case, acks, answered) => {
    expect(answeredAfter(...both, ...acks)).toEqual(answered);
  });

  it('not latching: only the kind that is active must be answered', () => {
    given(registered(0), ...both, epicsAck(3, 'MAJOR_ACK'), simple(4, false)).shows({
      ...REGISTERED_ROW,
      ...standing('acknowledged', 'MAJOR', {
        ...answeredAt(3),
        status: 'HIHI',
        sinceAt: at(1),
        calls: { simple: active(1), epics: active(2) },
      }),
    });
  });

  it('latching: each kind that called must be answered, active or not', () => {
    const latching = registered(0, { isLatching: true });
    given(latching, ...both, epicsAck(3, 'MAJOR_ACK'), simple(4, false)).shows({
      ...REGISTERED_ROW,
      isLatching: true,
      ...standing('unacknowledged', 'MAJOR', {
        status: 'HIHI',
        sinceAt: at(1),
        calls: { simple: active(1), epics: active(2) },
      }),
    });
  });
});

describe('the header `answers`', () => {
  const log = [epics(3, 'MINOR'), epics(5, 'MAJOR'), epics(7, 'MAJOR')];
  it.each<[string, Partial<AlarmEvent>, boolean]>([
    ['exactly the calling record', answering(5), true],
    ['a repeat after the calling record', answering(7), true],
    ['an older record: the operator saw less', answering(3), false],
    ['a record before the occurrence', answering(1), false],
    ['a record that was not there yet: made up', answering(12), false],
    ['its own position: made up', answering(9), false],
    ['unreadable', claiming({ claim: 'unreadable' }), false],
    ['said to be none', claiming({ claim: 'none' }), true],
    ['absent, as a script writes it', {}, true],
    ['a record of another partition', answering(5, 1), false],
    [
      'a record of another topic',
      claiming({ claim: 'position', position: { topic: 'other', partition: 0, offset: 5 } }),
      false,
    ],
  ])('%s', (_case, header, isAnswered) => {
    expect(answeredAfter(...log, epicsAck(9, 'MAJOR_ACK', header)).epics).toEqual(isAnswered);
  });

  it('an acknowledgement that names an older record does not take an answer away', () => {
    const answered = [...log, epicsAck(9, 'MAJOR_ACK', answering(5))];
    expect(answeredAfter(...answered, epicsAck(10, 'MAJOR_ACK', answering(3))).epics).toEqual(true);
  });

  it('the answer is the first record that answered', () => {
    const twice = [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epicsAck(3, 'MAJOR_ACK')];
    expect(stateAfter(twice).occurrence?.calls.epics?.answer).toEqual({
      record: mark(2),
      level: 'MAJOR_ACK',
    });
  });

  it('names one kind only: a simple acknowledgement of the EPICS record answers nothing', () => {
    const both = [simple(3, true), epics(1, 'MAJOR')];
    expect(answeredAfter(...both, simpleAck(6, true, answering(1))).simple).toEqual(false);
  });
});

describe('an acknowledgement that is read before its alarm (two partitions)', () => {
  it('answers the record that it names, when that comes', () => {
    const early = inPartition(epicsAck(4, 'MAJOR_ACK', answering(2)), 1);
    expect(answeredAfter(early, epics(2, 'MAJOR')).epics).toEqual(true);
  });

  it('does not answer another record', () => {
    const early = inPartition(epicsAck(4, 'MAJOR_ACK', answering(2)), 1);
    expect(answeredAfter(early, epics(3, 'MAJOR')).epics).toEqual(false);
  });

  it('does not answer below its level', () => {
    const early = inPartition(epicsAck(4, 'MINOR_ACK', answering(2)), 1);
    expect(answeredAfter(early, epics(2, 'MAJOR')).epics).toEqual(false);
  });

  it('of a script, without the header, answers nothing that is read after it', () => {
    const early = inPartition(epicsAck(4, 'MAJOR_ACK'), 1);
    expect(answeredAfter(early, epics(2, 'MAJOR')).epics).toEqual(false);
  });

  it('of a script, without the header, answers by time what was read before it', () => {
    const later = inPartition(epicsAck(4, 'MAJOR_ACK'), 1);
    const earlier = inPartition(epicsAck(1, 'MAJOR_ACK'), 1);
    expect(answeredAfter(epics(2, 'MAJOR'), later).epics).toEqual(true);
    expect(answeredAfter(epics(2, 'MAJOR'), earlier).epics).toEqual(false);
  });

  it('taken back answers nothing', () => {
    const back = inPartition(epicsAck(5, 'NO_ACK'), 1);
    expect(answeredAfter(epics(2, 'MAJOR'), epicsAck(4, 'MAJOR_ACK'), back).epics).toEqual(false);
  });
});
