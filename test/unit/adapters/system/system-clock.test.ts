import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSystemClock } from '../../../../adapters/system/system-clock.ts';
import { durationMs, epochMs } from '../../../../core/lib/units.ts';

const START = Date.UTC(2021, 2, 1, 12);
const DAY_MS = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the system clock', () => {
  it('tells the time of the computer', () => {
    expect(createSystemClock().now()).toBe(START);
  });

  it('calls back once, at the moment', () => {
    const calls: number[] = [];
    createSystemClock().callAt(epochMs(START + 250), () => calls.push(Date.now()));
    vi.advanceTimersByTime(249);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(calls).toEqual([START + 250]);
  });

  it('calls back for a moment that has come in the next turn, and never at once', () => {
    const calls: number[] = [];
    const clock = createSystemClock();
    clock.callAt(epochMs(START), () => calls.push(Date.now()));
    const takeBack = clock.callAt(epochMs(START - 1_000), () => calls.push(0));
    takeBack();
    expect(calls).toEqual([]);
    vi.advanceTimersToNextTimer();
    expect(calls).toEqual([START]);
  });

  it('is not early where the timer fires before its moment', () => {
    const calls: number[] = [];
    createSystemClock().callAt(epochMs(START + 1_000), () => calls.push(Date.now()));
    vi.setSystemTime(START - 400);
    vi.advanceTimersByTime(1_000);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(calls).toEqual([START + 1_000]);
  });

  it('waits for moments further away than a timer reaches', () => {
    const calls: number[] = [];
    createSystemClock().callAt(epochMs(START + 60 * DAY_MS), () => calls.push(Date.now()));
    vi.advanceTimersByTime(59 * DAY_MS);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(DAY_MS);
    expect(calls).toEqual([START + 60 * DAY_MS]);
  });

  it('can be told not to call, also when it has had to wait again', () => {
    const calls: number[] = [];
    const takeBack = createSystemClock().callAt(epochMs(START + 30 * DAY_MS), () => calls.push(1));
    vi.advanceTimersByTime(26 * DAY_MS);
    takeBack();
    vi.advanceTimersByTime(30 * DAY_MS);
    expect(calls).toEqual([]);
  });

  it('calls every so often until told not to', () => {
    const calls: number[] = [];
    const takeBack = createSystemClock().callEvery(durationMs(100), () => calls.push(Date.now()));
    vi.advanceTimersByTime(350);
    takeBack();
    vi.advanceTimersByTime(1_000);
    expect(calls).toEqual([100, 200, 300].map((afterMs) => START + afterMs));
  });
});
