import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAlarmBook } from '../../../../core/alarm/alarm-book.ts';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import type { AlarmRow } from '../../../../core/effective-state/alarm-row.ts';
import type { AlarmCounts } from '../../../../core/effective-state/counts.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import {
  anEvent,
  at,
  epics,
  epicsAck,
  mark,
  registered,
  shelved,
} from '../../../builders/alarm-events.ts';
import { anyAlarmLog } from '../../../builders/any-alarm-log.ts';

const named = (name: string, event: AlarmEvent): AlarmEvent => ({
  ...event,
  name: alarmName(name),
});
const unregistered = anEvent({ fact: 'unregistered' }, mark(9, 'registered-alarms'));

function bookOf(...events: AlarmEvent[]) {
  const book = createAlarmBook();
  for (const event of events) book.apply(event);
  return book;
}

const sumOfStates = (counts: AlarmCounts): number =>
  counts.normal +
  counts.unacknowledged +
  counts.acknowledged +
  counts.returned +
  counts.shelved +
  counts.suppressed +
  counts.outOfService +
  counts.undecodable;

describe('what has changed', () => {
  it('is every alarm that was touched, once, as it is now', () => {
    const book = bookOf(registered(0), epics(1, 'MINOR'), epics(2, 'MAJOR'));
    const rows = book.takeChanges(at(5)).rows.map(({ name, level }) => ({ name, level }));
    expect(rows).toEqual([{ name: 'channel1', level: 'MAJOR' }]);
  });

  it('is nothing once it is taken, and nothing when a record comes twice', () => {
    const book = bookOf(registered(0), epics(1, 'MINOR'));
    book.takeChanges(at(5));
    book.apply(epics(1, 'MINOR'));
    expect([book.hasChanges, book.takeChanges(at(5))]).toEqual([false, { rows: [], removed: [] }]);
  });

  it('stays changed beyond the limit that is taken', () => {
    const book = bookOf(...['A', 'B', 'C'].map((name) => named(name, registered(0))));
    const taken = [book.takeChanges(at(5), 2), book.takeChanges(at(5), 2)];
    expect(taken.map(({ rows }) => rows.map((row) => row.name))).toEqual([['A', 'B'], ['C']]);
  });

  it('removes what no list shows any more, and only what one has shown', () => {
    const book = bookOf(
      registered(0),
      named('unseen', registered(0)),
      named('unseen', unregistered),
    );
    const first = book.takeChanges(at(5));
    book.apply(unregistered);
    expect([first.removed, book.takeChanges(at(10))]).toEqual([
      [],
      { rows: [], removed: ['channel1'] },
    ]);
  });

  it('keeps listing an alarm that is not registered while it is not normal', () => {
    const book = bookOf(epics(1, 'MAJOR'), named('quiet', epics(1, 'NO_ALARM')));
    expect(book.takeChanges(at(5)).rows.map((row) => row.name)).toEqual(['channel1']);
  });
});

describe('time', () => {
  it('the next deadline is the soonest end of a shelf that covers', () => {
    const book = bookOf(
      named('A', shelved(1, at(90))),
      named('B', shelved(2, at(60))),
      named('C', shelved(3, null)),
      named('D', shelved(4, at(3))),
    );
    book.takeChanges(at(5));
    expect(book.nextDeadline()).toBe(at(60));
  });

  it('at the end of its shelf the alarm is among the changes, not before', () => {
    const book = bookOf(registered(0), shelved(1, at(60)));
    book.takeChanges(at(5));
    const shown = [at(59), at(60)].map((now) =>
      book.takeChanges(now).rows.map((row) => row.effective),
    );
    expect(shown).toEqual([[], ['normal']]);
  });

  it('a shelf that is moved ends at its new end', () => {
    const book = bookOf(registered(0), shelved(1, at(60)));
    book.takeChanges(at(5));
    book.apply(shelved(6, at(80)));
    const shown = [at(61), at(79), at(80)].map((now) =>
      book.takeChanges(now).rows.map((row) => row.effective),
    );
    expect(shown).toEqual([['shelved'], [], ['normal']]);
  });

  it('no shelf, no deadline', () => {
    expect(bookOf(registered(0)).nextDeadline()).toBe(null);
  });
});

describe('counts', () => {
  it('of one alarm in each state', () => {
    const broken = anEvent({ fact: 'undecodable', slot: 'epics', reason: 'truncated' }, mark(3));
    const book = bookOf(
      named('normal', registered(0)),
      named('unacknowledged', epics(1, 'MAJOR')),
      named('acknowledged', epics(1, 'MAJOR')),
      named('acknowledged', epicsAck(2, 'MAJOR_ACK')),
      named('returned', registered(0, { isLatching: true })),
      named('returned', epics(1, 'MAJOR')),
      named('returned', epics(2, 'NO_ALARM')),
      named('shelved', shelved(1, null)),
      named('undecodable', broken),
    );
    book.takeChanges(at(5));
    expect(book.counts()).toEqual({
      registered: 2,
      notRegistered: 4,
      normal: 1,
      unacknowledged: 1,
      acknowledged: 1,
      returned: 1,
      shelved: 1,
      suppressed: 0,
      outOfService: 0,
      undecodable: 1,
    });
  });

  it('always add up: registered + notRegistered = the sum of the states = the rows that a list shows', () => {
    fc.assert(
      fc.property(anyAlarmLog, fc.array(fc.nat(1_000), { maxLength: 8 }), (log, pauses) => {
        const book = createAlarmBook();
        const shown = new Map<string, AlarmRow>();
        let now = 0;
        const look = (): void => {
          const { rows, removed } = book.takeChanges(at(now));
          for (const row of rows) shown.set(row.name, row);
          for (const name of removed) shown.delete(name);
          const counts = book.counts();
          const listed = [...shown.values()];
          expect([counts.registered + counts.notRegistered, counts.registered]).toEqual([
            sumOfStates(counts),
            listed.filter((row) => row.isRegistered).length,
          ]);
          expect(sumOfStates(counts)).toBe(listed.length);
        };
        for (const [index, event] of log.entries()) {
          book.apply(event);
          now += pauses[index] ?? 1;
          look();
        }
        book.forget(['registration', 'shelf']);
        look();
      }),
      { numRuns: 300 },
    );
  });

  it('what a list shows by changes is what a fresh look shows', () => {
    fc.assert(
      fc.property(anyAlarmLog, fc.nat(3), (log, limit) => {
        const book = createAlarmBook();
        const shown = new Map<string, AlarmRow>();
        const take = (now: number, most?: number): void => {
          const { rows, removed } = book.takeChanges(at(now), most);
          for (const row of rows) shown.set(row.name, row);
          for (const name of removed) shown.delete(name);
        };
        for (const [index, event] of log.entries()) {
          book.apply(event);
          take(index * 10, limit);
        }
        take(1_000);
        const fresh = bookOf(...log).takeChanges(at(1_000)).rows;
        expect(shown).toEqual(new Map(fresh.map((row) => [row.name, row])));
      }),
      { numRuns: 500 },
    );
  });
});

it('holds each alarm once, and gives its state by name', () => {
  const book = bookOf(
    named('A', registered(0)),
    named('A', epics(1, 'MAJOR')),
    named('B', registered(0)),
  );
  expect([
    book.size,
    [...book.states()].map((state) => state.name),
    book.state(alarmName('A'))?.epics?.says.severity,
    book.state(alarmName('C')),
  ]).toEqual([2, ['A', 'B'], 'MAJOR', undefined]);
});
