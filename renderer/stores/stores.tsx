import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { InvariantError } from '../../core/lib/invariant.ts';
import { type EpochMs, epochMs } from '../../core/lib/units.ts';
import type { KlaxonBridge } from '../../ipc/contract.ts';
import { type CommandStore, createCommandStore } from './command-store.ts';
import { type ConsoleStore, createConsoleStore } from './console-store.ts';
import { createFeedStore, type FeedStore } from './feed-store.ts';
import type { FrameScheduler } from './frame-scheduler.ts';
import { reasonNotLive } from './liveness.ts';
import { createSelectionStore, type SelectionStore } from './selection-store.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import { createTicker, type Ticker, type TickerState } from './ticker.ts';

/** Everything that a window shows, made once by its root. */
export interface Stores {
  readonly bridge: KlaxonBridge;
  readonly feed: FeedStore;
  readonly session: SessionStore;
  readonly commands: CommandStore;
  readonly console: ConsoleStore;
  readonly selection: SelectionStore;
  readonly ticker: Ticker;
  /** Opens the feed and starts to follow main; answers how to stop. */
  start(): () => void;
}

/** Makes the stores of one window. `readNow` is this computer's time in milliseconds since 1970. */
export function createStores(
  bridge: KlaxonBridge,
  frames: FrameScheduler,
  readNow: () => number,
): Stores {
  const feed = createFeedStore(bridge, frames);
  const session = createSessionStore(bridge);
  const commands = createCommandStore(bridge, frames, readNow);
  const ticker = createTicker(readNow);
  return {
    bridge,
    feed,
    session,
    commands,
    console: createConsoleStore(),
    selection: createSelectionStore(),
    ticker,
    start: () => {
      const stops = [
        ticker.subscribe(({ nowAt }) => commands.ticked(nowAt, (name) => feed.index.rowOf(name))),
        feed.subscribe(({ status }) => ticker.offsetLearned(status?.clockOffsetMs ?? 0)),
        commands.start(),
        session.start(),
        feed.start(),
        ticker.start(),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

const StoresContext = createContext<Stores | null>(null);

/** Gives the stores to everything drawn inside it. */
export const StoresProvider = StoresContext.Provider;

/** The stores of this window. */
export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (stores === null) throw new InvariantError('drawn outside of the window that owns the stores');
  return stores;
}

/** The log's time as far as known, moving once a second. */
export function useNow(): EpochMs {
  return useStore(useStores().ticker, logTime);
}

/** A text that time changes: what shows it is drawn anew when the text is another one, not with every second. */
export function useTimeText(textAt: (nowAt: EpochMs) => string): string {
  return useStore(useStores().ticker, (state) => textAt(logTime(state)));
}

function logTime({ nowAt, offsetMs }: TickerState): EpochMs {
  return epochMs(nowAt + offsetMs);
}

/** Why no command may be sent now; null while live. */
export function useReasonNotLive(): string | null {
  return useStore(useStores().feed, reasonNotLive);
}
