import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import { packRows } from '../../core/effective-state/packed-rows.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { epochMs } from '../../core/lib/units.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { FeedMessage } from '../../ipc/contract.ts';
import type { AlarmPicture } from './alarm-picture.ts';

/** One frame of a screen: a window gets at most one delta in it. */
export const FRAME_MS = 16;
/** How often a status is sent that only counts on: progress of the replay, time of the last record. */
export const REPLAY_STATUS_MS = 100;
export const LIVE_STATUS_MS = 1_000;
/** Rows in one message: deriving, packing and copying them stays well below 10 ms (decision 13). */
export const ROWS_PER_MESSAGE = 1_000;
/** Snapshot parts on their way at once, which main may have to relay in one turn; of deltas it is one. */
export const PARTS_AHEAD = 2;

/** The live stream to one window: a snapshot in parts, then numbered deltas (`FeedMessage`). */
export interface AlarmFeed {
  /** The window has taken this message and all before it: the next may come. Unknown numbers change nothing. */
  acknowledge(sequence: number): void;
  close(): void;
}

export interface AlarmFeedOptions {
  readonly feedId: string;
  readonly picture: AlarmPicture;
  readonly clock: Clock;
  /** Answers false where the window is gone, which closes the feed. */
  readonly send: (message: FeedMessage) => boolean;
  /** Told once, when the last part of the snapshot has been acknowledged. */
  readonly onSnapshotTaken?: () => void;
}

/**
 * Streams the picture to one window. The snapshot stays open, with parts that hold a status and no row, until the replay
 * has come to the end of the log. It then holds every alarm that is not normal: what an operator must see is not kept
 * waiting for what is calm. The normal ones follow in the room that changes leave in the deltas (`rowsToCome`).
 * Of deltas at most one a frame, none when nothing changed, the next only after the last was acknowledged; changes merge
 * meanwhile, so a slow window costs no memory beyond one name an alarm.
 */
export function createAlarmFeed(options: AlarmFeedOptions): AlarmFeed {
  return new WindowFeed(options);
}

class WindowFeed implements AlarmFeed {
  private readonly options: AlarmFeedOptions;
  private readonly changed = new Set<AlarmName>();
  /** Normal alarms that the window has not been given, the next one last. */
  private normal: AlarmName[] = [];
  private readonly stopListening: () => void;
  private waiting: Waiting = { stage: 'replay' };
  private sequence = 0;
  private acknowledged = 0;
  /** Sequence of the snapshot's last part; infinite before it is sent and after it was acknowledged. */
  private lastPart = Number.POSITIVE_INFINITY;
  private lastSentAt = Number.NEGATIVE_INFINITY;
  private sentPhase = '';
  private sentStatus = '';
  private timerAt = 0;
  private cancelTimer: (() => void) | null = null;
  private isClosed = false;

  constructor(options: AlarmFeedOptions) {
    this.options = options;
    this.stopListening = options.picture.onChange((names) => {
      if (this.waiting.stage !== 'replay') for (const name of names) this.changed.add(name);
      this.schedule();
    });
    this.schedule();
  }

  acknowledge(upTo: number): void {
    if (upTo > this.sequence) return;
    this.acknowledged = Math.max(this.acknowledged, upTo);
    if (this.acknowledged >= this.lastPart) {
      this.lastPart = Number.POSITIVE_INFINITY;
      this.options.onSnapshotTaken?.();
    }
    this.schedule();
  }

  close(): void {
    this.isClosed = true;
    this.stopListening();
    this.cancelTimer?.();
    this.changed.clear();
    this.normal = [];
  }

  private schedule(): void {
    if (this.isClosed) return;
    const { picture, clock } = this.options;
    if (this.waiting.stage === 'replay' && picture.isWhole()) {
      const { abnormal, normal } = byState(picture);
      this.normal = normal;
      this.waiting = { stage: 'snapshot', names: abnormal, next: 0 };
    }
    const ahead = this.waiting.stage === 'snapshot' ? PARTS_AHEAD : 1;
    if (this.sequence - this.acknowledged >= ahead) return;
    const dueAt = this.nextDueAt();
    if (dueAt === null || (this.cancelTimer !== null && dueAt >= this.timerAt)) return;
    this.cancelTimer?.();
    this.timerAt = dueAt;
    this.cancelTimer = clock.callAt(epochMs(Math.max(dueAt, clock.now())), () => {
      this.cancelTimer = null;
      this.sendNext();
      this.schedule();
    });
  }

