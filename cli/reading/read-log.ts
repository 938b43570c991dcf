import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { DurationMs } from '../../core/lib/units.ts';
import type {
  AlarmLog,
  LogListener,
  LogPhase,
  LogProblem,
  LogRecord,
} from '../../core/ports/alarm-log.ts';

/** What is done with the records of a reading. */
export interface ReadOptions {
  readonly topics: readonly string[];
  /** Gives up after this long without a sign of life before the head; after the head it tries for ever. */
  readonly patienceMs: DurationMs;
  onRecords(records: readonly LogRecord[]): void;
  /** What was read of these topics holds no longer; they are read anew. */
  onReset(topics: readonly string[]): void;
  /** All that the topic held has been read; again after a reset. */
  onHead?(topic: string): void;
  /** Something that whoever reads the answer must know: a stretch that cannot be read, a connection lost and found. */
  onNotice(sentence: string): void;
}

/** A reading that has come to the head of every topic, and goes on. */
export interface OpenReading {
  /** Stretches that could not be read: the answer has holes. */
  readonly damages: number;
  close(): Promise<void>;
}

/** Reads the topics from their first record to their heads, without a trace. Fails where it cannot get there. */
export function readToHead(
  log: AlarmLog,
  options: ReadOptions,
): Promise<Result<OpenReading, LogProblem>> {
  return new Promise((resolve) => {
    const reading = new HeadReading(options, (problem) => {
      if (problem === null) resolve(ok(reading));
      else void reading.close().then(() => resolve(failure(problem)));
    });
    reading.begin(log);
  });
}

class HeadReading implements OpenReading {
  damages = 0;
  readonly #options: ReadOptions;
  readonly #onSettled: (problem: LogProblem | null) => void;
  readonly #missing: Set<string>;
  #close: () => Promise<void> = () => Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isSettled = false;
  #isDeaf = false;
  /** What became of the history while there was no connection. */
  #lost: string | null = null;
  #problem: LogProblem | undefined;

  constructor(options: ReadOptions, onSettled: (problem: LogProblem | null) => void) {
    this.#options = options;
    this.#onSettled = onSettled;
    this.#missing = new Set(options.topics);
  }

  begin(log: AlarmLog): void {
    this.#rearm();
    const { topics } = this.#options;
    const listener: LogListener = {
      onRecords: (records) => {
        this.#rearm();
        this.#options.onRecords(records);
      },
      onReset: (names, problem) => {
        this.#tellReset(problem);
        this.#options.onReset(names);
      },
      onSweep: () => undefined,
      onHead: (topic) => this.#reachHead(topic),
      onPhase: (phase) => this.#move(phase),
      onDamage: ({ problem }) => {
        this.damages += 1;
        this.#options.onNotice(problem.message);
      },
    };
    const reading = log.read(topics, listener);
    this.#close = () => reading.close();
    if (topics.length === 0) this.#settle(null);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isSettled = true;
    await this.#close();
  }

  #reachHead(topic: string): void {
    this.#options.onHead?.(topic);
    this.#missing.delete(topic);
    if (this.#missing.size === 0) this.#settle(null);
  }

  #move(phase: LogPhase): void {
    if ('problem' in phase && phase.problem !== undefined) this.#problem = phase.problem;
    if (this.#isSettled) {
      this.#tellPhase(phase);
      return;
    }
    const isFinal = this.#problem !== undefined && isHopeless(this.#problem);
    if (phase.phase === 'failed') this.#settle(phase.problem);
    else if (phase.phase === 'connecting' && isFinal) this.#settle(this.#problem ?? null);
    else if (phase.phase === 'replaying') this.#rearm();
  }

  /** Who follows is told when the log goes quiet for want of a connection, and when it is back: silence is not calm. */
  #tellPhase(phase: LogPhase): void {
    if (phase.phase === 'live') {
      if (this.#isDeaf)
        this.#options.onNotice(`Connected again: ${this.#lost ?? 'nothing was missed.'}`);
      this.#isDeaf = false;
      this.#lost = null;
      return;
    }
    if (this.#isDeaf || phase.phase === 'replaying') return;
    this.#isDeaf = true;
    this.#options.onNotice(
      `${this.#problem?.message ?? 'The log does not answer.'} Trying again by itself.`,
    );
  }

  /** A console that was connected to again has the same history; a topic that was made anew has another. */
  #tellReset({ code, message }: LogProblem): void {
    if (!this.#isSettled || code !== 'HistoryLost') return;
    const sentence = `${message} What follows is read again from its start.`;
    if (this.#isDeaf) this.#lost = sentence;
    else this.#options.onNotice(sentence);
  }

  #rearm(): void {
    if (this.#isSettled) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(this.#problem ?? SILENT), this.#options.patienceMs);
  }

  #settle(problem: LogProblem | null): void {
    if (this.#isSettled) return;
    clearTimeout(this.#timer);
    this.#isSettled = true;
    this.#onSettled(problem);
  }
}

/** A missing topic will not come by itself while somebody waits for a list. */
function isHopeless({ code, isRetriable }: LogProblem): boolean {
  return !isRetriable || code === 'TopicMissing';
}

const SILENT: LogProblem = {
  code: 'TimedOut',
  message: 'The log did not answer in time.',
  remedy: 'Check the address (--bootstrap-servers), or wait longer with --timeout.',
  isRetriable: true,
};
