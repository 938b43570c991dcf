import type { Socket } from 'node:net';
import { durationMs, epochMs } from '../../core/lib/units.ts';
import type { Clock } from '../../core/ports/clock.ts';

/** So long may a client take nothing of what waits for it. */
const STALL_MS = durationMs(30_000);
/** A log that does not wait for its listener may get so far ahead of the client. */
const MOST_WAITING = 10_000;

export interface OutboxOptions {
  readonly clock: Clock;
  /** Called once, where the client does not take what it is sent. */
  readonly onStalled: (reason: string) => void;
}

/**
 * What is on its way to one client. Hands the socket only what it takes without holding it, so that a slow client
 * keeps no more here than what was put before `whenEmpty` was asked.
 */
export class Outbox {
  readonly #socket: Socket;
  readonly #options: OutboxOptions;
  readonly #waiting: Buffer[] = [];
  readonly #hopeful: (() => void)[] = [];
  #stopWatch: (() => void) | null = null;
  #isClosed = false;

  constructor(socket: Socket, options: OutboxOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('drain', () => this.#drained());
  }

  put(frame: Buffer): void {
    if (this.#isClosed) return;
    this.#waiting.push(frame);
    if (this.#stopWatch === null) this.#pump();
    else if (this.#waiting.length > MOST_WAITING) this.#giveUp('it is too far behind');
  }

  /** Settles once everything has been handed to the system, or nothing will be any more. */
  whenEmpty(): Promise<void> {
    if (this.#isClosed || this.#stopWatch === null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#hopeful.push(resolve);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWatch?.();
    this.#stopWatch = null;
    this.#waiting.length = 0;
    this.#release();
  }

  #pump(): void {
    let sent = 0;
    let isTaken = true;
    while (isTaken && sent < this.#waiting.length) {
      isTaken = this.#socket.write(this.#waiting[sent] ?? '');
      sent += 1;
    }
    this.#waiting.splice(0, sent);
    if (!isTaken) this.#watch();
  }

  #watch(): void {
    const { clock } = this.#options;
    const until = epochMs(clock.now() + STALL_MS);
    this.#stopWatch = clock.callAt(until, () => this.#giveUp('it takes nothing any more'));
  }

  #drained(): void {
    this.#stopWatch?.();
    this.#stopWatch = null;
    this.#pump();
    if (this.#stopWatch === null) this.#release();
  }

  #release(): void {
    for (const resolve of this.#hopeful.splice(0)) resolve();
  }

  #giveUp(reason: string): void {
    if (!this.#isClosed) this.#options.onStalled(reason);
  }
}
