import { failure, ok, type Result } from '../../core/lib/result.ts';
import { type DurationMs, epochMs } from '../../core/lib/units.ts';
import type { LogListener, LogProblem, LogReading, ReadTail } from '../../core/ports/alarm-log.ts';
import { logClosed } from '../embedded/log-problems.ts';
import type { ClientMessage, ClientRequest } from './client-messages.ts';
import { type ConsoleLink, type LinkOptions, openConsoleLink } from './console-link.ts';
import { fitsFrame, frameOf } from './frame.ts';
import { PendingRequests } from './pending-requests.ts';
import { RemoteReading } from './remote-reading.ts';
import { messageTooLong, unanswered } from './socket-problems.ts';

export interface SessionOptions extends LinkOptions {
  /** So long may a request take, from the call to its answer. */
  readonly requestMs: DurationMs;
}

/** `Omit` that keeps a union a union. */
type Unnumbered<M> = M extends { readonly request: number } ? Omit<M, 'request'> : never;

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/** A client's side: requests and readings over a connection that is made anew when it is lost. */
export class ConsoleSession {
  readonly #folder: string;
  readonly #options: SessionOptions;
  readonly #pending: PendingRequests;
  readonly #readings = new Map<number, RemoteReading>();
  #link: ConsoleLink | null = null;
  #connecting: Promise<Result<ConsoleLink, LogProblem>> | null = null;
  #stopRetry: (() => void) | null = null;
  #attempt = 0;
  #lastNumber = 0;
  #asking = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(folder: string, options: SessionOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#pending = new PendingRequests(options.clock);
  }

  /** The connection, made where there is none. */
  connect(): Promise<Result<ConsoleLink, LogProblem>> {
    if (this.#closing !== null) return Promise.resolve(failure(logClosed()));
    if (this.#link !== null) return Promise.resolve(ok(this.#link));
    this.#connecting ??= this.#connectOnce();
    return this.#connecting;
  }

  /** Asks, and answers what the console answered: by its own form, not yet parsed. */
  ask(message: Unnumbered<ClientRequest>, body?: Buffer): Promise<Result<unknown, LogProblem>> {
    if (this.#closing !== null) return Promise.resolve(failure(logClosed()));
    const request = this.#nextNumber();
    const frame = frameOf({ ...message, request }, body);
    if (!fitsFrame(frame)) {
      return Promise.resolve(failure(messageTooLong('A message', frame.length)));
    }
    const asked = this.#send(request, frame).finally(() => this.#asking.delete(asked));
    this.#asking.add(asked);
    return asked;
  }

  read(topics: readonly string[], listener: LogListener, tail?: ReadTail): LogReading {
    const number = this.#nextNumber();
    const wish = { reading: number, topics, ...(tail === undefined ? {} : { tail }) };
    const reading = new RemoteReading(wish, listener);
    // The caller gets its reading before the first call back.
    setImmediate(() => this.#begin(number, reading));
    return {
      close: async () => {
        reading.close();
        if (!this.#readings.delete(number)) return;
        const message: ClientMessage = { say: 'endReading', reading: number };
        this.#link?.send(frameOf(message));
      },
    };
  }

  /** Ends the readings at once and the connection after the requests under way. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const reading of this.#readings.values()) reading.close();
    this.#readings.clear();
    this.#stopRetry?.();
    await Promise.all(this.#asking);
    const opened = await this.#connecting;
    await (opened?.ok === true ? opened.value : this.#link)?.close();
    this.#link = null;
  }

  async #send(request: number, frame: Buffer): Promise<Result<unknown, LogProblem>> {
    // Sent within the call where there is a connection, so that calls keep their order.
    const link = this.#link === null ? await this.connect() : ok(this.#link);
    if (!link.ok) return link;
    const { clock, requestMs } = this.#options;
    const late = unanswered(link.value.path, `for ${requestMs} ms`);
    const answer = this.#pending.expect(request, epochMs(clock.now() + requestMs), late);
    link.value.send(frame);
    return answer;
  }

  #begin(number: number, reading: RemoteReading): void {
    if (this.#closing !== null || reading.isClosed) return;
    this.#readings.set(number, reading);
    if (this.#link !== null) reading.begin(this.#link);
    else void this.connect();
  }

  async #connectOnce(): Promise<Result<ConsoleLink, LogProblem>> {
    this.#attempt += 1;
    const opened = await openConsoleLink(
      this.#folder,
      {
        onMessage: (message, body) => {
          if (message.say === 'answer') this.#pending.answer(message.request, message.answer);
          else this.#readings.get(message.reading)?.take(message, body);
        },
        onLost: (problem) => this.#lost(problem),
      },
      this.#options,
    );
    this.#connecting = null;
    if (opened.ok) this.#connected(opened.value);
    else this.#cutOff(opened.error);
    return opened;
  }

  #connected(link: ConsoleLink): void {
    this.#link = link;
    this.#attempt = 0;
    this.#stopRetry?.();
    for (const reading of [...this.#readings.values()]) reading.begin(link);
  }

  #lost(problem: LogProblem): void {
    const path = this.#link?.path ?? this.#folder;
    this.#link = null;
    this.#pending.failAll(unanswered(path, 'the connection was closed'));
    this.#cutOff(problem);
  }

  #cutOff(problem: LogProblem): void {
    const { clock } = this.#options;
    const now = clock.now();
    for (const reading of [...this.#readings.values()]) {
      reading.isCutOff(problem, this.#attempt + 1, now);
    }
    if (this.#readings.size === 0 || this.#closing !== null) return;
    const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(10, this.#attempt));
    this.#stopRetry?.();
    this.#stopRetry = clock.callAt(epochMs(now + waitMs), () => void this.connect());
  }

  #nextNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }
}
