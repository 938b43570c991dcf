import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WakeablePause } from '../../../../../adapters/kafka/reading/wakeable-pause.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('WakeablePause', () => {
  test('ends after so long', async () => {
    const ended = new WakeablePause().wait(100);
    vi.advanceTimersByTime(99);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await ended).toBeNull();
  });

  test('ends as soon as it is woken, and leaves no timer', async () => {
    const pause = new WakeablePause();
    const ended = pause.wait(60_000);
    pause.wake();
    expect(await ended).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a wake while nobody waits does not shorten the next wait', async () => {
    const pause = new WakeablePause();
    pause.wake();
    const ended = pause.wait(100);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(100);
    expect(await ended).toBeNull();
  });
});
