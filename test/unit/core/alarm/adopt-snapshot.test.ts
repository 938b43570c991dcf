import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCoveredBySnapshot } from '../../../../core/alarm/adopt-snapshot.ts';
import { createAlarmBook } from '../../../../core/alarm/alarm-book.ts';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import type { Occurrence } from '../../../../core/alarm/occurrence.ts';
import type { RecordMark } from '../../../../core/alarm/record-mark.ts';
import { decideKeep } from '../../../../core/keeping/decide-keep.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import {
  active,
  anEvent,
  at,
  epics,
  epicsAck,
  mark,
  registered,
  simple,
} from '../../../builders/alarm-events.ts';
import { anyAlarmLog } from '../../../builders/any-alarm-log.ts';
import {
  answeredAt,
  given,
  REGISTERED_ROW,
  standing,
  stateAfter,
} from '../../../builders/story.ts';

const ioc = (offset: number): RecordMark => mark(offset, 'active-alarms', 'ioc');
const LATCHING = registered(0, { isLatching: true });
const REMAINING = { isHistoryWhole: false } as const;

/** MAJOR since record 3, unanswered. */
const sinceThree: Occurrence = {
  openedBy: ioc(3),
  startedAt: at(3),
  highestLevel: 'MAJOR',
  calls: { epics: { record: ioc(3), level: 'MAJOR' } },
  isKnownFromStart: true,
};

function kept(offset: number, occurrence: Occurrence, upTo: number): AlarmEvent {
  const snapshot = { occurrence, upTo: active(upTo), upToWrittenAt: at(upTo) };
  return anEvent(
    { fact: 'occurrenceKept', snapshot },
    { ...mark(offset, 'alarm-occurrences', 'keeper'), writtenAt: at(upTo) },
  );
}

function closed(offset: number, upTo: number | null, writtenAt = upTo ?? offset): AlarmEvent {
  const reach = upTo === null ? null : { upTo: active(upTo), upToWrittenAt: at(upTo) };
  return anEvent(
    { fact: 'occurrenceClosed', upTo: reach },
    { ...mark(offset, 'alarm-occurrences', 'keeper'), writtenAt: at(writtenAt) },
  );
}

describe('the keeper’s word, read before what is left of the log', () => {
  it('tells since when an alarm stands', () => {
    given(kept(0, sinceThree, 7), epics(7, 'MAJOR', REMAINING)).shows(
      standing('unacknowledged', 'MAJOR', {
        status: 'HIHI',
        sinceAt: at(3),
        calls: { epics: active(3) },
      }),
    );
  });

  it('tells that a latching alarm rose and fell unseen', () => {
    const returned = { ...sinceThree, returnedAt: at(5) };
    given(LATCHING, kept(0, returned, 5), epics(5, 'NO_ALARM', REMAINING)).shows({
      ...REGISTERED_ROW,
      isLatching: true,
      ...standing('returnedToNormalUnacknowledged', 'MAJOR', {
        sinceAt: at(3),
        calls: { epics: active(3) },
      }),
    });
  });

  it('tells that a fall in severity came after the acknowledgement', () => {
    const answer = { record: mark(4), level: 'MAJOR_ACK' as const };
    const answered = {
      ...sinceThree,
      calls: { epics: { record: ioc(3), level: 'MAJOR' as const, answer } },
    };
    given(
      kept(0, answered, 6),
      epicsAck(4, 'MAJOR_ACK', REMAINING),
      epics(6, 'MINOR', REMAINING),
    ).shows(
      standing('acknowledged', 'MINOR', {
        ...answeredAt(4),
        status: 'HIHI',
        sinceAt: at(3),
        calls: { epics: active(3) },
      }),
    );
  });

  it('is folded on by what came later', () => {
    given(kept(0, sinceThree, 5), epics(5, 'MAJOR', REMAINING), epics(8, 'INVALID')).hasOccurrence({
      ...sinceThree,
      highestLevel: 'INVALID',
      calls: { epics: { record: ioc(8), level: 'INVALID' } },
    });
  });

  it('that has closed says that nothing is open up to its record', () => {
    given(LATCHING, closed(0, 9), epics(9, 'NO_ALARM', REMAINING)).hasOccurrence(null);
  });

  it('an older word after a newer one changes nothing but that it must be written over', () => {
    const newer = [kept(0, sinceThree, 7), epics(7, 'MAJOR', REMAINING)];
    const state = stateAfter([...newer, kept(1, { ...sinceThree, startedAt: at(1) }, 5)]);
    expect([state.occurrence, state.snapshot?.upTo, state.snapshot?.isOverwritten]).toEqual([
      sinceThree,
      active(7),
      true,
    ]);
  });
});

