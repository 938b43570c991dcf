import { describe, expect, test } from 'vitest';
import { backOffMs } from '../../../../../adapters/kafka/reading/back-off.ts';
import { brokenAnswer } from '../../../../../adapters/kafka/reading/reading-problems.ts';

const PROBLEM = brokenAnswer('kafka:9092');

describe('backOffMs', () => {
  test('doubles up to five seconds', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 50, 5000].map((attempt) => backOffMs(attempt, PROBLEM, 0));
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
  });

  test('chance takes off up to half', () => {
    expect(backOffMs(3, PROBLEM, 1)).toBe(200);
  });

  test('fifteen seconds where trying again can hardly help', () => {
    expect(backOffMs(1, { ...PROBLEM, isRetriable: false }, 0)).toBe(15_000);
  });
});
