import { describe, expect, it } from 'vitest';
import { createTextPool } from '../../../../schemas/codecs/text-pool.ts';

describe('one copy of each text', () => {
  it('answers what it was asked for, however often and however long', () => {
    const pool = createTextPool();
    for (const text of ['', 'L1', 'ünïcode', 'x'.repeat(10_000), 'L1']) {
      expect(pool.one(text)).toBe(text);
    }
  });

  it('goes on after it was full', () => {
    const pool = createTextPool();
    for (let index = 0; index < 10_000; index += 1) expect(pool.one(`${index}`)).toBe(`${index}`);
  });
});