describe('an answer that the keeper has seen, where no keeper has run since', () => {
  const answered: Occurrence = {
    ...sinceThree,
    calls: {
      epics: { record: ioc(3), level: 'MAJOR', answer: { record: mark(4), level: 'MAJOR_ACK' } },
    },
  };
  const remains = [kept(0, answered, 4), epics(3, 'MAJOR', REMAINING)];
  const answerAtHead = (...more: AlarmEvent[]) => {
    const book = createAlarmBook();
    for (const event of [...remains, ...more]) book.apply(event);
    book.settleAnswers();
    return book.state(alarmName('channel1'))?.occurrence?.calls.epics?.answer?.record.offset;
  };

  it('holds while its acknowledgement is the newest of its key', () => {
    expect(answerAtHead(epicsAck(4, 'MAJOR_ACK', REMAINING))).toBe(4);
  });

  it('holds under a later one that answers as well', () => {
    expect(answerAtHead(epicsAck(9, 'MAJOR_ACK', REMAINING))).toBe(4);
  });

  it('does not hold under a later one that answers nothing: one in between may have taken it back', () => {
    expect(answerAtHead(epicsAck(9, 'MINOR_ACK', REMAINING))).toBeUndefined();
    expect(answerAtHead(epicsAck(9, 'MINOR_ACK'))).toBe(4);
  });

  it('does not hold when its key is gone from the log: a tombstone took it back and has vanished', () => {
    expect(answerAtHead()).toBeUndefined();
  });
});

describe('the keeper’s word, read after later records', () => {
  const late = [epics(7, 'MAJOR', REMAINING)];

  it('gives what was only met in the remains its beginning and its highest level', () => {
    const stoodHigher: Occurrence = {
      ...sinceThree,
      highestLevel: 'INVALID',
      calls: { epics: { record: ioc(4), level: 'INVALID' } },
    };
    given(...late, epics(9, 'MINOR'), kept(0, stoodHigher, 8)).hasOccurrence(stoodHigher);
  });

  it('keeps the answer that the remains gave meanwhile', () => {
    given(...late, epicsAck(9, 'MAJOR_ACK'), kept(0, sinceThree, 7)).shows(
      standing('acknowledged', 'MAJOR', {
        ...answeredAt(9),
        status: 'HIHI',
        sinceAt: at(3),
        calls: { epics: active(3) },
      }),
    );
  });

  it('takes an answer back that was taken back meanwhile', () => {
    const answer = { record: mark(4), level: 'MAJOR_ACK' as const };
    const answered: Occurrence = {
      ...sinceThree,
      calls: { epics: { record: ioc(3), level: 'MAJOR', answer } },
    };
    given(...late, epicsAck(9, 'NO_ACK'), kept(0, answered, 7)).hasOccurrence(sinceThree);
  });

  it('does not answer a call that came after its position, behind a record that could not be decoded', () => {
    const answer = { record: mark(4), level: 'MAJOR_ACK' as const };
    const answered: Occurrence = {
      ...sinceThree,
      calls: { epics: { record: ioc(3), level: 'MAJOR', answer } },
    };
    const broken = anEvent({ fact: 'undecodable', slot: 'epics', reason: 'truncated' }, ioc(5));
    const own = [epics(3, 'MAJOR'), epicsAck(4, 'MAJOR_ACK'), broken, epics(6, 'MAJOR')];
    given(...own, kept(0, answered, 4)).hasOccurrence(stateAfter(own).occurrence);
  });

  it('does not touch what was folded from its first record', () => {
    const own = [epics(7, 'MAJOR'), epics(9, 'MAJOR')];
    given(...own, kept(0, { ...sinceThree, highestLevel: 'INVALID' }, 8)).hasOccurrence(
      stateAfter(own).occurrence,
    );
  });

  it('of an occurrence that has since returned keeps the return', () => {
    given(LATCHING, ...late, epics(9, 'NO_ALARM'), kept(0, sinceThree, 7)).hasOccurrence({
      ...sinceThree,
      returnedAt: at(9),
    });
  });
});

