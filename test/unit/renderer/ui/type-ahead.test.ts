import { describe, expect, it } from 'vitest';
import { NO_TYPE_AHEAD, TYPE_AHEAD_MS, typed } from '../../../../renderer/ui/type-ahead.ts';

describe('type ahead', () => {
  it('joins letters that follow each other', () => {
    const first = typed(NO_TYPE_AHEAD, 'V', 10_000, 'asuz');
    expect(first).toEqual({ text: 'v', lastAt: 10_000 });
    expect(typed(first ?? NO_TYPE_AHEAD, 'i', 10_500, 'asuz')?.text).toBe('vi');
  });

  it('leaves the letters of commands alone, unless a word is being typed', () => {
    expect(typed(NO_TYPE_AHEAD, 'a', 10_000, 'asuz')).toBeNull();
    expect(typed({ text: 'v', lastAt: 10_000 }, 'a', 10_500, 'asuz')?.text).toBe('va');
  });

  it('begins anew after a pause', () => {
    const late = 10_001 + TYPE_AHEAD_MS;
    expect(typed({ text: 'v', lastAt: 10_000 }, 'b', late, 'asuz')?.text).toBe('b');
    expect(typed({ text: 'v', lastAt: 10_000 }, 'a', late, 'asuz')).toBeNull();
  });

  it('is not for keys that write nothing', () => {
    expect(typed(NO_TYPE_AHEAD, 'F5', 10_000, '')).toBeNull();
    expect(typed(NO_TYPE_AHEAD, ' ', 10_000, '')).toBeNull();
  });
});
