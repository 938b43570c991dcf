import { expect, it } from 'vitest';
import { epochMs } from '../../../../core/lib/units.ts';
import { formatTime } from '../../../../main/session/format-time.ts';

const noon = epochMs(new Date(2026, 0, 2, 12, 3, 58).getTime());

it('gives the time of day alone for today', () => {
  expect(formatTime(noon, epochMs(noon + 1_000))).toBe('12:03:58');
});

it('gives the date with it for any other day', () => {
  expect(formatTime(noon, epochMs(noon + 86_400_000))).toBe('2026-01-02 12:03:58');
});
