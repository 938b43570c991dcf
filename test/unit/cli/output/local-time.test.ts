import { describe, expect, it } from 'vitest';
import { ctime, zonedTime } from '../../../../cli/output/local-time.ts';
import { epochMs } from '../../../../core/lib/units.ts';

describe('times', () => {
  it('are written as ctime does, the day padded with a space', () => {
    const at = epochMs(new Date(2026, 10, 3, 4, 5, 6, 789).getTime());
    expect(ctime(at)).toBe('Tue Nov  3 04:05:06 2026');
    expect(ctime(epochMs(at + 1_000))).toBe('Tue Nov  3 04:05:07 2026');
    expect(ctime(at)).toBe('Tue Nov  3 04:05:06 2026');
  });

  it('in sentences name their zone', () => {
    const at = epochMs(Date.UTC(2026, 10, 3, 4, 5, 6));
    expect(zonedTime(at)).toMatch(/^2026-11-0\d \d\d:\d\d:06 [+-]\d\d:\d\d$/);
    expect(Date.parse(zonedTime(at))).toBe(at);
  });
});
