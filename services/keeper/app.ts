import { type AlarmReader, startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import {
  type AlarmWriter,
  createAlarmWriter,
  type WriteProblem,
} from '../../adapters/alarm-writer/alarm-writer.ts';
import type { Identity } from '../../core/audit/audit.ts';
import { decideKeep } from '../../core/keeping/decide-keep.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { durationMs, type EpochMs, epochMs } from '../../core/lib/units.ts';
import type { AlarmLog, LogPhase, LogProblem, RecordPosition } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { ALARM_TOPICS } from '../../schemas/topics.ts';
import { createJournalist, type Journalist } from './journalist.ts';

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
  | { readonly notice: 'notWritten'; readonly alarm: AlarmName; readonly problem: WriteProblem }
  /** The journal is being written; or it is not, because there is none or it cannot be read. */
  | { readonly notice: 'journal'; readonly isKept: true }
  | { readonly notice: 'journal'; readonly isKept: false; readonly problem: LogProblem | null }
  | { readonly notice: 'notJournaled'; readonly alarm: AlarmName; readonly problem: WriteProblem };

/**
 * The service that writes down what compaction would forget of open occurrences, and every transition into the journal
 * (decision 15, docs/decisions/0009-journal.md).
 */
export interface Keeper {
  start(): void;
  stop(): Promise<void>;
}

/** How long the keeper waits for the journal before it keeps occurrences without. */
const JOURNAL_WITHIN_MS = 10_000;

/**
 * Reads the end of the journal, then all topics to their heads, its own among them, before it writes; then writes for each alarm what its topic does not
 * say already, after the journal does. Any number of keepers may run: they fold the same log and write the same. A site
 * without a journal is kept all the same; once there is one, everything is read anew for it.
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

  readonly #journalist: Journalist;
  /** Whether the reader in use is watched by the journalist. */
  #isJournaling = false;
  #cancelJournalWait: (() => void) | null = null;
  #cancelDeadline: (() => void) | null = null;
  /** Every alarm is looked at when all topics have been read. */
  #isLookedOver = false;
  #isStopped = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    const { log, schemas, clock } = options;
    const identity = { ...options.identity, producer: KEEPER_PRODUCER };
    this.#writer = createAlarmWriter({ log, schemas, clock, identity });
    this.#journalist = createJournalist({
      log,
      schemas,
      clock,
      identity,
      isLive: () => this.#reader?.isAtHead === true,
      onReady: () => this.#journal(),
      onAbsent: (problem) => this.#goOnWithout(problem),
      onPhase: (phase) => {
        if (this.#reader === null) this.#tellPhase(phase);
      },
      onSettled: (names) => {
        for (const name of names) this.#due.add(name);
        this.#schedule();
      },
      onNotWritten: (alarm, problem) =>
        options.onNotice?.({ notice: 'notJournaled', alarm, problem }),
    });
  }

  start(): void {
    if (this.#cancelJournalWait !== null || this.#reader !== null) return;
    const { clock } = this.#options;
    const until = epochMs(clock.now() + durationMs(JOURNAL_WITHIN_MS));
    this.#cancelJournalWait = clock.callAt(until, () => this.#goOnWithout(null));
    this.#journalist.open();
  }

  async stop(): Promise<void> {
    const reader = this.#reader;
    this.#reader = null;
    this.#isStopped = true;
    this.#cancelJournalWait?.();
    this.#cancelDeadline?.();
    for (const cancel of this.#retries) cancel();
    this.#retries.clear();
    await Promise.all([reader?.close(), this.#journalist.close()]);
  }

  /** The journal can be gone on with: everything is read for it, anew where it was read without. */
  #journal(): void {
    this.#cancelJournalWait?.();
    if (this.#isStopped || this.#isJournaling) return;
    this.#isJournaling = true;
    void this.#reader?.close();
    this.#read();
    this.#options.onNotice?.({ notice: 'journal', isKept: true });
  }

  /** Alarms come before their history. */
  #goOnWithout(problem: LogProblem | null): void {
    this.#cancelJournalWait?.();
    if (this.#isStopped || this.#reader !== null) return;
    this.#read();
    this.#options.onNotice?.({ notice: 'journal', isKept: false, problem });
  }

  #read(): void {
    const { log, schemas, clock } = this.#options;
    this.#isLookedOver = false;
    this.#reader = startAlarmReader({
      log,
      schemas,
      clock,
      decoder: createWireDecoder(),
      topics: ALARM_TOPICS,
      onChange: () => this.#schedule(),
      onHead: () => {
        this.#isLookedOver = false;
      },
      ...(this.#isJournaling ? { watcher: this.#journalist } : {}),
    });
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
    this.#tellPhase(reader.status().phase);
    if (!reader.isAtHead) return;
    const now = reader.now();
    const { rows, removed } = reader.book.takeChanges(now);
    for (const row of rows) this.#due.add(row.name);
    for (const name of removed) this.#due.add(name);
    if (this.#isJournaling) this.#lookForEnds(reader, now);
    for (const [name, position] of this.#underWay) {
      if (position !== null && reader.hasRead(position)) this.#underWay.delete(name);
    }
    this.#writeDue(reader);
  }

  /** What no record brings about: shelves whose time is over, and what was registered otherwise while no keeper ran. */
  #lookForEnds(reader: AlarmReader, now: EpochMs): void {
    const names = this.#isLookedOver ? this.#due : null;
    if (names === null) {
      for (const state of reader.book.states()) this.#journalist.look(state, now);
    } else {
      for (const name of names) {
        const state = reader.book.state(name);
        if (state !== undefined) this.#journalist.look(state, now);
      }
    }
    this.#isLookedOver = true;
    this.#journalist.lookedAt(now);
    this.#cancelDeadline?.();
    const at = reader.book.nextDeadline();
    this.#cancelDeadline =
      at === null ? null : this.#options.clock.callAt(at, () => this.#schedule());
  }

  #writeDue(reader: AlarmReader): void {
    for (const name of this.#due) {
      if (this.#underWay.size >= WRITES_AT_ONCE) return;
      if (this.#underWay.has(name)) continue;
      this.#due.delete(name);
      // It comes back when the journal tells what the alarm did: a reader that begins on a snapshot never sees that again.
      if (this.#journalist.isBehind(name)) continue;
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

  #tellPhase(phase: LogPhase): void {
    if (phase.phase === this.#phase) return;
    this.#phase = phase.phase;
    this.#options.onNotice?.({ notice: 'phase', phase });
  }
}
