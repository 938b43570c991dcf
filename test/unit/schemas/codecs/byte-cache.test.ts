import { describe, expect, it } from 'vitest';
import { ByteCache } from '../../../../schemas/codecs/byte-cache.ts';

function bytesOf(index: number): Buffer {
  return Buffer.from(`alarm${index}:VAC`);
}

describe('what bytes mean', () => {
  it('is found again for equal bytes in any buffer, and for nothing else', () => {
    const cache = new ByteCache<string>(4096);
    cache.keep(bytesOf(1), [0, 10], 1, 'one');
    const elsewhere = Buffer.concat([Buffer.from([9]), bytesOf(1)]);
    expect(cache.find(elsewhere, 1, 11, 1)).toBe('one');
    expect(cache.find(elsewhere, 1, 11, 2)).toBeUndefined();
    expect(cache.find(elsewhere, 1, 10, 1)).toBeUndefined();
    expect(cache.find(bytesOf(2), 0, 10, 1)).toBeUndefined();
  });

  it('does not change with the buffer that it was read from', () => {
    const cache = new ByteCache<string>(4096);
    const shared = bytesOf(1);
    cache.keep(shared, [0, 10], 1, 'one');
    shared.fill(0);
    expect(cache.find(bytesOf(1), 0, 10, 1)).toBe('one');
    expect(cache.find(shared, 0, 10, 1)).toBeUndefined();
  });

  it('is right for as many as fit, and never wrong beyond', () => {
    const cache = new ByteCache<number>(2048);
    for (let index = 0; index < 20_000; index += 1) {
      const bytes = bytesOf(index);
      cache.keep(bytes, [0, bytes.length], 1, index);
    }
    const found = Array.from({ length: 20_000 }, (_, index) => {
      const bytes = bytesOf(index);
      return [index, cache.find(bytes, 0, bytes.length, 1)] as const;
    }).filter(([, meaning]) => meaning !== undefined);
    expect(found.length).toBeGreaterThan(100);
    expect(found.length).toBeLessThanOrEqual(2048);
    expect(found.filter(([index, meaning]) => index !== meaning)).toEqual([]);
  });

  it('is nearly all kept while the table has room', () => {
    const cache = new ByteCache<number>(16_384);
    const indexes = Array.from({ length: 5000 }, (_, index) => index);
    for (const index of indexes) {
      const bytes = bytesOf(index);
      cache.keep(bytes, [0, bytes.length], 1, index);
    }
    const missing = indexes.filter((index) => {
      const bytes = bytesOf(index);
      return cache.find(bytes, 0, bytes.length, 1) !== index;
    });
    expect(missing.length).toBeLessThan(10);
    cache.clear();
    expect(cache.find(bytesOf(1), 0, 10, 1)).toBeUndefined();
  });
});
