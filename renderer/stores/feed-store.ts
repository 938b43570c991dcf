import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { AlarmCounts } from '../../core/effective-state/counts.ts';
import { unpackRows } from '../../core/effective-state/packed-rows.ts';
import type { FeedMessage, FeedStatus, KlaxonBridge } from '../../ipc/contract.ts';
import { needsAnswer } from '../ui/presentation.ts';
import { type AlarmIndex, createAlarmIndex } from './alarm-index.ts';
import type { FrameScheduler } from './frame-scheduler.ts';

/** What the window knows of its feed; the rows themselves are in `index`. */
export interface FeedState {
  /** Null before the first message. */
  readonly status: FeedStatus | null;
  readonly counts: AlarmCounts | null;
  /** Whether a whole snapshot has come, so that an empty list means that there is nothing. */
  readonly isComplete: boolean;
  /** Why no feed could be opened; main is then asked again with every `session:changed`. */
  readonly problem: string | null;
}

/** An alarm that came to need an answer while the window watched. */
export type RaisedListener = (rows: readonly AlarmRow[]) => void;

/** The feed of alarms of this window. */
export interface FeedStore extends StoreApi<FeedState> {
  readonly index: AlarmIndex;
  /** Opens the feed; answers how to stop. */
  start(): () => void;
  /** Told of alarms that became unacknowledged after the snapshot, once a frame at most. */
  onRaised(listener: RaisedListener): () => void;
}

interface FeedCursor {
  feedId: string | null;
  next: number;
  isOpening: boolean;
  /** Messages that came before the answer that names their feed. */
  early: FeedMessage[];
}

/** Makes the store of the window's one feed. Messages are applied as they come and drawn once a frame. */
export function createFeedStore(bridge: KlaxonBridge, frames: FrameScheduler): FeedStore {
  const index = createAlarmIndex();
  const store = createStore<FeedState>(() => ({
    status: null,
    counts: null,
    isComplete: false,
    problem: null,
  }));
  const raisedListeners = new Set<RaisedListener>();
  const cursor: FeedCursor = { feedId: null, next: 1, isOpening: false, early: [] };
  let raised: AlarmRow[] = [];
  let waiting: FeedMessage | null = null;

  function open(): void {
    if (cursor.isOpening) return;
    cursor.isOpening = true;
    cursor.feedId = null;
    cursor.early = [];
    void bridge.request('feed:openFeed', {}).then((answer) => {
      cursor.isOpening = false;
      if (!answer.ok) {
        store.setState({ problem: answer.error.message });
        return;
      }
      cursor.feedId = answer.value.feedId;
      cursor.next = 1;
      const early = cursor.early;
      cursor.early = [];
      for (const message of early) receive(message);
    });
  }

  function receive(message: FeedMessage): void {
    if (cursor.isOpening) {
      cursor.early.push(message);
      return;
    }
    if (message.feedId !== cursor.feedId) return;
    if (message.sequence !== cursor.next) {
      open();
      return;
    }
    cursor.next += 1;
    apply(message);
    if (message.kind === 'snapshot' && !message.isLastPart) takePart(message);
    else draw(message);
  }

  /** A part is acknowledged unpainted; its status is shown, since a snapshot stays open as long as the replay lasts. */
  function takePart(message: FeedMessage): void {
    acknowledge(message);
    store.setState({ status: message.status, problem: null });
  }

  function apply(message: FeedMessage): void {
    const rows = unpackRows(message.rows);
    if (message.kind === 'snapshot' && message.sequence === 1) index.beginSnapshot();
    if (message.kind === 'delta') collectRaised(rows);
    index.apply(rows, message.removed);
    if (message.kind === 'snapshot' && message.isLastPart) index.endSnapshot();
  }

  function collectRaised(rows: readonly AlarmRow[]): void {
    for (const row of rows) {
      if (row.effective !== 'unacknowledged') continue;
      const before = index.rowOf(row.name);
      if (before === undefined || !needsAnswer(before.effective)) raised.push(row);
    }
  }

  function draw(message: FeedMessage): void {
    const isScheduled = waiting !== null;
    waiting = message;
    if (!isScheduled) frames.beforePaint(publish);
  }

  function publish(): void {
    const message = waiting;
    waiting = null;
    if (message === null) return;
    index.publish();
    store.setState({
      status: message.status,
      counts: message.counts,
      isComplete: store.getState().isComplete || message.kind === 'delta' || message.isLastPart,
      problem: null,
    });
    tellRaised(message.status.phase.phase === 'live');
    frames.afterPaint(() => acknowledge(message));
  }

  function tellRaised(isLive: boolean): void {
    if (raised.length === 0) return;
    const rows = raised;
    raised = [];
    if (isLive) for (const listener of raisedListeners) listener(rows);
  }

  function acknowledge(message: FeedMessage): void {
    const { feedId, sequence } = message;
    void bridge.request('feed:acknowledgeMessage', { feedId, sequence });
  }

  return {
    ...store,
    index,
    start: () => {
      const stop = bridge.subscribe('feed:changed', receive);
      const stopSession = bridge.subscribe('session:changed', () => {
        if (store.getState().problem !== null) open();
      });
      open();
      return () => {
        stop();
        stopSession();
      };
    },
    onRaised: (listener) => {
      raisedListeners.add(listener);
      return () => raisedListeners.delete(listener);
    },
  };
}
