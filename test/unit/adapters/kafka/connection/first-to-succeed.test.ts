import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { firstToSucceed } from '../../../../../adapters/kafka/connection/first-to-succeed.ts';
import { failure, ok } from '../../../../../core/lib/result.ts';

const PATIENCE_MS = 1_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const silent = (): Promise<never> => new Promise(() => undefined);
const good = async (name: string) => ok(name);
const bad = async (name: string) => failure(name);

describe('firstToSucceed', () => {
  it('asks the second only where the first fails', async () => {
    const second = vi.fn(() => good('second'));
    expect(await firstToSucceed([() => good('first'), second], PATIENCE_MS)).toEqual(ok('first'));
    expect(second).not.toHaveBeenCalled();
    expect(await firstToSucceed([() => bad('first'), second], PATIENCE_MS)).toEqual(ok('second'));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('asks the second beside a first that is silent, once patience has run out', async () => {
    const second = vi.fn(() => good('second'));
    const answer = firstToSucceed([silent, second], PATIENCE_MS);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1);
    expect(second).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toEqual(ok('second'));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes a late answer of the first where the second fails', async () => {
    const late = () =>
      new Promise<ReturnType<typeof ok<string>>>((resolve) => {
        setTimeout(() => resolve(ok('late')), 3 * PATIENCE_MS);
      });
    const answer = firstToSucceed([late, () => bad('second')], PATIENCE_MS);
    await vi.advanceTimersByTimeAsync(3 * PATIENCE_MS);
    expect(await answer).toEqual(ok('late'));
  });

  it('answers the first failure where none succeeds', async () => {
    const ways = [() => bad('first'), () => bad('second')] as const;
    expect(await firstToSucceed([...ways], PATIENCE_MS)).toEqual(failure('first'));
    expect(vi.getTimerCount()).toBe(0);
  });
});