describe('where the keeper disagrees', () => {
  it('its word holds, and the disagreement is counted', () => {
    const book = createAlarmBook();
    for (const event of [epics(3, 'MAJOR'), kept(0, { ...sinceThree, startedAt: at(1) }, 3)]) {
      book.apply(event);
    }
    const [row] = book.takeChanges(at(10)).rows;
    expect([row?.sinceAt, book.disagreements]).toEqual([at(1), 1]);
  });

  it('an agreeing word is none', () => {
    const book = createAlarmBook();
    for (const event of [epics(3, 'MAJOR'), kept(0, sinceThree, 3)]) book.apply(event);
    expect(book.disagreements).toBe(0);
  });

  it('words that a replay reads one after the other, before the records that they count, are none', () => {
    const book = createAlarmBook();
    const later: Occurrence = { ...sinceThree, highestLevel: 'INVALID' };
    for (const event of [kept(0, sinceThree, 3), kept(1, later, 5), closed(2, 8)]) {
      book.apply(event);
    }
    expect(book.disagreements).toBe(0);
  });
});

describe('a closing that does not tell its reach (a plain tombstone)', () => {
  it('ends only what has returned', () => {
    const returned = { ...sinceThree, returnedAt: at(5) };
    given(LATCHING, kept(0, returned, 5), closed(1, null)).hasOccurrence(null);
    given(
      LATCHING,
      kept(0, sinceThree, 5),
      epics(5, 'MAJOR', REMAINING),
      closed(1, null),
    ).hasOccurrence(sinceThree);
  });

  it('of an alarm that nobody kept changes nothing', () => {
    given(epics(3, 'MAJOR'), closed(0, null)).hasOccurrence(sinceThree);
  });
});

describe('which records a snapshot counts', () => {
  const held = stateAfter([kept(0, sinceThree, 7)]).snapshot;
  it.each<[string, RecordMark, string]>([
    ['at its position', ioc(7), 'covered'],
    ['before its position', ioc(2), 'covered'],
    ['after its position', ioc(8), 'after'],
    ['of another partition', mark(2, 'active-alarms', 'ioc', 1), 'after'],
    [
      'of a topic made anew: written later at a lower offset',
      { ...ioc(2), writtenAt: at(99) },
      'void',
    ],
  ])('%s', (_case, record, coverage) => {
    expect(isCoveredBySnapshot(held, record)).toBe(coverage);
  });

  it('none without a snapshot', () => {
    expect(isCoveredBySnapshot(null, ioc(2))).toBe('after');
  });

  it('of a topic made anew the snapshot is void, and the alarm begins with the record', () => {
    const anew = { ...epics(1, 'MINOR'), mark: { ...ioc(1), writtenAt: at(99) } };
    given(kept(0, sinceThree, 7), anew).hasOccurrence({
      openedBy: anew.mark,
      startedAt: at(99),
      highestLevel: 'MINOR',
      calls: { epics: { record: anew.mark, level: 'MINOR' } },
      isKnownFromStart: true,
    });
  });
});

const ALARMS = ['A', 'B', 'C'].map(alarmName);

it('a console that saw everything itself is changed by no word of the keeper, however late it comes', () => {
  fc.assert(
    fc.property(anyAlarmLog, fc.nat(8), fc.boolean(), (anyLog, lag, isLatching) => {
      // What the keeper has closed stays closed where the registration changes later (docs/decisions/0004-acknowledgement-and-compaction.md).
      const log = [
        ...ALARMS.map((name) => ({ ...registered(0, { isLatching }), name })),
        ...anyLog.filter(({ mark }) => mark.topic !== 'registered-alarms'),
      ];
      const keeper = createAlarmBook();
      const console = createAlarmBook();
      const alone = createAlarmBook();
      const words: AlarmEvent[] = [];
      for (const event of log) {
        keeper.apply(event);
        alone.apply(event);
        console.apply(event);
        words.push(...keeperSays(keeper, event, words.length));
        const due = words[words.length - 1 - lag];
        if (due !== undefined) console.apply(due);
      }
      for (const word of words) console.apply(word);
      expect([console.takeChanges(at(500)), console.disagreements]).toEqual([
        alone.takeChanges(at(500)),
        0,
      ]);
    }),
    { numRuns: 4_000 },
  );
});

function keeperSays(
  keeper: ReturnType<typeof createAlarmBook>,
  event: AlarmEvent,
  written: number,
): AlarmEvent[] {
  const state = keeper.state(event.name);
  const order = state === undefined ? null : decideKeep(state);
  if (order === null) return [];
  const record = {
    ...mark(written, 'alarm-occurrences', 'keeper'),
    writtenAt: event.mark.writtenAt,
  };
  const word = anEvent(order.fact, record, { name: order.name });
  keeper.apply(word);
  return [word];
}

it('a kind that joined since the word was written still calls', () => {
  given(kept(0, sinceThree, 5), epics(5, 'MAJOR', REMAINING), simple(6, true)).hasOccurrence({
    ...sinceThree,
    calls: { ...sinceThree.calls, simple: { record: ioc(6), level: 'ALARM' } },
  });
});
