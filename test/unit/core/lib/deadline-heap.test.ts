import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDeadlineHeap } from '../../../../core/lib/deadline-heap.ts';
import { epochMs } from '../../../../core/lib/units.ts';

type Step =
  | { readonly step: 'set'; readonly key: number; readonly at: number | null }
  | { readonly step: 'take'; readonly advance: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    step: fc.constant('set' as const),
    key: fc.nat(7),
    at: fc.option(fc.integer({ min: -5, max: 60 })),
  }),
  fc.record({ step: fc.constant('take' as const), advance: fc.nat(15) }),
);

/** The plainest thing that could work: what the heap is held against. */
class PlainDeadlines {
  readonly #moments = new Map<number, number>();

  set(key: number, at: number | null): void {
    if (at === null) this.#moments.delete(key);
    else this.#moments.set(key, at);
  }

  next(): number | null {
    return this.#moments.size === 0 ? null : Math.min(...this.#moments.values());
  }

  takeDue(now: number): [number, number][] {
    const due = [...this.#moments].filter(([, at]) => at <= now);
    for (const [key] of due) this.#moments.delete(key);
    return due;
  }
}

describe('deadlines', () => {
  it('come soonest first, each once', () => {
    const heap = createDeadlineHeap<string>();
    for (const [key, at] of [
      ['c', 30],
      ['a', 10],
      ['d', 40],
      ['b', 20],
    ] as const) {
      heap.set(key, epochMs(at));
    }
    expect([
      heap.next(),
      heap.takeDue(epochMs(30)),
      heap.next(),
      heap.takeDue(epochMs(30)),
    ]).toEqual([10, ['a', 'b', 'c'], 40, []]);
  });

  it('replaced by a later one come at the later one', () => {
    const heap = createDeadlineHeap<string>();
    heap.set('a', epochMs(10));
    heap.set('a', epochMs(20));
    expect([heap.takeDue(epochMs(15)), heap.takeDue(epochMs(20))]).toEqual([[], ['a']]);
  });

  it('taken away never come', () => {
    const heap = createDeadlineHeap<string>();
    heap.set('a', epochMs(10));
    heap.set('a', null);
    expect([heap.next(), heap.takeDue(epochMs(99))]).toEqual([null, []]);
  });

  it('never early, all delivered, once each, in order, whatever is set and taken', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 80 }), (steps) => {
        const heap = createDeadlineHeap<number>();
        const plain = new PlainDeadlines();
        let now = 0;
        for (const step of steps) {
          if (step.step === 'set') {
            heap.set(step.key, step.at === null ? null : epochMs(step.at));
            plain.set(step.key, step.at);
          } else {
            now += step.advance;
            const due = plain.takeDue(now);
            const taken = heap.takeDue(epochMs(now));
            const moments = taken.map((key) => new Map(due).get(key) ?? Number.NaN);
            expect(new Set(taken)).toEqual(new Set(due.map(([key]) => key)));
            expect(taken.length).toBe(due.length);
            expect(moments).toEqual(moments.toSorted((a, b) => a - b));
          }
          expect(heap.next()).toEqual(plain.next());
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
