import type { Socket } from 'node:net';
import { assertNever } from '../../core/lib/invariant.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { durationMs, epochMs } from '../../core/lib/units.ts';
import type { LogReading } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { describeCause } from '../embedded/log-problems.ts';
import { CLIENT_MESSAGE, type ClientMessage, PROTOCOL } from './client-messages.ts';
import { type Frame, FrameReader, fitsFrame, frameOf } from './frame.ts';
import { offerReading, type ReadingWish } from './offered-reading.ts';
import { Outbox } from './outbox.ts';
import { unpackAppend } from './record-parts.ts';
import { answerTo, type Deed, type OfferedParts } from './request-answer.ts';
import type { ServerMessage } from './server-messages.ts';
import { messageTooLong, otherProtocol } from './socket-problems.ts';

/** Who has not said its version by then is not a client. */
const HELLO_MS = durationMs(5_000);
const MOST_READINGS = 16;
/** More requests are not read from the socket until some are answered. */
const MOST_UNANSWERED = 256;

export interface ServedClientOptions extends OfferedParts {
  readonly clock: Clock;
  /** Called where the client did not keep to what is spoken and was cut off. */
  readonly onMisbehaved: (reason: string) => void;
}

/** One client at the socket, from its greeting to its end. What it does wrong ends only itself. */
export class ServedClient {
  readonly #socket: Socket;
  readonly #options: ServedClientOptions;
  readonly #frames = new FrameReader();
  readonly #outbox: Outbox;
  readonly #readings = new Map<number, LogReading>();
  readonly #ended: Promise<void>;
  #unanswered = 0;
  #hasGreeted = false;
  #isOver = false;

  constructor(socket: Socket, options: ServedClientOptions) {
    this.#socket = socket;
    this.#options = options;
    const { clock } = options;
    this.#outbox = new Outbox(socket, { clock, onStalled: (reason) => this.#cut(reason) });
    const helloBy = epochMs(clock.now() + HELLO_MS);
    const stopWaiting = clock.callAt(helloBy, () => {
      if (!this.#hasGreeted) this.#cut('it did not say its version');
    });
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    // A client that was killed ends with an error; what follows is the same: `close`.
    socket.on('error', () => void this.#end());
    this.#ended = new Promise((resolve) => {
      socket.on('close', () => {
        stopWaiting();
        void this.#end();
        resolve();
      });
    });
    this.#say({ say: 'greeting', program: 'klaxon', protocol: PROTOCOL });
  }

  /** Settles once the client is gone. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Sends what waits as far as the client takes it at once, and ends the connection and its readings. */
  async close(): Promise<void> {
    const ended = this.#end();
    this.#socket.end();
    this.#socket.destroySoon();
    await ended;
  }

  #take(chunk: Buffer): void {
    if (this.#isOver) return;
    const frames = this.#frames.take(chunk);
    if (!frames.ok) {
      this.#cut(frames.error);
      return;
    }
    for (const frame of frames.value) {
      const taken = this.#takeFrame(frame);
      if (!taken.ok) this.#cut(taken.error);
      if (this.#isOver) return;
    }
  }

  #takeFrame({ header, body }: Frame): Result<void, string> {
    const message = CLIENT_MESSAGE.safeParse(header);
    if (!message.success) return failure('a message is none that is known');
    if (message.data.say === 'hello') return this.#takeHello(message.data.protocol);
    if (!this.#hasGreeted) return failure('it did not say its version first');
    return this.#takeMessage(message.data, body);
  }

  #takeHello(protocol: number): Result<void, string> {
    if (this.#hasGreeted) return failure('it said its version twice');
    this.#hasGreeted = true;
    if (protocol === PROTOCOL) return ok(undefined);
    const problem = otherProtocol('the socket', `speaks version ${PROTOCOL}, not ${protocol}`);
    this.#say({ say: 'refused', problem });
    void this.close();
    return ok(undefined);
  }

  #takeMessage(
    message: Exclude<ClientMessage, { say: 'hello' }>,
    body: Buffer,
  ): Result<void, string> {
    switch (message.say) {
      case 'read':
        return this.#read(message);
      case 'endReading':
        void this.#readings.get(message.reading)?.close();
        this.#readings.delete(message.reading);
        return ok(undefined);
      case 'append': {
        const record = unpackAppend(message.topic, body);
        if (!record.ok) return record;
        this.#do({ say: 'append', request: message.request, record: record.value });
        return ok(undefined);
      }
      case 'createTopics':
      case 'describeTopics':
      case 'register':
      case 'schemaById':
      case 'versionsOf':
        this.#do(message);
        return ok(undefined);
      default:
        return assertNever(message);
    }
  }

  #read(wish: ReadingWish): Result<void, string> {
    if (this.#readings.has(wish.reading)) return failure('it gave two readings one number');
    if (this.#readings.size >= MOST_READINGS) return failure('it reads too many times at once');
    this.#readings.set(wish.reading, offerReading(this.#options.log, wish, this.#outbox));
    return ok(undefined);
  }

  #do(deed: Deed): void {
    this.#unanswered += 1;
    if (this.#unanswered >= MOST_UNANSWERED) this.#socket.pause();
    this.#answer(deed).then(
      () => this.#answered(),
      // What is asked answers its problems; a throw is a bug that must not reach the console.
      (cause: unknown) => this.#cut(`a request failed: ${describeCause(cause)}`),
    );
  }

  async #answer(deed: Deed): Promise<void> {
    const answer = await answerTo(deed, this.#options);
    const frame = frameOf({ say: 'answer', request: deed.request, answer });
    if (fitsFrame(frame)) {
      this.#outbox.put(frame);
    } else {
      const error = messageTooLong('An answer', frame.length);
      this.#say({ say: 'answer', request: deed.request, answer: failure(error) });
    }
    await this.#outbox.whenEmpty();
  }

  #answered(): void {
    this.#unanswered -= 1;
    if (this.#unanswered < MOST_UNANSWERED && this.#socket.isPaused()) this.#socket.resume();
  }

  #say(message: ServerMessage): void {
    this.#outbox.put(frameOf(message));
  }

  #cut(reason: string): void {
    if (this.#isOver) return;
    void this.#end();
    this.#socket.destroy();
    this.#options.onMisbehaved(reason);
  }

  /** Answers when every reading has ended. */
  async #end(): Promise<void> {
    this.#isOver = true;
    this.#outbox.close();
    const readings = [...this.#readings.values()];
    this.#readings.clear();
    await Promise.all(readings.map((reading) => reading.close()));
  }
}
