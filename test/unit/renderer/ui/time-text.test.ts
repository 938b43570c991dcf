import { describe, expect, it } from 'vitest';
import {
  ageText,
  alarmsText,
  clockText,
  count,
  dayAndClockText,
  durationText,
  fullTimeText,
  shortTimeText,
  timeLeftText,
  zoneText,
} from '../../../../renderer/ui/time-text.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;

describe('time text', () => {
  it.each([
    [-5, '0 s'],
    [0, '0 s'],
    [52_400, '52 s'],
    [99_999, '99 s'],
    [100_000, '1 m'],
    [59 * MINUTE, '59 m'],
    [HOUR + 27 * MINUTE, '1 h 27'],
    [HOUR + 5 * MINUTE, '1 h 05'],
    [76 * HOUR, '3 d 4 h'],
  ])('an age of %d ms is %s', (ms, text) => {
    expect(ageText(ms)).toBe(text);
  });

  it('says the day of a record that is not of today', () => {
    const now = new Date(2026, 10, 22, 6).getTime();
    expect(dayAndClockText(now - HOUR, now)).toBe('05:00:00');
    expect(dayAndClockText(now - 10 * HOUR, now)).toBe('21 Nov 20:00:00');
  });

  it.each([
    [0, 'UTC+0'],
    [60, 'UTC+1'],
    [330, 'UTC+5:30'],
    [-210, 'UTC-3:30'],
  ])('a clock %d minutes east of Greenwich shows %s', (minutes, text) => {
    expect(zoneText(minutes)).toBe(text);
  });

  it.each([
    [-1, 'ends now'],
    [424_000, '7:04'],
    [HOUR, '1 h 00'],
  ])('with %d ms left a shelf says %s', (ms, text) => {
    expect(timeLeftText(ms)).toBe(text);
  });

  it.each([
    [15 * MINUTE, '15 min'],
    [8 * HOUR, '8 h'],
    [90 * MINUTE, '1 h 30 min'],
    [45_000, '45 s'],
    [0, '0 s'],
  ])('a limit of %d ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it('groups digits, and says one alarm and two alarms', () => {
    expect(count(41_200)).toBe('41,200');
    expect([alarmsText(1), alarmsText(1_200)]).toEqual(['1 alarm', '1,200 alarms']);
  });

  it('names the day of a moment that is not today', () => {
    const noon = new Date(2026, 10, 22, 12, 4, 7).getTime();
    expect(shortTimeText(noon, noon + HOUR)).toBe('12:04');
    expect(shortTimeText(noon, noon + 48 * HOUR)).toBe('22 Nov 12:04');
    expect(clockText(noon)).toBe('12:04:07');
    expect(fullTimeText(noon)).toBe('22 Nov 2026, 12:04:07');
    expect(fullTimeText(new Date(2026, 8, 5, 4, 5, 6).getTime())).toBe('5 Sep 2026, 04:05:06');
  });

  it('says so where no calendar holds the moment, and does not throw', () => {
    expect(fullTimeText(Number.NaN)).toBe('–');
    expect(shortTimeText(9e15, 0)).toBe('a time that no calendar holds');
  });
});
