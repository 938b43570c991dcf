import { describe, expect, it } from 'vitest';
import { whileNotReady } from '../../../../../adapters/kafka/administration/ask-coordinator.ts';
import { ok } from '../../../../../core/lib/result.ts';

describe('whileNotReady', () => {
  it.each([14, 15, 16])('asks again after code %i, and not after another', async (code) => {
    const answers = [code, code, 30];
    const asked: number[] = [];
    const answer = await whileNotReady(
      async () => {
        const next = answers[asked.length] ?? 0;
        asked.push(next);
        return ok(next);
      },
      (value) => [value],
    );
    expect(answer).toEqual(ok(30));
    expect(asked).toEqual([code, code, 30]);
  });
});
