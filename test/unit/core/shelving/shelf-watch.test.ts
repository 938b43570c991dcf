import { describe, expect, it } from 'vitest';
import { createAlarmBook } from '../../../../core/alarm/alarm-book.ts';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import { overdueShelves } from '../../../../core/shelving/shelf-watch.ts';
import {
  at,
  byService,
  epics,
  registered,
  shelved,
  unshelved,
} from '../../../builders/alarm-events.ts';

function bookOf(...events: readonly AlarmEvent[]) {
  const book = createAlarmBook();
  for (const event of events) book.apply(event);
  return book;
}

describe('shelves that are due', () => {
  it('come up at their moment and go when the log says so', () => {
    const book = bookOf(shelved(10, at(60)));
    expect(book.nextShelfDue()).toBe(at(60));
    expect(book.dueShelves(epochMs(at(60) - 1)).size).toBe(0);
    expect([...book.dueShelves(at(60))]).toEqual([['channel1', at(60)]]);
    book.apply(byService(unshelved(61), 10));
    expect(book.dueShelves(at(62)).size).toBe(0);
    expect(book.nextShelfDue()).toBeNull();
  });

  it('wait again when the time as known goes back', () => {
    const book = bookOf(shelved(10, at(60)));
    expect(book.dueShelves(at(60)).size).toBe(1);
    expect(book.dueShelves(at(50)).size).toBe(0);
    expect(book.nextShelfDue()).toBe(at(60));
    expect(book.dueShelves(at(60)).size).toBe(1);
  });

  it('change with the registration, and with nothing else of the alarm', () => {
    const book = bookOf(shelved(10, at(600)), epics(11, 'MAJOR'));
    expect(book.nextShelfDue()).toBe(at(600));
    book.apply(registered(20, { maxShelvedSeconds: 100 }));
    expect([...book.dueShelves(at(20)).values()]).toEqual([at(20)]);
  });

  it('go when their topic is read anew', () => {
    const book = bookOf(shelved(10, at(60)));
    book.dueShelves(at(70));
    book.forget(['shelf']);
    expect(book.dueShelves(at(70)).size).toBe(0);
  });
});

describe('overdue shelves', () => {
  it('count from three seconds on, so that a console shows them within five', () => {
    const book = bookOf(shelved(10, at(60)), {
      ...shelved(11, at(61)),
      name: alarmName('channel2'),
    });
    const counts = [60, 62, 63, 64, 65].map((seconds) => overdueShelves(book, at(seconds)));
    expect(counts).toEqual([0, 0, 1, 2, 2]);
  });

  it('are those too that nobody has cut to their limit', () => {
    const book = bookOf(registered(1, { maxShelvedSeconds: 100 }), shelved(10, null));
    expect([at(12), at(13)].map((now) => overdueShelves(book, now))).toEqual([0, 1]);
  });
});
