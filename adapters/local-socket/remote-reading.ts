import { assertNever } from '../../core/lib/invariant.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import type {
  LogListener,
  LogPhase,
  LogProblem,
  LogRecord,
  LogSweep,
} from '../../core/ports/alarm-log.ts';
import { storeDamaged, unexpectedProblem } from '../embedded/log-problems.ts';
import type { ClientMessage } from './client-messages.ts';
import type { ConsoleLink } from './console-link.ts';
import { frameOf } from './frame.ts';
import type { ReadingWish } from './offered-reading.ts';
import { unpackRecord } from './record-parts.ts';
import type { ReadingMessage } from './server-messages.ts';
import { readAnew } from './socket-problems.ts';

type RecordsMessage = Extract<ReadingMessage, { say: 'records' }>;
type SweepMessage = Extract<ReadingMessage, { say: 'sweep' }>;

/** One reading of a client, over all the connections that it takes. */
export class RemoteReading {
  readonly #wish: ReadingWish;
  readonly #listener: LogListener;
  #hasRead = false;
  #isLive = false;
  #isClosed = false;
  #staleSinceAt: EpochMs | null = null;

  constructor(wish: ReadingWish, listener: LogListener) {
    this.#wish = { ...wish, topics: [...new Set(wish.topics)] };
    this.#listener = listener;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Reads on this connection, from the start: what was read on the one before may have been deleted since. */
  begin(link: ConsoleLink): void {
    if (this.#hasRead) {
      this.#tell(() => this.#listener.onReset(this.#wish.topics, readAnew(link.path)));
    }
    this.#hasRead = false;
    if (this.#isClosed) return;
    const { reading, topics, tail } = this.#wish;
    const more = tail === undefined ? {} : { tail };
    const message: ClientMessage = { say: 'read', reading, topics: [...topics], ...more };
    link.send(frameOf(message));
  }

  /** There is no connection, for the `attempt`-th time in a row. */
  isCutOff(problem: LogProblem, attempt: number, now: EpochMs): void {
    if (this.#isLive) this.#staleSinceAt = now;
    this.#isLive = false;
    const phase: LogPhase =
      this.#staleSinceAt === null
        ? { phase: 'connecting', attempt, problem }
        : { phase: 'stale', sinceAt: this.#staleSinceAt, problem };
    this.#tell(() => this.#listener.onPhase(phase));
  }

  take(message: ReadingMessage, body: Buffer): void {
    this.#tell(() => this.#hear(message, body));
  }

  close(): void {
    this.#isClosed = true;
  }

  #hear(message: ReadingMessage, body: Buffer): void {
    switch (message.say) {
      case 'phase':
        this.#isLive = message.phase.phase === 'live';
        if (this.#isLive) this.#staleSinceAt = null;
        this.#listener.onPhase(message.phase);
        return;
      case 'records':
        this.#hearRecords(message, body);
        return;
      case 'head':
        this.#listener.onHead?.(message.topic);
        return;
      case 'reset':
        this.#listener.onReset(message.topics, message.problem);
        return;
      case 'sweep':
        this.#listener.onSweep(sweepOf(message, body));
        return;
      case 'damage':
        this.#listener.onDamage?.(message);
        return;
      case 'lag':
        this.#listener.onLag?.(message.lag);
        return;
      default:
        assertNever(message);
    }
  }

  #hearRecords(message: RecordsMessage, body: Buffer): void {
    const records = recordsOf(message, body);
    this.#hasRead = true;
    if (records.ok) this.#listener.onRecords(records.value);
    else this.#fail(storeDamaged('behind the socket', records.error));
  }

  #tell(call: () => void): void {
    if (this.#isClosed) return;
    try {
      call();
    } catch (cause) {
      // Only the listener can throw here. It has not had what it should: it must not go on looking alive.
      this.#fail(unexpectedProblem('Taking in alarm records', cause));
    }
  }

  #fail(problem: LogProblem): void {
    this.#isClosed = true;
    this.#listener.onPhase({ phase: 'failed', problem });
  }
}

function recordsOf(message: RecordsMessage, body: Buffer): Result<readonly LogRecord[], string> {
  const { topic, partition, offsets, sizes, gaps } = message;
  const records: LogRecord[] = [];
  let at = 0;
  for (const [index, offset] of offsets.entries()) {
    const end = at + (sizes[index] ?? 0);
    const isAfterGap = gaps[index] ?? true;
    const record = unpackRecord(body.subarray(at, end), { topic, partition, offset, isAfterGap });
    if (!record.ok) return failure(record.error);
    records.push(record.value);
    at = end;
  }
  return ok(records);
}

/** Of a long topic the sweep comes in parts: what another part is about survives this one. */
function sweepOf({ topic, partition, from, below }: SweepMessage, body: Buffer): LogSweep {
  const bits = Buffer.from(body);
  return {
    topic,
    partition,
    below,
    survives(offset) {
      if (offset < from || offset >= below) return true;
      const place = offset - from;
      return ((bits[Math.floor(place / 8)] ?? 0) & (1 << (place % 8))) !== 0;
    },
  };
}
