import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAlarmBook } from '../../../../core/alarm/alarm-book.ts';
import type { AlarmEvent, AlarmFact } from '../../../../core/alarm/events.ts';
import { SLOTS } from '../../../../core/alarm/events.ts';
import { slotOf } from '../../../../core/alarm/evolve.ts';
import type { AlarmRow } from '../../../../core/effective-state/alarm-row.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import {
  active,
  anEvent,
  aRegistration,
  at,
  epics,
  epicsAck,
  mark,
  registered,
  shelved,
  simple,
  simpleAck,
} from '../../../builders/alarm-events.ts';
import { anyAlarmLog } from '../../../builders/any-alarm-log.ts';
import {
  answeredAt,
  given,
  REGISTERED_ROW,
  standing,
  stateAfter,
} from '../../../builders/story.ts';

const unregistered = (offset: number, partition = 0): AlarmEvent =>
  anEvent({ fact: 'unregistered' }, mark(offset, 'registered-alarms', 'carl', partition));
const unshelved = (offset: number, partition = 0): AlarmEvent =>
  anEvent({ fact: 'unshelved' }, mark(offset, 'shelved-alarms', 'anna', partition));
const broken = (slot: Extract<AlarmFact, { fact: 'undecodable' }>['slot'], offset: number) =>
  anEvent({ fact: 'undecodable', slot, reason: 'truncated' }, mark(offset));

describe('registration', () => {
  it.each<[string, AlarmEvent[], Partial<AlarmRow>]>([
    ['registered', [registered(1)], REGISTERED_ROW],
    [
      'registered anew: the newest holds',
      [registered(1), registered(2, { location: 'HA', isLatching: true, maxShelvedSeconds: 0 })],
      { ...REGISTERED_ROW, location: 'HA', isLatching: true, canShelve: false },
    ],
    ['unregistered', [registered(1), unregistered(2)], {}],
    [
      'registered after a tombstone',
      [registered(1), unregistered(2), registered(3)],
      REGISTERED_ROW,
    ],
    [
      'not registered: shown and marked',
      [epics(1, 'MINOR')],
      standing('unacknowledged', 'MINOR', {
        status: 'HIHI',
        sinceAt: at(1),
        calls: { epics: active(1) },
      }),
    ],
    [
      'unregistered while it alarms: shown and marked',
      [registered(0), epics(1, 'MINOR'), unregistered(2)],
      standing('unacknowledged', 'MINOR', {
        status: 'HIHI',
        sinceAt: at(1),
        calls: { epics: active(1) },
      }),
    ],
  ])('%s', (_case, events, row) => {
    given(...events).shows(row);
  });
});

