import { createStore, type StoreApi } from 'zustand/vanilla';
import { type EpochMs, epochMs } from '../../core/lib/units.ts';

/** This computer's time, moving once a second: what ages and times left are counted from. */
export interface TickerState {
  readonly nowAt: EpochMs;
  /** The log's time minus this computer's, in milliseconds, as far as known. */
  readonly offsetMs: number;
}

/** A clock that every age on the page shares, so that they move together and cost one timer. */
export interface Ticker extends StoreApi<TickerState> {
  start(): () => void;
  offsetLearned(offsetMs: number): void;
}

/** Makes the clock; `readNow` is the system's time in milliseconds since 1970. */
export function createTicker(readNow: () => number, everyMs = 1_000): Ticker {
  const store = createStore<TickerState>(() => ({
    nowAt: epochMs(readNow()),
    offsetMs: 0,
  }));
  return {
    ...store,
    offsetLearned: (offsetMs) => {
      if (store.getState().offsetMs !== offsetMs) store.setState({ offsetMs });
    },
    start: () => {
      const timer = setInterval(() => store.setState({ nowAt: epochMs(readNow()) }), everyMs);
      return () => clearInterval(timer);
    },
  };
}
