import { describe, expect, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import type { Occurrence } from '../../../../core/alarm/occurrence.ts';
import { identityOf, type Transition } from '../../../../core/journal/transition.ts';
import {
  active,
  anEvent,
  answering,
  at,
  epics,
  epicsAck,
  mark,
  registered,
  shelved,
  simple,
  simpleAck,
} from '../../../builders/alarm-events.ts';
import { journalOf } from '../../../builders/journal-run.ts';

const LATCHING = registered(0, { isLatching: true });
const unshelved = (offset: number) =>
  anEvent({ fact: 'unshelved' }, mark(offset, 'shelved-alarms', 'bert'));

/** What these records did, as short words: kind and the offset of the cause. */
function told(...events: readonly AlarmEvent[]): string[] {
  return journalOf(events).transitions.map(({ kind, cause }) => `${kind} ${cause.offset}`);
}

function lastOf(...events: readonly AlarmEvent[]): Transition | undefined {
  return journalOf(events).transitions.at(-1);
}

describe('what the records of one alarm did', () => {
  it.each<[string, AlarmEvent[], string[]]>([
    ['an alarm', [epics(1, 'MINOR')], ['opened 1']],
    ['a rise', [epics(1, 'MINOR'), epics(2, 'MAJOR')], ['opened 1', 'raised 2']],
    ['a fall', [epics(1, 'MAJOR'), epics(2, 'MINOR')], ['opened 1', 'levelChanged 2']],
    [
      'a rise below the highest level',
      [epics(1, 'MAJOR'), epics(2, 'MINOR'), epics(3, 'MAJOR')],
      ['opened 1', 'levelChanged 2', 'levelChanged 3'],
    ],
    ['a repeat', [epics(1, 'MAJOR'), epics(2, 'MAJOR')], ['opened 1']],
    ['a record that comes twice', [epics(1, 'MAJOR'), epics(1, 'MAJOR')], ['opened 1']],
    ['a clearing of what is normal', [epics(1, 'NO_ALARM')], []],
    [
      'the other kind, no higher',
      [epics(1, 'MAJOR'), simple(2, true)],
      ['opened 1', 'calledAgain 2'],
    ],
    ['the other kind, higher', [epics(1, 'MINOR'), simple(2, true)], ['opened 1', 'raised 2']],
    [
      'one of two kinds clears',
      [epics(1, 'MAJOR'), simple(2, true), epics(3, 'NO_ALARM')],
      ['opened 1', 'calledAgain 2', 'levelChanged 3'],
    ],
    [
      'acknowledged and cleared',
      [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epics(3, 'NO_ALARM')],
      ['opened 1', 'acknowledged 2', 'returned 3', 'closed 3'],
    ],
    [
      'cleared unanswered, not latching',
      [epics(1, 'MAJOR'), epics(2, 'NO_ALARM')],
      ['opened 1', 'returned 2', 'closed 2'],
    ],
    [
      'latching, cleared, then acknowledged',
      [LATCHING, epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), epicsAck(3, 'MAJOR_ACK')],
      ['opened 1', 'returned 2', 'acknowledged 3', 'closed 3'],
    ],
    [
      'latching, cleared, and alarming again unanswered',
      [LATCHING, epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), epics(3, 'MINOR')],
      ['opened 1', 'returned 2', 'opened 3'],
    ],
    [
      'taken back',
      [simple(1, true), simpleAck(2, true), simpleAck(3, false)],
      ['opened 1', 'acknowledged 2', 'acknowledgementTakenBack 3'],
    ],
    ['nothing to take back', [simple(1, true), simpleAck(3, false)], ['opened 1']],
    [
      'registered as latching no longer while it waits',
      [
        LATCHING,
        epics(1, 'MAJOR'),
        epics(2, 'NO_ALARM'),
        { ...registered(9, { isLatching: false }) },
      ],
      ['opened 1', 'returned 2', 'closed 9'],
    ],
    [
      'registered as latching after it has returned',
      [epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), registered(9, { isLatching: true })],
      ['opened 1', 'returned 2', 'closed 2', 'reassessed 9'],
    ],
    [
      'an undecodable record',
      [
        epics(1, 'MAJOR'),
        anEvent({ fact: 'undecodable', slot: 'epics', reason: 'truncated' }, mark(2)),
        epics(3, 'MAJOR'),
      ],
      ['opened 1', 'calledAgain 3'],
    ],
  ])('%s', (_case, events, transitions) => {
    expect(told(...events)).toEqual(transitions);
  });

  it('who, from where, which records, and how it stood before and after', () => {
    expect(lastOf(epics(1, 'MINOR'), epics(2, 'MAJOR'), epicsAck(4, 'MAJOR_ACK'))).toEqual({
      name: 'channel1',
      kind: 'acknowledged',
      at: at(4),
      cause: mark(4),
      trigger: mark(4),
      about: mark(2, 'active-alarms', 'ioc'),
      callKind: 'epics',
      stateBefore: 'unacknowledged',
      stateAfter: 'acknowledged',
      levelBefore: 'MAJOR',
      levelAfter: 'MAJOR',
      highestLevel: 'MAJOR',
      startedAt: at(1),
      isBeginningKnown: true,
      status: 'HIHI',
      shelf: null,
      refusal: null,
    });
  });

  it('an occurrence met in the remains of a compacted log, as such', () => {
    const met = epics(7, 'MAJOR', { isHistoryWhole: false });
    expect(lastOf(met)).toMatchObject({ kind: 'opened', isBeginningKnown: false });
  });
});

