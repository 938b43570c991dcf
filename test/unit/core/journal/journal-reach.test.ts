import { describe, expect, it } from 'vitest';
import { createReachBook } from '../../../../core/journal/journal-reach.ts';
import { at, mark } from '../../../builders/alarm-events.ts';

const stream = (below: number, latest = below) => ({
  topic: 'active-alarms',
  partition: 0,
  below,
  latestWrittenAt: at(latest),
});

describe('how far the journal tells everything', () => {
  it('is nowhere at first: every record is to be told', () => {
    const book = createReachBook();
    expect([book.knows(mark(0)), book.see(mark(0)), book.see(mark(1))]).toEqual([
      false,
      true,
      true,
    ]);
    expect(book.reachBefore([], null)).toEqual({ streams: [stream(2, 1)], endedBefore: null });
  });

  it('tells no record twice, and none below what a journal says', () => {
    const book = createReachBook();
    book.take({ streams: [stream(5)], endedBefore: null });
    expect([3, 4, 5, 6, 5].map((offset) => book.see(mark(offset)))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it('goes by the newest of several words', () => {
    const book = createReachBook();
    book.take({ streams: [stream(9)], endedBefore: at(3) });
    book.take({ streams: [stream(4)], endedBefore: at(2) });
    expect([book.see(mark(8)), book.see(mark(9))]).toEqual([false, true]);
    expect([book.isEndTold(at(2)), book.isEndTold(at(3))]).toEqual([true, false]);
  });

  it('begins again where a topic was made anew: low offsets, written later', () => {
    const book = createReachBook();
    book.take({ streams: [stream(50)], endedBefore: null });
    const anew = (offset: number) => ({ ...mark(offset), writtenAt: at(100 + offset) });
    expect([book.see(anew(0)), book.see(anew(1)), book.see(anew(1))]).toEqual([true, true, false]);
    expect(book.reachBefore([], null).streams).toEqual([stream(2, 101)]);
  });

  it('holds only before what is still to be written', () => {
    const book = createReachBook();
    for (const offset of [1, 2, 3, 4]) book.see(mark(offset));
    book.lookAtShelves(at(9));
    expect(book.reachBefore([mark(4), mark(3)], at(7))).toEqual({
      streams: [stream(3, 4)],
      endedBefore: at(7),
    });
    expect(book.reachBefore([], null)).toEqual({ streams: [stream(5, 4)], endedBefore: at(9) });
  });

  it('counts each partition by itself', () => {
    const book = createReachBook();
    book.see(mark(7));
    expect(book.see(mark(2, 'active-alarms', 'anna', 1))).toBe(true);
    expect(book.see(mark(2, 'shelved-alarms'))).toBe(true);
    expect(book.see(mark(2))).toBe(false);
  });
});
