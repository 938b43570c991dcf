import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { brokenAnswer } from '../../../../../adapters/kafka/reading/reading-problems.ts';
import { ReadingTrouble } from '../../../../../adapters/kafka/reading/reading-trouble.ts';

const ENDED = brokenAnswer('kafka:9092');
const LACKING = { ...ENDED, message: 'a partition has no leader' };

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('ReadingTrouble', () => {
  test('what ended the session is told before what the plan lacks, and the plan’s is left after it', () => {
    const trouble = new ReadingTrouble();
    expect(trouble.problem).toBeNull();
    trouble.seePlan(LACKING);
    trouble.seeEnd(ENDED);
    expect(trouble.problem).toBe(ENDED);
    trouble.end();
    expect(trouble.problem).toBe(LACKING);
    trouble.seePlan(null);
    expect(trouble.problem).toBeNull();
  });

  test('waits longer before each session in a row that ends, and begins anew once trouble is over', () => {
    const trouble = new ReadingTrouble();
    expect([1, 2, 3].map(() => trouble.untilNextSessionMs(ENDED))).toEqual([100, 200, 400]);
    expect(trouble.attempt).toBe(4);
    trouble.end();
    expect(trouble.attempt).toBe(1);
    expect(trouble.untilNextSessionMs(ENDED)).toBe(100);
  });

  test('plans again each minute, and soon while something is missing', () => {
    const trouble = new ReadingTrouble();
    expect(trouble.untilNextPlanMs()).toBe(60_000);
    trouble.seePlan(LACKING);
    const soon = trouble.untilNextPlanMs();
    trouble.seePlan(LACKING);
    expect([soon, trouble.untilNextPlanMs()]).toEqual([200, 400]);
    trouble.seePlan(null);
    expect(trouble.untilNextPlanMs()).toBe(60_000);
  });
});
