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
  /** Normal alarms that follow the snapshot: until none is left, no list of all alarms is whole. */
  readonly rowsToCome: number;
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
  /** Told of alarms that became unacknowledged after the snapshot, with the message that said so. */
  onRaised(listener: RaisedListener): () => void;
}

/** Makes the store of the window's one feed. Messages are shown as they come, and those of a flood ten times a second. */
export function createFeedStore(bridge: KlaxonBridge, frames: FrameScheduler): FeedStore {
  const store = createStore<FeedState>(() => ({
    status: null,
    counts: null,
    isComplete: false,
    rowsToCome: 0,
    problem: null,
  }));
  const follower = new FeedFollower(bridge, frames, store);
  return {
    ...store,
    index: follower.index,
    start: () => follower.start(),
    onRaised: (listener) => {
      follower.raisedListeners.add(listener);
      return () => follower.raisedListeners.delete(listener);
    },
  };
}

/** Rows that are drawn so soon that a second drawing in one frame delays nothing. */
const FEW_ROWS = 8;
/** A frame that took longer than this was late: a screen has one every 16.7 ms. */
const LATE_FRAME_MS = 20;
const LONGEST_REST_MS = 250;
/** In a flood the list is drawn ten times a second: nobody reads faster, and the rest of the time is for keys and clicks. */
const FLOOD_INTERVAL_MS = 100;

class FeedFollower {
  readonly index = createAlarmIndex();
  readonly raisedListeners = new Set<RaisedListener>();
  readonly #bridge: KlaxonBridge;
  readonly #frames: FrameScheduler;
  readonly #store: StoreApi<FeedState>;
  #feedId: string | null = null;
  #next = 1;
  #isOpening = false;
  /** Messages that came before the answer that names their feed. */
  #early: FeedMessage[] = [];
  #raised: AlarmRow[] = [];
  /** Whether something was shown that no frame has drawn yet. */
  #isFrameDue = false;
  /** What came before that frame was drawn; it is acknowledged afterwards. */
  #second: FeedMessage | null = null;
  #isSecondShown = false;

  constructor(bridge: KlaxonBridge, frames: FrameScheduler, store: StoreApi<FeedState>) {
    this.#bridge = bridge;
    this.#frames = frames;
    this.#store = store;
  }

  start(): () => void {
    const stop = this.#bridge.subscribe('feed:changed', (message) => this.#receive(message));
    const stopSession = this.#bridge.subscribe('session:changed', () => {
      if (this.#store.getState().problem !== null) void this.#open();
    });
    void this.#open();
    return () => {
      stop();
      stopSession();
    };
  }

  async #open(): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    this.#feedId = null;
    this.#early = [];
    const answer = await this.#bridge.request('feed:openFeed', {});
    this.#isOpening = false;
    if (!answer.ok) {
      this.#store.setState({ problem: answer.error.message });
      return;
    }
    this.#feedId = answer.value.feedId;
    this.#next = 1;
    const early = this.#early;
    this.#early = [];
    for (const message of early) this.#receive(message);
  }

  #receive(message: FeedMessage): void {
    if (this.#isOpening) {
      this.#early.push(message);
      return;
    }
    if (message.feedId !== this.#feedId) return;
    if (message.sequence !== this.#next) {
      void this.#open();
      return;
    }
    this.#next += 1;
    this.#apply(message);
    if (message.kind === 'snapshot' && !message.isLastPart) {
      this.#tellProgress(message);
      this.#acknowledge(message);
    } else this.#show(message);
  }

  /** How far the reading is, before the list is whole. LIVE is never said over a part of the alarms. */
  #tellProgress({ status, counts }: FeedMessage): void {
    if (status.phase.phase === 'live') return;
    this.#store.setState(this.#store.getState().isComplete ? { status } : { status, counts });
  }

  #apply(message: FeedMessage): void {
    const rows = unpackRows(message.rows);
    if (message.kind === 'snapshot' && message.sequence === 1) this.index.beginSnapshot();
    if (message.kind === 'delta') this.#collectRaised(rows);
    this.index.apply(rows, message.removed);
    if (message.kind === 'snapshot' && message.isLastPart) this.index.endSnapshot();
  }

  #collectRaised(rows: readonly AlarmRow[]): void {
    for (const row of rows) {
      if (row.effective !== 'unacknowledged') continue;
      const before = this.index.rowOf(row.name);
      if (before === undefined || !needsAnswer(before.effective)) this.#raised.push(row);
    }
  }

  /**
   * A message is shown in the task that brought it: put off to the next animation frame, it would be seen a frame later.
   * The first since the last frame is acknowledged at once, the second when that frame has been drawn; so main is never
   * more than one ahead. A large delta is shown in the frame and acknowledged when the next has begun and the window has
   * rested: in a flood a frame has one drawing to wait for.
   */
  #show(message: FeedMessage): void {
    if (this.#isFrameDue) {
      this.#second = message;
      this.#isSecondShown = isSmall(message);
      if (this.#isSecondShown) this.#publish(message);
      return;
    }
    this.#isFrameDue = true;
    const isLarge = message.kind === 'delta' && !isSmall(message);
    if (!isLarge) this.#publish(message);
    // That a whole list was taken means to main that it stands on the screen.
    const isAhead = message.kind === 'delta' && !isLarge;
    if (isAhead) this.#acknowledge(message);
    const drawn = () => {
      if (!isAhead) this.#acknowledge(message);
      this.#drawn();
    };
    this.#frames.beforePaint(() => {
      if (!isLarge) {
        this.#frames.afterPaint(drawn);
        return;
      }
      const since = this.#frames.now();
      this.#publish(message);
      // Normal alarms that follow the snapshot are none of a flood: the list of all is wanted whole, and soon.
      this.#afterRest(since, message.rowsToCome > 0 ? 0 : FLOOD_INTERVAL_MS, drawn);
    });
  }

  /**
   * The next frame begins when this one is on the screen. Where that took longer than a frame, at least as much time again is
   * left to the operator: in a flood keys and clicks are still answered, and what comes meanwhile is shown together.
   */
  #afterRest(since: number, intervalMs: number, callback: () => void): void {
    this.#frames.beforePaint(() => {
      const tookMs = this.#frames.now() - since;
      const lateMs = tookMs > LATE_FRAME_MS ? Math.min(tookMs, LONGEST_REST_MS) : 0;
      this.#frames.rest(Math.max(lateMs, intervalMs - tookMs), callback);
    });
  }

  #drawn(): void {
    const second = this.#second;
    this.#isFrameDue = false;
    this.#second = null;
    if (second === null) return;
    if (this.#isSecondShown) this.#acknowledge(second);
    else this.#show(second);
  }

  #publish({ status, counts, rowsToCome }: FeedMessage): void {
    this.index.publish();
    this.#store.setState({ status, counts, rowsToCome, isComplete: true, problem: null });
    this.#tellRaised(status.phase.phase === 'live');
  }

  #tellRaised(isLive: boolean): void {
    if (this.#raised.length === 0) return;
    const rows = this.#raised;
    this.#raised = [];
    if (isLive) for (const listener of this.raisedListeners) listener(rows);
  }

  #acknowledge({ feedId, sequence }: FeedMessage): void {
    void this.#bridge.request('feed:acknowledgeMessage', { feedId, sequence });
  }
}

function isSmall({ rows, removed }: FeedMessage): boolean {
  return rows.count + removed.length <= FEW_ROWS;
}
