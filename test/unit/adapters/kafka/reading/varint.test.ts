import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VarintCursor } from '../../../../../adapters/kafka/reading/varint.ts';
import { varint } from '../../../../builders/record-batch.ts';

describe('VarintCursor', () => {
  test('reads back every 32-bit number', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        const bytes = varint(value);
        const cursor = new VarintCursor(bytes);
        expect(cursor.readInt()).toBe(value);
        expect(cursor.at).toBe(bytes.length);
      }),
    );
  });

  test('reads back every number up to 2^52 as a long', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 52), max: 2 ** 52 }), (value) => {
        const bytes = varint(value);
        const cursor = new VarintCursor(bytes);
        expect(cursor.readLong()).toBe(value);
        expect(cursor.at).toBe(bytes.length);
      }),
    );
  });

  test('any bytes at all move it by one to ten bytes and never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.boolean(), (bytes, isLong) => {
        const cursor = new VarintCursor(bytes);
        const value = isLong ? cursor.readLong() : cursor.readInt();
        expect(Number.isFinite(value)).toBe(true);
        expect(cursor.at).toBeGreaterThanOrEqual(1);
        expect(cursor.at).toBeLessThanOrEqual(11);
      }),
    );
  });
});
