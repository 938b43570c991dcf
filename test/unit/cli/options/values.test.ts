import { describe, expect, it } from 'vitest';
import {
  readDuration,
  readInteger,
  readMoment,
  readPast,
  readSeconds,
} from '../../../../cli/options/values.ts';
import { epochMs } from '../../../../core/lib/units.ts';

describe('moments', () => {
  it.each([
    ['2026-11-24T14:00:00Z', '2026-11-24T14:00:00.000Z'],
    ['2026-11-24 14:00 +01:00', '2026-11-24T13:00:00.000Z'],
    ['2026-11-24T14:00:00.5-0330', '2026-11-24T17:30:00.500Z'],
    ['2026-11-24T14:00+02', '2026-11-24T12:00:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(readMoment(text)).toEqual({ ok: true, value: Date.parse(iso) });
  });

  it.each([
    ['2026-11-24T14:00:00', 'its time zone is missing; add Z, or the offset as +01:00.'],
    ['2026-11-24', 'its time zone is missing; add Z, or the offset as +01:00.'],
    ['2026-11-24Z', 'the time of day is missing.'],
    ['2026-02-30T00:00:00Z', 'there is no such moment.'],
    ['2026-13-01T00:00:00Z', 'there is no such moment.'],
    ['2026-11-24T25:00:00Z', 'there is no such moment.'],
    ['yesterday', 'write it as 2026-11-24T14:00:00Z.'],
    ['', 'write it as 2026-11-24T14:00:00Z.'],
  ])('refuses %s', (text, sentence) => {
    expect(readMoment(text)).toEqual({ ok: false, error: sentence });
  });
});

describe('lengths of time', () => {
  it.each([
    ['15min', 900_000],
    ['2h', 7_200_000],
    ['1h30min', 5_400_000],
    ['1 h 30 min', 5_400_000],
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['1d', 86_400_000],
  ])('reads %s', (text, ms) => {
    expect(readDuration(text)).toEqual({ ok: true, value: ms });
  });

  it.each(['15', '', '0min', '-5min', '5 years', 'min', '1h30', '1e9h'])('refuses %s', (text) => {
    expect(readDuration(text).ok).toBe(false);
  });

  it('count from now where a moment before it is wanted', () => {
    const read = readPast(epochMs(10_000_000));
    expect(read('1h')).toEqual({ ok: true, value: 6_400_000 });
    expect(read('10')).toMatchObject({ ok: false });
    expect(read('2026-11-24T14:00:00')).toMatchObject({
      error: expect.stringContaining('time zone'),
    });
  });
});

describe('numbers', () => {
  it('are whole and exact', () => {
    expect(readInteger('4102444800000')).toEqual({ ok: true, value: 4_102_444_800_000 });
    expect(readInteger('-1')).toEqual({ ok: true, value: -1 });
    for (const text of ['', '1.5', '1e3', 'x', '9007199254740993', '0x10']) {
      expect(readInteger(text).ok).toBe(false);
    }
  });

  it('of seconds are above 0', () => {
    expect(readSeconds('0.5')).toEqual({ ok: true, value: 500 });
    for (const text of ['0', '-1', 'x', '']) expect(readSeconds(text).ok).toBe(false);
  });
});