describe('an acknowledgement that came to nothing', () => {
  it.each<[string, AlarmEvent[], string]>([
    ['normal', [epicsAck(1, 'MAJOR_ACK')], 'nothingToAcknowledge'],
    [
      'of the kind that does not call',
      [simple(1, true), epicsAck(2, 'MAJOR_ACK')],
      'nothingToAcknowledge',
    ],
    [
      'after it has returned, not latching',
      [epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), epicsAck(3, 'MAJOR_ACK')],
      'nothingToAcknowledge',
    ],
    [
      'twice',
      [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epicsAck(3, 'MAJOR_ACK')],
      'alreadyAcknowledged',
    ],
    [
      'late',
      [epics(1, 'MINOR'), epics(2, 'MAJOR'), epicsAck(3, 'MAJOR_ACK', answering(1))],
      'answersAnotherRecord',
    ],
    ['too low', [epics(1, 'MAJOR'), epicsAck(2, 'MINOR_ACK')], 'levelTooLow'],
    [
      'too low for what may have been',
      [epics(5, 'MINOR', { isHistoryWhole: false }), epicsAck(6, 'MINOR_ACK')],
      'mayHaveStoodHigher',
    ],
    [
      'unreadable',
      [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK', { answers: { claim: 'unreadable' } })],
      'headerUnreadable',
    ],
  ])('%s', (_case, events, refusal) => {
    expect(lastOf(...events)).toMatchObject({ kind: 'acknowledgementNotCounted', refusal });
  });

  it('names who tried', () => {
    const refused = lastOf(epics(1, 'MAJOR'), epicsAck(2, 'MINOR_ACK'));
    expect(refused?.cause).toEqual(mark(2, 'active-alarms', 'anna'));
  });
});

