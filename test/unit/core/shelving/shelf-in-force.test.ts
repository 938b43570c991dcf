import { describe, expect, it } from 'vitest';
import type { AlarmRow } from '../../../../core/effective-state/alarm-row.ts';
import { epochMs, LATEST_AT } from '../../../../core/lib/units.ts';
import { shelfInForce, shelfTerm } from '../../../../core/shelving/shelf-in-force.ts';
import {
  active,
  aRegistration,
  at,
  epics,
  mark,
  registered,
  shelved,
} from '../../../builders/alarm-events.ts';
import { given, standing } from '../../../builders/story.ts';

const held = (expiresAt: number | null) => ({
  record: mark(10, 'shelved-alarms'),
  says: { expiresAt: expiresAt === null ? null : epochMs(expiresAt), reason: 'noisy' },
});
const limited = (maxShelvedSeconds: number | null) => aRegistration({ maxShelvedSeconds });

describe('the part of a shelf that counts', () => {
  it.each<[string, number | null, number | null, number | null | 'nothing']>([
    ['within the limit', at(60), 100, at(60)],
    ['exactly the limit, counted from the record', at(110), 100, at(110)],
    ['beyond the limit: to the limit', at(111), 100, at(110)],
    ['no end, but a limit: to the limit', null, 100, at(110)],
    ['no end, no limit: until unshelved', null, null, null],
    ['an end, no limit', at(5_000), null, at(5_000)],
    ['a limit of 0: nothing', at(60), 0, 'nothing'],
    ['a limit of 0 and no end: nothing', null, 0, 'nothing'],
    ['a limit below 0: nothing', at(60), -1, 'nothing'],
    ['2^53 + 1: the latest moment that a date can hold', 2 ** 53 + 1, null, LATEST_AT],
    ['2^53 + 1 with a limit: to the limit', 2 ** 53 + 1, 100, at(110)],
  ])('%s', (_case, expiresAt, limit, counts) => {
    expect(shelfTerm(held(expiresAt), limited(limit))).toEqual(
      counts === 'nothing' ? null : { untilAt: counts },
    );
  });

  it('of an alarm that is not registered has no limit', () => {
    expect(shelfTerm(held(null), null)).toEqual({ untilAt: null });
  });
});

describe('the shelf that covers the alarm at a moment', () => {
  it.each<[string, number | null, number, boolean]>([
    ['before its end', at(60), at(59), true],
    ['at its end', at(60), at(60), false],
    ['after its end', at(60), at(61), false],
    ['without an end', null, LATEST_AT, true],
    ['with the end -1', -1, 0, false],
    ['with the end 1, long over', 1, at(0), false],
    ['with an end beyond every date', 2 ** 53 + 1, at(1_000_000), true],
    ['by a clock that runs behind the record', at(60), at(0), true],
  ])('%s', (_case, expiresAt, now, covers) => {
    const inForce = shelfInForce(held(expiresAt), limited(null), epochMs(now));
    expect(inForce !== null).toEqual(covers);
  });

  it('none was written', () => {
    expect(shelfInForce(null, limited(null), at(1))).toEqual(null);
  });
});

describe('a shelved alarm', () => {
  const major = standing('unacknowledged', 'MAJOR', {
    status: 'HIHI',
    sinceAt: at(1),
    calls: { epics: active(1) },
  });
  const covered: Partial<AlarmRow> = {
    ...major,
    effective: 'shelved',
    shelvedUntilAt: at(60),
    shelvedBy: 'anna',
    shelfReason: 'noisy',
  };

  it('is covered, and keeps its own state', () => {
    given(epics(1, 'MAJOR'), shelved(2, at(60))).shows(covered, at(59));
  });

  it('comes back by itself at the end, with no record and no service', () => {
    given(epics(1, 'MAJOR'), shelved(2, at(60))).shows(major, at(60));
  });

  it('goes on changing underneath', () => {
    given(shelved(0, at(60)), epics(1, 'MAJOR')).shows(covered, at(59));
  });

  it('is covered no longer when its registration forbids shelving', () => {
    given(epics(1, 'MAJOR'), shelved(2, at(60)), registered(3, { maxShelvedSeconds: 0 })).shows(
      { ...major, isRegistered: true, location: 'INJ', category: 'RF', canShelve: false },
      at(10),
    );
  });

  it('by a record without a user is shelved by nobody named', () => {
    const nameless = { ...shelved(2, at(60)), mark: { ...mark(2, 'shelved-alarms'), audit: {} } };
    given(epics(1, 'MAJOR'), nameless).shows({ ...covered, shelvedBy: '' }, at(59));
  });
});
