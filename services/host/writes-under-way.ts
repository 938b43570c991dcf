import type { AlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import type { AlarmWriter, WriteProblem } from '../../adapters/alarm-writer/alarm-writer.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { type DurationMs, type EpochMs, epochMs } from '../../core/lib/units.ts';
import type { RecordPosition } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ShelfCause } from '../../core/shelving/shelf-cause.ts';

/** What became of a record of a service. */
export type WriteNotice =
  | {
      readonly notice: 'written';
      readonly alarm: AlarmName;
      readonly position: RecordPosition;
      /** Of a record about a shelf. */
      readonly because?: ShelfCause;
    }
  | { readonly notice: 'notWritten'; readonly alarm: AlarmName; readonly problem: WriteProblem };

export interface WritesUnderWayOptions {
  readonly writer: AlarmWriter;
  readonly clock: Clock;
  readonly onNotice: (notice: WriteNotice) => void;
  /** Something may be decided anew: a record has got to the log, or an alarm whose record did not may be looked at again. */
  readonly onChange: (alarm: AlarmName) => void;
}

/** How long an alarm whose record was not taken is left alone. */
const RETRY_MS = 1_000;

/**
 * The records of a service on their way: at most one an alarm, which is decided on again only when its record has been
 * read back, so that nothing is written twice; a second later where the log did not take it.
 */
export class WritesUnderWay {
  readonly #options: WritesUnderWayOptions;
  readonly #alarms = new Set<AlarmName>();
  /** Those of them whose record is in the log, in its order, and is to be read back. */
  readonly #returning = new Map<AlarmName, RecordPosition>();
  /** Those of them whose record was not taken, soonest first. */
  readonly #retries = new Map<AlarmName, EpochMs>();
  readonly #writes = new Set<Promise<void>>();
  #cancelRetry: (() => void) | null = null;
  #isStopped = false;

  constructor(options: WritesUnderWayOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#alarms.size;
  }

  has(name: AlarmName): boolean {
    return this.#alarms.has(name);
  }

  write(order: AlarmOrder): void {
    this.#isStopped = false;
    this.#alarms.add(order.name);
    const write = this.#options.writer.write(order).then((written) => {
      this.#writes.delete(write);
      if (written.ok) this.#noteWritten(order, written.value);
      else this.#noteFailure(order.name, written.error);
    });
    this.#writes.add(write);
  }

  /** What is read anew holds by itself: a position of before may never come. */
  release(reader: AlarmReader): void {
    for (const [name, position] of this.#returning) {
      if (reader.isAtHead && !reader.hasRead(position)) return;
      this.#returning.delete(name);
      this.#alarms.delete(name);
    }
  }

  /** Looks at nothing again. Answers when what is on its way has got to the log, or has failed; at the latest then. */
  async stop(withinMs: DurationMs): Promise<void> {
    this.#isStopped = true;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#retries.clear();
    if (this.#writes.size === 0) return;
    const { clock } = this.#options;
    let cancel = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      cancel = clock.callAt(epochMs(clock.now() + withinMs), resolve);
    });
    await Promise.race([Promise.all(this.#writes), late]);
    cancel();
  }

  #noteWritten({ name, because }: AlarmOrder, position: RecordPosition): void {
    const { onNotice, onChange } = this.#options;
    this.#returning.set(name, position);
    onNotice({
      notice: 'written',
      alarm: name,
      position,
      ...(because === undefined ? {} : { because }),
    });
    onChange(name);
  }

  #noteFailure(name: AlarmName, problem: WriteProblem): void {
    const { clock, onNotice } = this.#options;
    this.#retries.set(name, epochMs(clock.now() + RETRY_MS));
    onNotice({ notice: 'notWritten', alarm: name, problem });
    if (this.#cancelRetry === null && !this.#isStopped) this.#wakeForRetries();
  }

  #wakeForRetries(): void {
    const next = this.#retries.values().next();
    this.#cancelRetry =
      next.done === true ? null : this.#options.clock.callAt(next.value, () => this.#retryDue());
  }

  #retryDue(): void {
    const now = this.#options.clock.now();
    for (const [name, at] of this.#retries) {
      if (at > now) break;
      this.#retries.delete(name);
      this.#alarms.delete(name);
      this.#options.onChange(name);
    }
    this.#wakeForRetries();
  }
}