describe('what happened to a shelf', () => {
  it.each<[string, AlarmEvent[], string[]]>([
    ['shelved', [shelved(1, at(90))], ['shelved 1']],
    ['unshelved', [shelved(1, at(90)), unshelved(5)], ['shelved 1', 'unshelved 5']],
    [
      'a tombstone when its time is over',
      [shelved(1, at(4)), unshelved(5)],
      ['shelved 1', 'shelfEnded 1'],
    ],
    ['nothing to unshelve', [unshelved(5)], []],
    ['another in its place', [shelved(1, at(90)), shelved(5, at(95))], ['shelved 1', 'shelved 5']],
    [
      'another after its time was over',
      [shelved(1, at(4)), shelved(5, at(95))],
      ['shelved 1', 'shelfEnded 1', 'shelved 5'],
    ],
    ['one that is over when written', [shelved(5, at(4))], ['shelfNotCounted 5']],
    [
      'one that is over when written, in place of one that counts',
      [shelved(1, at(90)), shelved(5, at(4))],
      ['shelved 1', 'unshelved 5', 'shelfNotCounted 5'],
    ],
    [
      'none is allowed',
      [registered(0, { maxShelvedSeconds: 0 }), shelved(1, at(90)), unshelved(2)],
      ['shelfNotCounted 1'],
    ],
    [
      'the limit of the registration ends it before its own time',
      [registered(0, { maxShelvedSeconds: 2 }), shelved(1, at(90)), unshelved(5)],
      ['shelved 1', 'shelfEnded 1'],
    ],
    [
      'a registration that allows none any more',
      [shelved(1, at(90)), registered(5, { maxShelvedSeconds: 0 })],
      ['shelved 1', 'shelfEnded 5'],
    ],
    [
      'a registration that cannot be read, and one that can',
      [
        shelved(1, at(90)),
        anEvent(
          { fact: 'undecodable', slot: 'registration', reason: 'truncated' },
          mark(5, 'registered-alarms'),
        ),
        registered(6),
      ],
      ['shelved 1', 'shelfEnded 5', 'shelved 6'],
    ],
    [
      'a registration that lets it count for less',
      [shelved(1, null), registered(5, { maxShelvedSeconds: 60 })],
      ['shelved 1', 'shelved 5'],
    ],
    [
      'one that cannot be read',
      [
        shelved(1, at(90)),
        anEvent(
          { fact: 'undecodable', slot: 'shelf', reason: 'truncated' },
          mark(5, 'shelved-alarms'),
        ),
      ],
      ['shelved 1', 'shelfEnded 1'],
    ],
  ])('%s', (_case, events, transitions) => {
    expect(told(...events)).toEqual(transitions);
  });

  it('says who shelved it, until when and why, and who unshelved it', () => {
    expect(lastOf(shelved(1, at(90)))).toMatchObject({
      cause: { audit: { user: 'anna' } },
      shelf: { untilAt: at(90), reason: 'noisy' },
    });
    expect(lastOf(shelved(1, at(90)), unshelved(5))).toMatchObject({
      cause: { audit: { user: 'bert' } },
      about: { offset: 1 },
    });
  });

  it('ended at the end of its time, not when the tombstone came', () => {
    expect(lastOf(shelved(1, at(4)), unshelved(5))).toMatchObject({
      at: at(4),
      trigger: { offset: 5 },
    });
  });
});

describe('what the keeper has kept', () => {
  const opened: Occurrence = {
    openedBy: mark(1, 'active-alarms', 'ioc'),
    startedAt: at(1),
    highestLevel: 'MAJOR',
    calls: { epics: { record: mark(1, 'active-alarms', 'ioc'), level: 'MAJOR' } },
    isKnownFromStart: true,
  };
  const kept = (upTo: number): AlarmEvent =>
    anEvent(
      {
        fact: 'occurrenceKept',
        snapshot: { occurrence: opened, upTo: active(upTo), upToWrittenAt: at(upTo) },
      },
      mark(upTo, 'alarm-occurrences', 'keeper'),
    );

  it('is told nothing of again: its records were told before the snapshot was written', () => {
    expect(told(kept(3), epics(1, 'MAJOR'), epicsAck(2, 'MINOR_ACK'), epics(3, 'MINOR'))).toEqual(
      [],
    );
  });

  it('is gone on with', () => {
    expect(told(kept(3), epics(3, 'MINOR'), epicsAck(4, 'MAJOR_ACK'))).toEqual(['acknowledged 4']);
  });
});

describe('the identity of a transition', () => {
  it('is its cause and its kind, and differs where a topic was made anew', () => {
    const [first] = journalOf([epics(1, 'MAJOR')]).transitions;
    const [anew] = journalOf([
      { ...epics(1, 'MAJOR'), mark: { ...mark(1), writtenAt: at(500) } },
    ]).transitions;
    expect(first && identityOf(first)).toBe('active-alarms/0/1@1700000001000/opened');
    expect(anew && identityOf(anew)).toBe('active-alarms/0/1@1700000500000/opened');
  });
});
