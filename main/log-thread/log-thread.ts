import type { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { assertNever } from '../../core/lib/invariant.ts';
import { failure, ok } from '../../core/lib/result.ts';
import { ipcErrorSchema, type RequestInput } from '../../ipc/contract.ts';
import type { LogRequestHandlers } from '../console/console-handlers.ts';
import type { Answer, WindowId } from '../ipc/request-handlers.ts';
import { ROUTES } from '../ipc/routes.ts';
import type { Logger } from '../logging/logger.ts';
import type {
  FirstToThread,
  FromThread,
  LogRequestName,
  SessionWords,
  ThreadEvent,
  ThreadRequest,
  ThreadStart,
  ToThread,
} from './messages.ts';

export interface LogThreadOptions {
  /** A worker of the built thread that waits for its `start`. */
  readonly takeWorker: () => Worker;
  readonly start: ThreadStart;
  readonly logger: Logger;
  readonly onEvent: (event: ThreadEvent) => void;
  /** A line for the program that started the console. */
  readonly onReport: (line: string) => void;
  readonly onScreenshotDue: () => void;
  /** The thread ended by itself and a new one runs: windows must begin anew. */
  readonly onRestart: (reason: string) => void;
}

/** The log's side of the console, in a thread of its own: main's loop is free whatever is being replayed (decision 13). */
export interface LogThread {
  /** Each request of the contract that is answered from the log. */
  readonly handlers: LogRequestHandlers;
  pageLost(windowId: WindowId): void;
  setWords(words: SessionWords): void;
  /** Ends what is open; answers when the thread has ended. */
  close(): Promise<void>;
}

/** Starts the thread, and another one should it ever end by itself. */
export function startLogThread(options: LogThreadOptions): LogThread {
  return new RunningThread(options);
}

const ANSWER = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: ipcErrorSchema }),
]);

/** A thread that fails again within this time is not started again at once, or the console would do nothing else. */
const CALM_MS = 10_000;

const THREAD_LOST = failure({
  code: 'Failed',
  message:
    'The part of the console that reads the log ended unexpectedly; it is being started again.',
} as const);

class RunningThread implements LogThread {
  readonly handlers: LogRequestHandlers;
  readonly #options: LogThreadOptions;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  /** Null while none runs. */
  #worker: Worker | null;
  #endedAt = Number.NEGATIVE_INFINITY;
  #words: SessionWords | null = null;
  #asked = 0;
  #closed: (() => void) | null = null;

  constructor(options: LogThreadOptions) {
    this.#options = options;
    this.#worker = this.#startWorker();
    this.handlers = {
      'session:readSession': (input, from) => this.#ask('session:readSession', input, from),
      'session:createTopics': (input, from) => this.#ask('session:createTopics', input, from),
      'feed:openFeed': (input, from) => this.#ask('feed:openFeed', input, from),
      'feed:acknowledgeMessage': (input, from) => this.#ask('feed:acknowledgeMessage', input, from),
      'alarm:readDetail': (input, from) => this.#ask('alarm:readDetail', input, from),
      'alarm:acknowledgeAlarms': (input, from) => this.#ask('alarm:acknowledgeAlarms', input, from),
      'alarm:unacknowledgeAlarms': (input, from) =>
        this.#ask('alarm:unacknowledgeAlarms', input, from),
      'shelf:shelveAlarms': (input, from) => this.#ask('shelf:shelveAlarms', input, from),
      'shelf:unshelveAlarms': (input, from) => this.#ask('shelf:unshelveAlarms', input, from),
      'quarantine:readRecords': (input, from) => this.#ask('quarantine:readRecords', input, from),
    };
  }

  pageLost(windowId: WindowId): void {
    this.#post({ message: 'pageLost', windowId });
  }

  setWords(words: SessionWords): void {
    this.#words = words;
    this.#post({ message: 'words', words });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    const closed = new Promise<void>((resolve) => {
      this.#closed = resolve;
    });
    if (worker === null) return;
    worker.postMessage({ message: 'close' } satisfies ToThread);
    await closed;
  }

  async #ask<N extends LogRequestName>(
    name: N,
    input: RequestInput<N>,
    from: WindowId,
  ): Promise<Answer<N>> {
    this.#asked += 1;
    const request: ThreadRequest<N> = { message: 'request', id: this.#asked, name, input, from };
    if (this.#worker === null) return THREAD_LOST;
    const answered = new Promise<unknown>((resolve) => this.#waiting.set(request.id, resolve));
    this.#worker.postMessage(request);
    const answer = ANSWER.parse(await answered);
    return answer.ok ? ok(ROUTES[name].output.parse(answer.value)) : answer;
  }

  #post(message: ToThread): void {
    this.#worker?.postMessage(message);
  }

  #startWorker(): Worker {
    const { takeWorker, start } = this.#options;
    const worker = takeWorker();
    let reason = '';
    worker.on('message', (message: FromThread) => this.#take(message));
    worker.on('error', (thrown) => {
      reason = thrown.message;
      this.#options.logger.error('the log thread failed', { thrown });
    });
    worker.on('exit', (code) => this.#exited(reason === '' ? `exit code ${code}` : reason));
    worker.postMessage({ message: 'start', start } satisfies FirstToThread);
    return worker;
  }

  #take(message: FromThread): void {
    const { logger, onEvent, onReport, onScreenshotDue } = this.#options;
    switch (message.message) {
      case 'answer': {
        const resolve = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        resolve?.(message.answer);
        return;
      }
      case 'event':
        onEvent(message);
        return;
      case 'logged':
        logger[message.level](message.text, message.fields);
        return;
      case 'reported':
        onReport(message.line);
        return;
      case 'screenshotDue':
        onScreenshotDue();
        return;
      default:
        assertNever(message);
    }
  }

  /** A thread that was not told to close leaves nobody waiting, and the log is read again by another one. */
  #exited(reason: string): void {
    this.#worker = null;
    for (const resolve of this.#waiting.values()) resolve(THREAD_LOST);
    this.#waiting.clear();
    this.#closed?.();
    if (this.#closed !== null) return;
    const isSecond = performance.now() - this.#endedAt < CALM_MS;
    this.#endedAt = performance.now();
    setTimeout(() => this.#restart(reason), isSecond ? CALM_MS : 0);
  }

  #restart(reason: string): void {
    if (this.#closed !== null) return;
    this.#worker = this.#startWorker();
    if (this.#words !== null) this.setWords(this.#words);
    this.#options.onRestart(reason);
  }
}
