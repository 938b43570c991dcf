import { describe, expect, it } from 'vitest';
import { durationMs, epochMs, LATEST_AT } from '../../../../core/lib/units.ts';

describe('moments', () => {
  it.each([
    [0, 0],
    [-1, -1],
    [1.9, 1],
    [2 ** 53 + 1, LATEST_AT],
    [-(2 ** 60), -LATEST_AT],
    [Number.POSITIVE_INFINITY, LATEST_AT],
    [Number.NEGATIVE_INFINITY, -LATEST_AT],
    [Number.NaN, 0],
  ])('%d counts as %d', (given, moment) => {
    expect(epochMs(given)).toBe(moment);
  });

  it('are always moments that a date can hold', () => {
    expect([LATEST_AT, -LATEST_AT].map((at) => new Date(epochMs(at)).getTime())).toEqual([
      LATEST_AT,
      -LATEST_AT,
    ]);
  });
});

describe('lengths of time', () => {
  it.each([
    [0, 0],
    [1.5, 1.5],
    [-3, -3],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 0],
  ])('%d counts as %d', (given, length) => {
    expect(durationMs(given)).toBe(length);
  });
});