describe('records that come twice or out of their order', () => {
  it('an older record of a slot changes nothing', () => {
    const events = [epics(5, 'MAJOR'), epicsAck(6, 'MAJOR_ACK')];
    expect(stateAfter([...events, epics(4, 'NO_ALARM'), epicsAck(3, 'NO_ACK')])).toEqual(
      stateAfter(events),
    );
  });

  it('a registration that was deleted does not come back with its own duplicate', () => {
    const events = [registered(1), unregistered(2)];
    expect(stateAfter([...events, registered(1)])).toEqual(stateAfter(events));
  });

  it('a shelf that was ended does not come back with its own duplicate', () => {
    const events = [shelved(1, null), unshelved(2)];
    expect(stateAfter([...events, shelved(1, null)])).toEqual(stateAfter(events));
  });

  it('in several partitions the unshelving that was written later holds, whichever is read first', () => {
    given(unshelved(7, 1), shelved(5, null)).shows({});
    given(shelved(5, null), unshelved(7, 1)).shows({});
  });

  it('in several partitions the unregistering that was written later holds', () => {
    given(unregistered(7, 1), registered(5)).shows({});
    given(unregistered(4, 1), registered(5)).shows(REGISTERED_ROW);
  });

  it('in several partitions the alarming record that was written later holds', () => {
    const cleared = { ...simple(7, false), mark: mark(7, 'active-alarms', 'ioc', 1) };
    given(cleared, simple(5, true)).shows({});
  });

  it('in several partitions, written in the same millisecond: one of them, whichever is read first', () => {
    const ended = { ...unshelved(5, 1), mark: { ...unshelved(5, 1).mark, writtenAt: at(5) } };
    given(ended, shelved(5, null)).shows({});
    given(shelved(5, null), ended).shows({});
  });

  it('duplicates change nothing, wherever they come', () => {
    fc.assert(
      fc.property(anyAlarmLog, fc.array(fc.nat(), { maxLength: 10 }), (log, repeats) => {
        const doubled = [...log];
        for (const repeat of repeats) {
          const from = log.length === 0 ? undefined : log[repeat % log.length];
          if (from !== undefined) doubled.splice(doubled.indexOf(from) + 1 + (repeat % 5), 0, from);
        }
        expect(bookOf(doubled)).toEqual(bookOf(log));
      }),
      { numRuns: 500 },
    );
  });

  it('records of unrelated alarms commute', () => {
    fc.assert(
      fc.property(anyAlarmLog, (log) => {
        const byName = log.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
        expect(bookOf(byName)).toEqual(bookOf(log));
      }),
      { numRuns: 500 },
    );
  });

  it('records of different topics commute', () => {
    fc.assert(
      fc.property(anyAlarmLog, (log) => {
        const byTopic = log.toSorted((a, b) =>
          a.mark.topic < b.mark.topic ? -1 : Number(a.mark.topic > b.mark.topic),
        );
        expect(bookOf(byTopic)).toEqual(bookOf(log));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a record that cannot be decoded', () => {
  const major = standing('unacknowledged', 'MAJOR', {
    status: 'HIHI',
    sinceAt: at(1),
    calls: { epics: active(1) },
  });
  const acked = standing('acknowledged', 'MAJOR', {
    ...answeredAt(2),
    status: 'HIHI',
    sinceAt: at(1),
    calls: { epics: active(1) },
  });
  it.each<[string, AlarmEvent[], Partial<AlarmRow>]>([
    [
      'of an activation: the alarm is shown as undecodable, not silently in its older state',
      [epics(1, 'MAJOR'), broken('epics', 2)],
      { ...major, effective: 'undecodable', hasUndecodable: true },
    ],
    [
      'of an alarm never seen before',
      [broken('simple', 1)],
      { effective: 'undecodable', hasUndecodable: true },
    ],
    [
      'of an acknowledgement may have taken it back',
      [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), broken('epicsAck', 3)],
      { ...acked, effective: 'undecodable', hasUndecodable: true },
    ],
    [
      'of an acknowledgement leaves an unacknowledged alarm as it is',
      [epics(1, 'MAJOR'), broken('epicsAck', 3)],
      { ...major, hasUndecodable: true },
    ],
    [
      'of a shelf hides nothing',
      [
        epics(1, 'MAJOR'),
        shelved(1, null),
        anEvent(
          { fact: 'undecodable', slot: 'shelf', reason: 'truncated' },
          mark(2, 'shelved-alarms'),
        ),
      ],
      { ...major, hasUndecodable: true },
    ],
    [
      'of a registration leaves latching and limit unknown',
      [
        registered(0),
        anEvent(
          { fact: 'undecodable', slot: 'registration', reason: 'truncated' },
          mark(2, 'registered-alarms'),
        ),
      ],
      { isLatching: true, canShelve: false, hasUndecodable: true },
    ],
    [
      'is forgotten with the next one that can',
      [epics(1, 'MAJOR'), broken('epics', 2), epics(3, 'NO_ALARM')],
      {},
    ],
    [
      'calls anew with the next one that can: what happened in between is not known',
      [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), broken('epics', 3), epics(4, 'MAJOR')],
      { ...major, isSinceExact: false, calls: { epics: active(4) } },
    ],
    [
      'that is older than what is known changes nothing',
      [epics(3, 'NO_ALARM'), broken('epics', 2)],
      {},
    ],
  ])('%s', (_case, events, row) => {
    given(...events).shows(row);
  });
});

describe('the slot of a fact', () => {
  const snapshot = { upTo: active(1), upToWrittenAt: at(1) };
  const occurrence = {
    openedBy: mark(1),
    startedAt: at(1),
    highestLevel: 'MAJOR' as const,
    calls: {},
    isKnownFromStart: true,
  };
  it.each<[AlarmFact, string]>([
    [{ fact: 'registered', registration: aRegistration() }, 'registration'],
    [{ fact: 'unregistered' }, 'registration'],
    [simple(1, true).fact, 'simple'],
    [epics(1, 'MAJOR').fact, 'epics'],
    [simpleAck(1, true).fact, 'simpleAck'],
    [epicsAck(1, 'NO_ACK').fact, 'epicsAck'],
    [shelved(1, null).fact, 'shelf'],
    [{ fact: 'unshelved' }, 'shelf'],
    [{ fact: 'occurrenceKept', snapshot: { ...snapshot, occurrence } }, 'snapshot'],
    [{ fact: 'occurrenceClosed', upTo: null }, 'snapshot'],
  ])('%o stands under %s', (fact, slot) => {
    expect(slotOf(fact)).toEqual(slot);
  });

  it('of an undecodable record is the one that its key tells', () => {
    const slots = SLOTS.map((slot) => slotOf({ fact: 'undecodable', slot, reason: '' }));
    expect(slots).toEqual([...SLOTS]);
  });
});

function bookOf(events: readonly AlarmEvent[]): Map<string, AlarmRow> {
  const book = createAlarmBook();
  for (const event of events) book.apply(event);
  return new Map(book.takeChanges(at(500)).rows.map((row) => [row.name, row]));
}

it('a name may be any text', () => {
  const names = ['', ' ', 'a|b', 'it’s "x"', 'Насос', 'ポンプ', '__proto__', 'constructor'];
  const book = createAlarmBook();
  for (const name of names) book.apply({ ...registered(1), name: alarmName(name) });
  expect(book.takeChanges(at(5)).rows.map((row) => row.name)).toEqual(names);
});
