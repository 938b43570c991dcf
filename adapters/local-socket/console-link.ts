import { realpath } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { type DurationMs, epochMs } from '../../core/lib/units.ts';
import type { LogProblem } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { type ClientMessage, PROTOCOL } from './client-messages.ts';
import { FrameReader, frameOf } from './frame.ts';
import { GREETING, SERVER_MESSAGE, type ServerMessage } from './server-messages.ts';
import { placesOf, type SocketPlace, type Surroundings, stateOfPlace } from './socket-place.ts';
import {
  cannotConnect,
  consoleGone,
  nobodyOffers,
  notOurs,
  otherProtocol,
} from './socket-problems.ts';

export interface LinkOptions {
  readonly clock: Clock;
  readonly around: Surroundings;
  /** So long may the console take to greet. */
  readonly connectMs: DurationMs;
}

/** Who hears what the console says. */
export interface LinkListener {
  onMessage(message: Exclude<ServerMessage, { say: 'greeting' | 'refused' }>, body: Buffer): void;
  /** The connection ended without `close`: called once, and nothing after it. */
  onLost(problem: LogProblem): void;
}

/** A connection to a console that has greeted in our version. */
export interface ConsoleLink {
  readonly path: string;
  send(frame: Buffer): void;
  close(): Promise<void>;
}

/**
 * Connects to the console that offers the log in `logFolder`.
 * Fails with `Unreachable` (nobody offers it, or died), `NotAuthorized` (the socket or its folder belongs to somebody
 * else) or `NotALog` (another version).
 */
export async function openConsoleLink(
  logFolder: string,
  listener: LinkListener,
  options: LinkOptions,
): Promise<Result<ConsoleLink, LogProblem>> {
  let problem = nobodyOffers(logFolder);
  const real = await realpath(logFolder).catch(() => logFolder);
  for (const place of placesOf(real, options.around)) {
    const opened = await openAt(place, listener, options);
    if (opened === null) continue;
    if (opened.ok) return opened;
    problem = opened.error;
  }
  return failure(problem);
}

async function openAt(
  place: SocketPlace,
  listener: LinkListener,
  options: LinkOptions,
): Promise<Result<ConsoleLink, LogProblem> | null> {
  const state = await stateOfPlace(place, options.around.uid);
  if (state === 'nothing') return null;
  if (state === 'foreign') return failure(notOurs(place.path));
  return new Promise((resolve) => {
    new Greeting(place.path, listener, options, resolve);
  });
}

/** A connection until and after the console's greeting. */
class Greeting {
  readonly #path: string;
  readonly #listener: LinkListener;
  readonly #socket: Socket;
  readonly #frames = new FrameReader();
  readonly #closed: Promise<void>;
  /** Null once it has been answered. */
  #answer: ((opened: Result<ConsoleLink, LogProblem>) => void) | null;
  #isOver = false;

  constructor(
    path: string,
    listener: LinkListener,
    { clock, connectMs }: LinkOptions,
    answer: (opened: Result<ConsoleLink, LogProblem>) => void,
  ) {
    this.#path = path;
    this.#listener = listener;
    this.#answer = answer;
    this.#socket = connect(path);
    const stopWaiting = clock.callAt(epochMs(clock.now() + connectMs), () => {
      if (this.#answer !== null) this.#end(cannotConnect(path, 'it does not greet'));
    });
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', (cause) =>
      this.#end(this.#answer === null ? consoleGone(path) : cannotConnect(path, cause)),
    );
    this.#closed = new Promise((resolve) => {
      this.#socket.on('close', () => {
        stopWaiting();
        this.#end(consoleGone(path));
        resolve();
      });
    });
  }

  #take(chunk: Buffer): void {
    if (this.#isOver) return;
    const frames = this.#frames.take(chunk);
    if (!frames.ok) {
      this.#end(otherProtocol(this.#path, `is not understood (${frames.error})`));
      return;
    }
    for (const { header, body } of frames.value) {
      this.#takeMessage(header, body);
      if (this.#isOver) return;
    }
  }

  #takeMessage(header: unknown, body: Buffer): void {
    if (this.#answer !== null) {
      this.#greet(header);
      return;
    }
    const message = SERVER_MESSAGE.safeParse(header);
    if (!message.success) {
      this.#end(otherProtocol(this.#path, 'is not understood'));
      return;
    }
    if (message.data.say === 'refused') {
      this.#end(message.data.problem);
      return;
    }
    if (message.data.say !== 'greeting') this.#listener.onMessage(message.data, body);
  }

  #greet(header: unknown): void {
    const greeting = GREETING.safeParse(header);
    if (!greeting.success) {
      const { data: said } = SERVER_MESSAGE.safeParse(header);
      const stranger = otherProtocol(this.#path, 'is not a console of Klaxon');
      this.#end(said?.say === 'refused' ? said.problem : stranger);
      return;
    }
    const { protocol } = greeting.data;
    if (protocol !== PROTOCOL) {
      this.#end(otherProtocol(this.#path, `speaks version ${protocol}, not ${PROTOCOL}`));
      return;
    }
    const hello: ClientMessage = { say: 'hello', protocol: PROTOCOL };
    this.#socket.write(frameOf(hello));
    const answer = this.#answer;
    this.#answer = null;
    answer?.(
      ok({ path: this.#path, send: (frame) => this.#send(frame), close: () => this.#close() }),
    );
  }

  #send(frame: Buffer): void {
    if (!this.#isOver) this.#socket.write(frame);
  }

  #close(): Promise<void> {
    this.#isOver = true;
    this.#socket.end();
    this.#socket.destroySoon();
    return this.#closed;
  }

  #end(problem: LogProblem): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#socket.destroy();
    const answer = this.#answer;
    this.#answer = null;
    if (answer === null) this.#listener.onLost(problem);
    else answer(failure(problem));
  }
}
