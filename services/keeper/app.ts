import { type AlarmReader, startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import { createAlarmWriter, type WriteProblem } from '../../adapters/alarm-writer/alarm-writer.ts';
import type { Identity } from '../../core/audit/audit.ts';
import { decideKeep } from '../../core/keeping/decide-keep.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { durationMs, type EpochMs, epochMs } from '../../core/lib/units.ts';
import type { AlarmLog, LogPhase, LogProblem } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { ALARM_TOPICS } from '../../schemas/topics.ts';
import { onceATurn } from '../host/once-a-turn.ts';
import {
  createReadingTeller,
  NOT_READING,
  type ReadingCondition,
  type ReadingNotice,
  readingCondition,
} from '../host/reading-condition.ts';
import { type WriteNotice, WritesUnderWay } from '../host/writes-under-way.ts';
import { createJournalist, type Journalist } from './journalist.ts';

/** The keeper's name in the audit headers. */
export const KEEPER_PRODUCER = 'klaxon-keeper';

/** Records on their way to the log at once. */
const WRITES_AT_ONCE = 16;
/** How long what is on its way is waited for when the keeper stops. */
const STOP_WITHIN_MS = durationMs(2_000);

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
  | ReadingNotice
  | WriteNotice
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
  /** Answers when what was on its way to the log has got there, or has failed. */
  stop(): Promise<void>;
  /** Of the alarm topics; of the journal as long as that alone is read. */
  condition(): ReadingCondition;
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
  readonly #writes: WritesUnderWay;
  readonly #tell: ReturnType<typeof createReadingTeller>;
  readonly #schedule = onceATurn(() => this.#look());
  #reader: AlarmReader | null = null;
  /** Alarms that may differ from what their topic says. */
  readonly #due = new Set<AlarmName>();
  /** How the journal is read. */
  #journalPhase: LogPhase = NOT_READING.phase;

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
    const { log, schemas, clock, onNotice = () => undefined } = options;
    const identity = { ...options.identity, producer: KEEPER_PRODUCER };
    this.#tell = createReadingTeller(onNotice);
    this.#writes = new WritesUnderWay({
      writer: createAlarmWriter({ log, schemas, identity, clock }),
      clock,
      onNotice,
      onChange: (alarm) => this.#lookAgain([alarm]),
    });
    this.#journalist = createJournalist({
      log,
      schemas,
      clock,
      identity,
      isLive: () => this.#reader?.isAtHead === true,
      onReady: () => this.#journal(),
      onAbsent: (problem) => this.#goOnWithout(problem),
      onPhase: (phase) => {
        this.#journalPhase = phase;
        if (this.#reader === null) this.#tell(this.condition());
      },
      onSettled: (names) => this.#lookAgain(names),
      onNotWritten: (alarm, problem) => onNotice({ notice: 'notJournaled', alarm, problem }),
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
    await Promise.all([
      this.#writes.stop(STOP_WITHIN_MS),
      reader?.close(),
      this.#journalist.close(),
    ]);
  }

  condition(): ReadingCondition {
    const reader = this.#reader;
    if (reader !== null) return readingCondition(reader);
    return { ...NOT_READING, phase: this.#isStopped ? NOT_READING.phase : this.#journalPhase };
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

  #lookAgain(names: Iterable<AlarmName>): void {
    for (const name of names) this.#due.add(name);
    this.#schedule();
  }

  #look(): void {
    const reader = this.#reader;
    if (reader === null) return;
    this.#tell(reader.status());
    if (!reader.isAtHead) return;
    const now = reader.now();
    const { rows, removed } = reader.book.takeChanges(now);
    for (const row of rows) this.#due.add(row.name);
    for (const name of removed) this.#due.add(name);
    if (this.#isJournaling) this.#lookForEnds(reader, now);
    this.#writes.release(reader);
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
      if (this.#writes.size >= WRITES_AT_ONCE) return;
      if (this.#writes.has(name)) continue;
      this.#due.delete(name);
      // It comes back when the journal tells what the alarm did: a reader that begins on a snapshot never sees that again.
      if (this.#journalist.isBehind(name)) continue;
      const state = reader.book.state(name);
      const order = state === undefined ? null : decideKeep(state);
      if (order !== null) this.#writes.write(order);
    }
  }
}
