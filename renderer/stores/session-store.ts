import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KlaxonBridge, Preferences, SessionView } from '../../ipc/contract.ts';

/** Who watches what, and how the window is to look. */
export interface SessionState {
  readonly session: SessionView | null;
  readonly preferences: Preferences | null;
  readonly isCreatingTopics: boolean;
  /** What main answered last when something of this could not be done. */
  readonly problem: string | null;
}

/** The session and the preferences of this window. */
export interface SessionStore extends StoreApi<SessionState> {
  start(): () => void;
  /** The user said yes to creating what is missing. */
  topicsWanted(): Promise<void>;
  preferencesChanged(change: Partial<Preferences>): Promise<void>;
}

/** Makes the store; it follows `session:changed` from `start` on. */
export function createSessionStore(bridge: KlaxonBridge): SessionStore {
  const store = createStore<SessionState>(() => ({
    session: null,
    preferences: null,
    isCreatingTopics: false,
    problem: null,
  }));

  async function read(): Promise<void> {
    const [session, preferences] = await Promise.all([
      bridge.request('session:readSession', {}),
      bridge.request('preferences:readPreferences', {}),
    ]);
    if (session.ok) store.setState({ session: session.value });
    else store.setState({ problem: session.error.message });
    if (preferences.ok) store.setState({ preferences: preferences.value });
  }

  return {
    ...store,
    start: () => {
      const stop = bridge.subscribe('session:changed', (session) =>
        store.setState({ session, problem: null }),
      );
      void read();
      return stop;
    },
    topicsWanted: async () => {
      store.setState({ isCreatingTopics: true, problem: null });
      const answer = await bridge.request('session:createTopics', {});
      store.setState({ isCreatingTopics: false });
      if (answer.ok) store.setState({ session: answer.value });
      else store.setState({ problem: answer.error.message });
    },
    preferencesChanged: async (change) => {
      const before = store.getState().preferences;
      if (before !== null) store.setState({ preferences: { ...before, ...change } });
      const answer = await bridge.request('preferences:savePreferences', change);
      if (answer.ok) store.setState({ preferences: answer.value, problem: null });
      else store.setState({ preferences: before, problem: answer.error.message });
    },
  };
}
