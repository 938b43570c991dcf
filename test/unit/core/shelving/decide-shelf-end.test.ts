import { describe, expect, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { type EpochMs, epochMs, LATEST_AT } from '../../../../core/lib/units.ts';
import { decideShelfEnd, shelfDueAt } from '../../../../core/shelving/decide-shelf-end.ts';
import type { ShelfCause } from '../../../../core/shelving/shelf-cause.ts';
import {
  anEvent,
  at,
  byService,
  epics,
  mark,
  registered,
  shelved,
  unshelved,
} from '../../../builders/alarm-events.ts';
import { stateAfter } from '../../../builders/story.ts';

const shelfAt = (offset: number) => ({ topic: 'shelved-alarms', partition: 0, offset });
const name = alarmName('channel1');

/** The tombstone that the service writes. */
function ends(offset: number, because: ShelfCause) {
  return { name, fact: { fact: 'unshelved' }, replaces: shelfAt(offset), because };
}

/** The shelf that the service writes in the name of anna, who shelved. */
function shelvesAgain(offset: number, expiresAt: number | null, because: ShelfCause) {
  const shelf = { expiresAt, reason: 'noisy' };
  const onBehalfOf = { user: 'anna' };
  return { name, fact: { fact: 'shelved', shelf }, replaces: shelfAt(offset), because, onBehalfOf };
}

function decided(now: EpochMs, ...events: readonly AlarmEvent[]) {
  return decideShelfEnd(stateAfter(events), now);
}

describe('a shelf that ends by itself', () => {
  it('is left alone to the last millisecond, and then ended once', () => {
    expect(decided(epochMs(at(60) - 1), shelved(10, at(60)))).toBeNull();
    expect(decided(at(60), shelved(10, at(60)))).toEqual(ends(10, 'expired'));
    expect(decided(at(61), shelved(10, at(60)), byService(unshelved(11), 10))).toBeNull();
  });

  it('is ended as long as its tombstone is missing, however late', () => {
    expect(decided(at(900_000), shelved(10, at(60)))).toEqual(ends(10, 'expired'));
  });

  it('until somebody unshelves has no end', () => {
    expect(decided(epochMs(LATEST_AT), shelved(10, null))).toBeNull();
    expect(shelfDueAt(stateAfter([shelved(10, null)]))).toBeNull();
  });

  it('that nobody wrote is nothing to end', () => {
    expect(decided(at(900_000), epics(1, 'MAJOR'), registered(2))).toBeNull();
    expect(decided(at(900_000), unshelved(3))).toBeNull();
  });
});

describe('a shelf written by hand', () => {
  const limit = registered(1, { maxShelvedSeconds: 100 });

  it.each<[string, number]>([
    ['negative', -1],
    ['zero', 0],
    ['before its own record', at(9)],
    ['at its own record', at(10)],
  ])('with an end that is %s hides nothing and is ended at once', (_case, expiresAt) => {
    expect(decided(at(10), shelved(10, expiresAt))).toEqual(ends(10, 'ended-before-it-began'));
    expect(decided(at(10), limit, shelved(10, expiresAt))).toEqual(
      ends(10, 'ended-before-it-began'),
    );
  });

  it.each<[string, number | null, ShelfCause]>([
    ['too long', at(10_000), 'over-limit'],
    ['2^53 + 1', 2 ** 53 + 1, 'over-limit'],
    ['missing', null, 'no-end'],
  ])('with an end that is %s is cut to the limit, then ended there', (_case, expiresAt, cause) => {
    const hand = [limit, shelved(10, expiresAt)];
    expect(decided(at(11), ...hand)).toEqual(shelvesAgain(10, at(110), cause));
    const cut = [...hand, byService(shelved(12, at(110)), 10, cause)];
    expect(decided(epochMs(at(110) - 1), ...cut)).toBeNull();
    expect(decided(at(110), ...cut)).toEqual(ends(12, 'expired'));
  });

  it('beyond the limit by less than clocks may differ is not cut, but ends at the limit', () => {
    const slow = [limit, shelved(10, at(114))];
    expect(decided(at(109), ...slow)).toBeNull();
    expect(decided(at(110), ...slow)).toEqual(ends(10, 'limit-reached'));
  });

  it('is ended at the limit where no service cut it before', () => {
    expect(decided(at(110), limit, shelved(10, null))).toEqual(ends(10, 'limit-reached'));
  });

  it('of an alarm that may not be shelved is ended at once', () => {
    const forbidden = registered(1, { maxShelvedSeconds: 0 });
    expect(decided(at(10), forbidden, shelved(10, at(60)))).toEqual(ends(10, 'not-allowed'));
  });

  it('of an alarm whose registration comes later is cut then, and due since then', () => {
    const late = [shelved(10, null), registered(20, { maxShelvedSeconds: 100 })];
    expect(decided(at(21), ...late)).toEqual(shelvesAgain(10, at(110), 'no-end'));
    expect(shelfDueAt(stateAfter(late))).toEqual(at(20));
  });

  it('without an end, of an alarm whose limit cannot be decoded, is neither cut nor ended', () => {
    const unreadable = anEvent(
      { fact: 'undecodable', slot: 'registration', reason: 'x' },
      mark(1, 'registered-alarms'),
    );
    expect(decided(at(900_000), unreadable, shelved(10, null))).toBeNull();
    expect(decided(at(60), unreadable, shelved(10, at(60)))).toEqual(ends(10, 'expired'));
  });
});

describe('when the service has to look', () => {
  it.each<[string, readonly AlarmEvent[], number | null]>([
    ['at the end', [shelved(10, at(60))], at(60)],
    [
      'at the record, when that is cut',
      [registered(1, { maxShelvedSeconds: 9 }), shelved(10, null)],
      at(10),
    ],
    ['at the record, when its end is negative', [shelved(10, -5)], at(10)],
    ['never, when nothing is shelved', [unshelved(10)], null],
    [
      'never, when the shelf cannot be read',
      [anEvent({ fact: 'undecodable', slot: 'shelf', reason: 'x' }, mark(10, 'shelved-alarms'))],
      null,
    ],
  ])('%s', (_case, events, dueAt) => {
    expect(shelfDueAt(stateAfter(events))).toEqual(dueAt);
  });
});

describe('a tombstone that comes later than a newer shelf', () => {
  const raced = [
    shelved(10, at(60)),
    shelved(61, at(120)),
    byService(unshelved(62), 10, 'expired'),
  ];

  it('does not end the newer one, which is written once more', () => {
    expect(stateAfter(raced).shelf?.says.expiresAt).toBe(at(120));
    expect(decided(at(62), ...raced)).toEqual(shelvesAgain(62, at(120), 'written-again'));
    expect(shelfDueAt(stateAfter(raced))).toEqual(at(62));
  });

  it('is answered by the end of the newer one, when that has come meanwhile', () => {
    expect(decided(at(120), ...raced)).toEqual(ends(62, 'expired'));
  });

  it('is mended by the first of ten services; the records of the others change nothing', () => {
    const again = (offset: number) => byService(shelved(offset, at(120)), 62);
    const mended = stateAfter([...raced, again(63), again(64), again(65)]);
    expect(decideShelfEnd(mended, at(66))).toBeNull();
    expect(mended.shelf?.record.offset).toBe(65);
  });

  it('leaves what is written once more to whoever unshelved meanwhile', () => {
    const again = byService(shelved(64, at(120)), 62);
    const undone = [...raced, unshelved(63), again];
    expect(stateAfter(undone).shelf).toBeNull();
    expect(decided(at(65), ...undone)).toEqual(ends(64, 'written-again'));
    expect(decided(at(66), ...undone, byService(unshelved(65), 64))).toBeNull();
  });

  it('read twice changes nothing', () => {
    expect(stateAfter([...raced, ...raced])).toEqual(stateAfter(raced));
  });

  it('counts where only the remains are left: the alarm is shown rather than hidden', () => {
    expect(stateAfter([byService(unshelved(62), 10)]).shelf).toBeNull();
  });

  it('counts like any other once somebody has shelved anew', () => {
    const anew = [...raced, shelved(70, at(300))];
    expect(decided(at(71), ...anew)).toBeNull();
  });
});

it('a record that was copied from another log, and names what is still to come, stops no later one', () => {
  const copied = byService(shelved(10, at(60)), 5_000);
  expect(decided(at(60), copied)).toEqual(ends(10, 'expired'));
  const ended = [copied, byService(unshelved(61), 10, 'expired')];
  expect(stateAfter(ended).shelf).toBeNull();
  expect(decided(at(62), ...ended)).toBeNull();
});

it('a cut that comes later than an unshelving hides nothing, and the unshelving is written once more', () => {
  const limit = registered(1, { maxShelvedSeconds: 100 });
  const cut = byService(shelved(12, at(110)), 10, 'no-end');
  const events = [limit, shelved(10, null), unshelved(11), cut];
  expect(stateAfter(events).shelf).toBeNull();
  expect(decided(at(13), ...events)).toEqual(ends(12, 'written-again'));
});
