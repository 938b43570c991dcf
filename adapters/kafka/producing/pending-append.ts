import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogAppend, LogProblem, RecordPosition } from '../../../core/ports/alarm-log.ts';
import { timedOut } from '../connection/log-problem.ts';
import { type EncodedRecord, encodeRecord } from '../protocol/produce.ts';

export type AppendResult = Result<RecordPosition, LogProblem>;

/** What holds for every append of a producer. */
export interface AppendTerms {
  /** Of the broker, for messages. */
  readonly address: string;
  /** The longest that an append may take. */
  readonly limitMs: number;
  /** Whoever watches the deadlines need not watch this one any longer. */
  readonly onAnswered: (item: PendingAppend) => void;
}

/** One record on its way. It is answered once: by the broker, or when its time is up. */
export class PendingAppend {
  /** Bytes of its own: the caller may use its buffers again as soon as the call returns. */
  readonly encoded: EncodedRecord;
  readonly answer: Promise<AppendResult>;
  /** About what it takes on the wire, for the size of batches. */
  readonly size: number;
  readonly deadlineAt: number;
  readonly #topic: string;
  readonly #terms: AppendTerms;
  #resolve: (result: AppendResult) => void = NOBODY_WAITS;
  #isAnswered = false;
  #mayHaveEffect = false;
  #problem: LogProblem | undefined;

  constructor(record: LogAppend, terms: AppendTerms) {
    this.encoded = encodeRecord(record);
    this.size = OVERHEAD + this.encoded.body.length;
    this.#topic = record.topic;
    this.#terms = terms;
    this.deadlineAt = performance.now() + terms.limitMs;
    this.answer = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** It was handed to the network: from now on nobody knows, until the broker says. */
  markSent(): void {
    this.#mayHaveEffect = true;
  }

  /** The last attempt had no effect, for this reason. */
  markUnsent(problem: LogProblem): void {
    this.#mayHaveEffect = false;
    this.#problem = problem;
  }

  note(problem: LogProblem): void {
    this.#problem = problem;
  }

  succeed(position: RecordPosition): void {
    this.#finish(ok(position));
  }

  fail(problem: LogProblem): void {
    this.#finish(failure(problem));
  }

  /** Its time is up. */
  expire(): void {
    this.fail(this.#overdue());
  }

  #overdue(): LogProblem {
    // Where no attempt can have had an effect, what stood in the way says more than the lapse of time.
    if (!this.#mayHaveEffect && this.#problem !== undefined) return this.#problem;
    return timedOut(`appending to ${this.#topic}`, this.#terms.address, this.#terms.limitMs);
  }

  #finish(result: AppendResult): void {
    if (this.#isAnswered) return;
    this.#isAnswered = true;
    this.#terms.onAnswered(this);
    this.#resolve(result);
  }
}

const NOBODY_WAITS = (): void => undefined;

/** What a batch adds to each record at most. */
const OVERHEAD = 32;
