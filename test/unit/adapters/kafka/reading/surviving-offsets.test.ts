import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SurvivingOffsets } from '../../../../../adapters/kafka/reading/surviving-offsets.ts';

describe('SurvivingOffsets', () => {
  test.each([
    ['dense', 3],
    ['sparse', 100_000],
  ])('%s offsets are those that were added, and no others', (_, spread) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: spread }), { maxLength: 300 }), (steps) => {
        const survivors = new SurvivingOffsets();
        const added = new Set<number>();
        let offset = 5_000_000_000;
        for (const step of steps) {
          offset += step;
          added.add(offset);
          survivors.add(offset);
        }
        survivors.seal();
        for (const each of added) {
          expect(survivors.has(each)).toBe(true);
          expect(survivors.has(each + 1)).toBe(added.has(each + 1));
          expect(survivors.has(each - 1)).toBe(added.has(each - 1));
        }
        expect(survivors.has(0)).toBe(false);
        expect(survivors.has(offset + 1e9)).toBe(false);
      }),
    );
  });

  test('thousands of offsets, some of them added again', () => {
    const survivors = new SurvivingOffsets();
    for (let offset = 0; offset < 10_000; offset += 2) survivors.add(offset);
    survivors.add(100);
    survivors.seal();
    expect(survivors.count).toBe(5_000);
    expect([survivors.has(9_998), survivors.has(9_999), survivors.has(100)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
