import { type AlarmReader, startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import {
  type AlarmWriter,
  createAlarmWriter,
  type WriteProblem,
} from '../../adapters/alarm-writer/alarm-writer.ts';
import type { Identity } from '../../core/audit/audit.ts';
import { decideKeep } from '../../core/keeping/decide-keep.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { durationMs, epochMs } from '../../core/lib/units.ts';
import type { AlarmLog, LogPhase, RecordPosition } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { ALARM_TOPICS } from '../../schemas/topics.ts';

/** The keeper's name in the audit headers. */
export const KEEPER_PRODUCER = 'klaxon-keeper';

/** Records on their way to the log at once. */
const WRITES_AT_ONCE = 16;
/** How long a failed write waits before the alarm is looked at again. */
const RETRY_MS = 1_000;

export interface KeeperOptions {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly clock: Clock;
  /** Who runs it: `producer` is the keeper's own. */
  readonly identity: Omit<Identity, 'producer'>;
  /** What a person who watches the service should know: phases, and writes that failed. */
  readonly onNotice?: (notice: KeeperNotice) => void;
}

export type KeeperNotice =
  | { readonly notice: 'phase'; readonly phase: LogPhase }
  | { readonly notice: 'written'; readonly alarm: AlarmName; readonly position: RecordPosition }
  | { readonly notice: 'notWritten'; readonly alarm: AlarmName; readonly problem: WriteProblem };

/** The service that writes down what compaction would forget of open occurrences (decision 15). */
export interface Keeper {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Reads all topics to their heads, its own among them, before it writes; then writes for each alarm what its topic does not
 * say already. Any number of keepers may run: they fold the same log and write the same.
 */
export function createKeeper(options: KeeperOptions): Keeper {
  return new RunningKeeper(options);
}

class RunningKeeper implements Keeper {
  readonly #options: KeeperOptions;
  readonly #writer: AlarmWriter;
  #reader: AlarmReader | null = null;
  /** Alarms that may differ from what their topic says. */
  readonly #due = new Set<AlarmName>();
  /** Alarms with a record on its way; it is looked at again when that has come back. */
  readonly #underWay = new Map<AlarmName, RecordPosition | null>();
  readonly #retries = new Set<() => void>();
  #phase = '';
  #isScheduled = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    const { log, schemas, clock, identity } = options;
    this.#writer = createAlarmWriter({
      log,
      schemas,
      clock,
      identity: { ...identity, producer: KEEPER_PRODUCER },
    });
  }

  start(): void {
    const { log, schemas, clock } = this.#options;
    this.#reader ??= startAlarmReader({
      log,
      schemas,
      clock,
      decoder: createWireDecoder(),
      topics: ALARM_TOPICS,
      onChange: () => this.#schedule(),
    });
  }

  async stop(): Promise<void> {
    const reader = this.#reader;
    this.#reader = null;
    for (const cancel of this.#retries) cancel();
    this.#retries.clear();
    await reader?.close();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#look();
    });
  }

  #look(): void {
    const reader = this.#reader;
    if (reader === null) return;
    this.#tellPhase(reader);
    if (!reader.isAtHead) return;
    const { rows, removed } = reader.book.takeChanges(reader.now());
    for (const row of rows) this.#due.add(row.name);
    for (const name of removed) this.#due.add(name);
    for (const [name, position] of this.#underWay) {
      if (position !== null && reader.hasRead(position)) this.#underWay.delete(name);
    }
    this.#writeDue(reader);
  }

  #writeDue(reader: AlarmReader): void {
    for (const name of this.#due) {
      if (this.#underWay.size >= WRITES_AT_ONCE) return;
      if (this.#underWay.has(name)) continue;
      this.#due.delete(name);
      const state = reader.book.state(name);
      const order = state === undefined ? null : decideKeep(state);
      if (order === null) continue;
      this.#underWay.set(name, null);
      void this.#writer.write(order).then((written) => {
        if (written.ok) this.#afterWrite(name, written.value);
        else this.#afterFailure(name, written.error);
      });
    }
  }

  #afterWrite(name: AlarmName, position: RecordPosition): void {
    this.#underWay.set(name, position);
    this.#options.onNotice?.({ notice: 'written', alarm: name, position });
    this.#due.add(name);
    this.#schedule();
  }

  #afterFailure(name: AlarmName, problem: WriteProblem): void {
    this.#options.onNotice?.({ notice: 'notWritten', alarm: name, problem });
    const { clock } = this.#options;
    const cancel = clock.callAt(epochMs(clock.now() + durationMs(RETRY_MS)), () => {
      this.#retries.delete(cancel);
      this.#underWay.delete(name);
      this.#due.add(name);
      this.#schedule();
    });
    this.#retries.add(cancel);
  }

  #tellPhase(reader: AlarmReader): void {
    const { phase } = reader.status();
    if (phase.phase === this.#phase) return;
    this.#phase = phase.phase;
    this.#options.onNotice?.({ notice: 'phase', phase });
  }
}
