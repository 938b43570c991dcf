import {
  type IntervalHistogram,
  monitorEventLoopDelay,
  PerformanceObserver,
} from 'node:perf_hooks';
import { z } from 'zod';

/** How often the loop is looked at: its own share of every delay, which is taken off again. */
const RESOLUTION_MS = 1;
const NS_PER_MS = 1e6;

/** How long the event loop of a process was held up, in milliseconds beyond the resolution of the watch. */
export const LOOP_DELAYS = z.object({
  samples: z.number(),
  p50: z.number(),
  p99: z.number(),
  p999: z.number(),
  max: z.number(),
  /** The longest single collection of the heap meanwhile, which is part of some delay. */
  longestCollection: z.number(),
});
export type LoopDelays = z.infer<typeof LOOP_DELAYS>;

let watch: IntervalHistogram | null = null;
let longestCollection = 0;
let collections: PerformanceObserver | null = null;

/** `start` begins a watch of this process' event loop anew; `read` ends it and answers what it saw. */
export function answerLoopRequest(request: string): LoopDelays | null {
  if (request === 'start') {
    watch?.disable();
    watch = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    watch.enable();
    longestCollection = 0;
    collections?.disconnect();
    collections = watchCollections();
    return null;
  }
  if (watch === null) return null;
  watch.disable();
  const beyond = (ns: number) => Math.max(0, ns / NS_PER_MS - RESOLUTION_MS);
  return {
    samples: watch.count,
    p50: beyond(watch.percentile(50)),
    p99: beyond(watch.percentile(99)),
    p999: beyond(watch.percentile(99.9)),
    max: beyond(watch.max),
    longestCollection,
  };
}

function watchCollections(): PerformanceObserver {
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      longestCollection = Math.max(longestCollection, duration);
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  return observer;
}