  /** When the next message is due; null where there is nothing to say. */
  private nextDueAt(): number | null {
    const { picture, clock } = this.options;
    if (this.waiting.stage === 'snapshot') return clock.now();
    if (this.changed.size + this.normal.length > 0) return this.lastSentAt + FRAME_MS;
    const status = picture.status();
    if (status.phase.phase !== this.sentPhase) return this.lastSentAt + FRAME_MS;
    if (JSON.stringify(status) === this.sentStatus) return null;
    const everyMs = status.phase.phase === 'live' ? LIVE_STATUS_MS : REPLAY_STATUS_MS;
    return this.lastSentAt + everyMs;
  }

  private sendNext(): void {
    const { waiting } = this;
    if (waiting.stage === 'replay') {
      this.send('snapshot', [], false);
    } else if (waiting.stage === 'deltas') {
      this.send('delta', this.takeForDelta(), true);
    } else {
      const part = waiting.names.slice(waiting.next, waiting.next + ROWS_PER_MESSAGE);
      const next = waiting.next + part.length;
      const isLastPart = next >= waiting.names.length;
      this.waiting = isLastPart ? { stage: 'deltas' } : { ...waiting, next };
      this.send('snapshot', part, isLastPart);
    }
  }

  private takeForDelta(): AlarmName[] {
    const taken = takeChanged(this.changed);
    const room = ROWS_PER_MESSAGE - taken.length;
    return room > 0 ? taken.concat(this.normal.splice(-room)) : taken;
  }

  private send(kind: FeedMessage['kind'], names: readonly AlarmName[], isLastPart: boolean): void {
    const { picture, clock, feedId } = this.options;
    const { rows, removed } = lookUp(picture, names);
    const status = picture.status();
    this.sequence += 1;
    if (kind === 'snapshot' && isLastPart) this.lastPart = this.sequence;
    this.lastSentAt = clock.now();
    this.sentPhase = status.phase.phase;
    this.sentStatus = JSON.stringify(status);
    const isTaken = this.options.send({
      feedId,
      sequence: this.sequence,
      kind,
      isLastPart,
      rows: packForMessage(rows),
      removed: kind === 'delta' ? removed : [],
      rowsToCome: this.normal.length,
      counts: picture.counts(),
      status,
    });
    if (!isTaken) this.close();
  }
}

type Waiting =
  | { readonly stage: 'replay' }
  | { readonly stage: 'snapshot'; readonly names: readonly AlarmName[]; readonly next: number }
  | { readonly stage: 'deltas' };

function byState(picture: AlarmPicture) {
  const abnormal: AlarmName[] = [];
  const normal: AlarmName[] = [];
  for (const name of picture.names()) {
    const isNormal = picture.row(name)?.effective === 'normal';
    (isNormal ? normal : abnormal).push(name);
  }
  return { abnormal, normal };
}

function takeChanged(changed: Set<AlarmName>): AlarmName[] {
  const taken: AlarmName[] = [];
  for (const name of changed) {
    if (taken.length === ROWS_PER_MESSAGE) break;
    taken.push(name);
  }
  for (const name of taken) changed.delete(name);
  return taken;
}

function lookUp(picture: AlarmPicture, names: readonly AlarmName[]) {
  const rows: AlarmRow[] = [];
  const removed: AlarmName[] = [];
  for (const name of names) {
    const row = picture.row(name);
    if (row === null) removed.push(name);
    else rows.push(row);
  }
  return { rows, removed };
}

function packForMessage(rows: readonly AlarmRow[]): FeedMessage['rows'] {
  const packed = packRows(rows);
  return { ...packed, names: [...packed.names], texts: [...packed.texts] };
}
