import { describe, expect, test } from 'vitest';
import { FetchSize } from '../../../../../adapters/kafka/reading/fetch-size.ts';

const MEBIBYTE = 1024 * 1024;
const TIMED_OUT = { code: 'TimedOut', message: '', remedy: '', isRetriable: true } as const;

describe('FetchSize', () => {
  test('shrinks on a thin line down to its least, and grows back on a quick one', () => {
    const size = new FetchSize();
    expect(size.bounds).toEqual({ partitionBytes: MEBIBYTE, responseBytes: 2 * MEBIBYTE });
    size.seeAnswer(MEBIBYTE, 2_000);
    expect(size.bounds.partitionBytes).toBe(MEBIBYTE / 4);
    for (let time = 0; time < 9; time += 1) size.seeFailure(TIMED_OUT);
    expect(size.bounds.partitionBytes).toBe(64 * 1024);
    for (let time = 0; time < 9; time += 1) size.seeAnswer(size.bounds.partitionBytes, 10);
    expect(size.bounds.partitionBytes).toBe(MEBIBYTE);
  });

  test('a small answer that took long says nothing: the broker waited for news', () => {
    const size = new FetchSize();
    size.seeAnswer(100, 10_000);
    size.seeFailure({ ...TIMED_OUT, code: 'Unreachable' });
    expect(size.bounds.partitionBytes).toBe(MEBIBYTE);
  });

  test('never asks for more than it is told', () => {
    const size = new FetchSize(1_000);
    size.seeAnswer(1_000, 1);
    size.seeFailure(TIMED_OUT);
    expect(size.bounds.partitionBytes).toBe(1_000);
  });
});
