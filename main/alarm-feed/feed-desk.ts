import type { Clock } from '../../core/ports/clock.ts';
import type { WindowId } from '../ipc/request-handlers.ts';
import type { SendEvent } from '../ipc/send-event.ts';
import { type AlarmFeed, createAlarmFeed } from './alarm-feed.ts';
import type { AlarmPicture } from './alarm-picture.ts';

/** Keeps one feed a window: opening another ends the one before, and a window that goes takes its feed along. */
export interface FeedDesk {
  /** Answers the new feed's name. A window that missed a message opens a new feed. */
  openFeed(windowId: WindowId, send: SendEvent): string;
  acknowledgeMessage(windowId: WindowId, feedId: string, sequence: number): void;
  closeFeed(windowId: WindowId): void;
  closeAll(): void;
}

export interface FeedDeskOptions {
  readonly picture: AlarmPicture;
  readonly clock: Clock;
  /** A window has taken, and painted, its whole snapshot. */
  readonly onSnapshotTaken?: (windowId: WindowId) => void;
}

export function createFeedDesk(options: FeedDeskOptions): FeedDesk {
  const { picture, clock } = options;
  const feeds = new Map<WindowId, { readonly feedId: string; readonly feed: AlarmFeed }>();
  let opened = 0;

  return { openFeed, acknowledgeMessage, closeFeed, closeAll };

  function openFeed(windowId: WindowId, send: SendEvent): string {
    closeFeed(windowId);
    opened += 1;
    const feedId = `feed-${opened}`;
    const feed = createAlarmFeed({
      feedId,
      picture,
      clock,
      send: (message) => send('feed:changed', message),
      onSnapshotTaken: () => options.onSnapshotTaken?.(windowId),
    });
    feeds.set(windowId, { feedId, feed });
    return feedId;
  }

  /** A word about an older feed is late, not wrong: it is passed over. */
  function acknowledgeMessage(windowId: WindowId, feedId: string, sequence: number): void {
    const current = feeds.get(windowId);
    if (current?.feedId === feedId) current.feed.acknowledge(sequence);
  }

  function closeFeed(windowId: WindowId): void {
    feeds.get(windowId)?.feed.close();
    feeds.delete(windowId);
  }

  function closeAll(): void {
    for (const windowId of [...feeds.keys()]) closeFeed(windowId);
  }
}
