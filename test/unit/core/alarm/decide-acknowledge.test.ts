import { describe, it } from 'vitest';
import {
  decideAcknowledge,
  decideUnacknowledge,
  type SeenCalls,
} from '../../../../core/alarm/decide-acknowledge.ts';
import type { AlarmFact } from '../../../../core/alarm/events.ts';
import {
  active,
  anEvent,
  answering,
  at,
  epics,
  epicsAck,
  mark,
  registered,
  simple,
  simpleAck,
} from '../../../builders/alarm-events.ts';
import { given, type StoryCommand } from '../../../builders/story.ts';

const acknowledge =
  (seen: SeenCalls): StoryCommand =>
  (state) =>
    decideAcknowledge(state, seen);
const unacknowledge: StoryCommand = (state) => decideUnacknowledge(state);

const LATCHING = registered(0, { isLatching: true });
const MAJOR_ACK = { fact: 'epicsAcknowledged', level: 'MAJOR_ACK' } as const;
const MINOR_ACK = { fact: 'epicsAcknowledged', level: 'MINOR_ACK' } as const;
const ACK = { fact: 'simpleAcknowledged', isAcknowledged: true } as const;

describe('acknowledge', () => {
  it('answers MAJOR with MAJOR_ACK, naming the record', () => {
    given(epics(1, 'MAJOR'))
      .when(acknowledge({ epics: active(1) }))
      .thenWrites({ fact: MAJOR_ACK, answers: active(1) });
  });

  it('answers INVALID with MAJOR_ACK: the wire has no higher one', () => {
    given(epics(1, 'INVALID'))
      .when(acknowledge({ epics: active(1) }))
      .thenWrites({ fact: MAJOR_ACK, answers: active(1) });
  });

  it('answers MINOR with MINOR_ACK', () => {
    given(epics(1, 'MINOR'))
      .when(acknowledge({ epics: active(1) }))
      .thenWrites({ fact: MINOR_ACK, answers: active(1) });
  });

  it('answers MINOR with MAJOR_ACK where it may have stood higher before', () => {
    given(epics(1, 'MINOR', { isHistoryWhole: false }))
      .when(acknowledge({ epics: active(1) }))
      .thenWrites({ fact: MAJOR_ACK, answers: active(1) });
  });

  it('answers a fallen alarm at the level of its call', () => {
    given(epics(1, 'MAJOR'), epics(2, 'MINOR'))
      .when(acknowledge({ epics: active(1) }))
      .thenWrites({ fact: MAJOR_ACK, answers: active(2) });
  });

  it('names the newest alarming record, which outlives compaction', () => {
    given(epics(1, 'MAJOR'), epics(2, 'MAJOR'), epics(3, 'MAJOR'))
      .when(acknowledge({ epics: active(1) }))
      .thenWrites({ fact: MAJOR_ACK, answers: active(3) });
  });

  it('answers each kind that calls', () => {
    given(simple(1, true), epics(2, 'MAJOR'))
      .when(acknowledge({ simple: active(1), epics: active(2) }))
      .thenWrites({ fact: ACK, answers: active(1) }, { fact: MAJOR_ACK, answers: active(2) });
  });

  it('answers only what is not answered yet', () => {
    given(simple(1, true), epics(2, 'MAJOR'), simpleAck(3, true))
      .when(acknowledge({ simple: active(1), epics: active(2) }))
      .thenWrites({ fact: MAJOR_ACK, answers: active(2) });
  });

  it('not latching: leaves alone a kind that has cleared', () => {
    given(simple(1, true), epics(2, 'MAJOR'), simple(3, false))
      .when(acknowledge({ simple: active(1), epics: active(2) }))
      .thenWrites({ fact: MAJOR_ACK, answers: active(2) });
  });

  it('latching: answers a kind that has cleared by its calling record', () => {
    given(LATCHING, simple(1, true), epics(2, 'MAJOR'), simple(3, false))
      .when(acknowledge({ simple: active(1), epics: active(2) }))
      .thenWrites({ fact: ACK, answers: active(1) }, { fact: MAJOR_ACK, answers: active(2) });
  });

  it('latching: answers what has returned', () => {
    given(LATCHING, epics(1, 'MAJOR'), epics(2, 'NO_ALARM'))
      .when(acknowledge({ epics: active(1) }))
      .thenWrites({ fact: MAJOR_ACK, answers: active(1) });
  });

  it('is refused when nothing calls', () => {
    given(registered(0)).when(acknowledge({})).thenRefuses({ code: 'NothingToAcknowledge' });
    given(epics(1, 'MAJOR'), epics(2, 'NO_ALARM'))
      .when(acknowledge({ epics: active(1) }))
      .thenRefuses({ code: 'NothingToAcknowledge' });
  });

  it('is refused without a claim that all is well where the newest record cannot be decoded', () => {
    const unreadable: AlarmFact = { fact: 'undecodable', slot: 'epics', reason: 'cut' };
    given(registered(0), anEvent(unreadable, mark(3)))
      .when(acknowledge({}))
      .thenRefuses({ code: 'NotReadable' });
  });

  it('is refused when it is acknowledged already, and says by whom and when', () => {
    given(epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'))
      .when(acknowledge({ epics: active(1) }))
      .thenRefuses({ code: 'AlreadyAcknowledged', at: at(2), by: 'anna' });
  });

  it('is refused when it rose after the view', () => {
    given(epics(1, 'MINOR'), epics(2, 'MAJOR'))
      .when(acknowledge({ epics: active(1) }))
      .thenRefuses({ code: 'AlarmedAgain', at: at(2) });
  });

  it('is refused when it returned and alarmed again after the view', () => {
    given(epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), epics(3, 'MAJOR'))
      .when(acknowledge({ epics: active(1) }))
      .thenRefuses({ code: 'AlarmedAgain', at: at(3) });
  });

  it('is refused when the other kind joined after the view', () => {
    given(epics(1, 'MAJOR'), simple(2, true))
      .when(acknowledge({ epics: active(1) }))
      .thenRefuses({ code: 'AlarmedAgain', at: at(2) });
  });

  it('is not refused for repeats and falls after the view', () => {
    given(epics(1, 'MAJOR'), epics(2, 'MINOR'), epics(3, 'MAJOR'))
      .when(acknowledge({ epics: active(1) }))
      .thenWrites({ fact: MAJOR_ACK, answers: active(3) });
  });

  it('counts when it is read: what is written answers what it was made for', () => {
    given(epics(1, 'MINOR'), epicsAck(2, 'MINOR_ACK', answering(1)))
      .when(acknowledge({ epics: active(1) }))
      .thenRefuses({ code: 'AlreadyAcknowledged', at: at(2), by: 'anna' });
  });
});

