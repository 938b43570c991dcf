import { describe, expect, it } from 'vitest';
import {
  isAfter,
  isSamePosition,
  isSameStream,
  replaces,
} from '../../../../core/alarm/record-order.ts';
import { active, at, mark } from '../../../builders/alarm-events.ts';

describe('which record comes after which', () => {
  const inOther = (offset: number, second: number) => ({
    ...mark(offset, 'active-alarms', 'anna', 1),
    writtenAt: at(second),
  });
  it.each<[string, ReturnType<typeof mark>, ReturnType<typeof mark>, boolean]>([
    ['a higher offset', mark(2), mark(1), true],
    ['a lower offset', mark(1), mark(2), false],
    ['the same record', mark(1), mark(1), false],
    [
      'a higher offset by a clock that runs behind',
      { ...mark(2), writtenAt: at(0) },
      mark(1),
      true,
    ],
    ['another partition, later', inOther(0, 9), mark(5), true],
    ['another partition, earlier', inOther(9, 2), mark(5), false],
  ])('%s', (_case, a, b, after) => {
    expect(isAfter(a, b)).toBe(after);
  });
});

it('offsets are compared within one partition of one topic', () => {
  expect([
    isSameStream(active(1), active(2)),
    isSameStream(active(1), active(1, 1)),
    isSameStream(active(1), { ...active(1), topic: 'other' }),
    isSamePosition(active(1), active(1)),
    isSamePosition(active(1), active(2)),
    isSamePosition(active(1), active(1, 1)),
  ]).toEqual([true, false, false, true, false, false]);
});

it('of two records of one millisecond exactly one takes the place of the other', () => {
  const low = mark(5);
  const high = { ...mark(2, 'active-alarms', 'anna', 1), writtenAt: at(5) };
  expect([
    replaces(high, low),
    replaces(low, high),
    replaces(low, low),
    replaces(mark(6), mark(5)),
    replaces(mark(5), mark(6)),
  ]).toEqual([true, false, false, true, false]);
});