describe('un-acknowledge', () => {
  it('takes back each answer', () => {
    given(simple(1, true), epics(2, 'MAJOR'), simpleAck(3, true), epicsAck(4, 'MAJOR_ACK'))
      .when(unacknowledge)
      .thenWrites(
        { fact: { fact: 'simpleAcknowledged', isAcknowledged: false } },
        { fact: { fact: 'epicsAcknowledged', level: 'NO_ACK' } },
      );
  });

  it('takes back only the kind that is answered', () => {
    given(simple(1, true), epics(2, 'MAJOR'), epicsAck(4, 'MAJOR_ACK'))
      .when(unacknowledge)
      .thenWrites({ fact: { fact: 'epicsAcknowledged', level: 'NO_ACK' } });
  });

  it('is refused when nothing is acknowledged', () => {
    given(epics(1, 'MAJOR')).when(unacknowledge).thenRefuses({ code: 'NotAcknowledged' });
  });

  it('is refused when it has returned', () => {
    given(registered(0)).when(unacknowledge).thenRefuses({ code: 'AlreadyReturned' });
    given(LATCHING, epics(1, 'MAJOR'), epics(2, 'NO_ALARM'))
      .when(unacknowledge)
      .thenRefuses({ code: 'AlreadyReturned' });
  });
});
