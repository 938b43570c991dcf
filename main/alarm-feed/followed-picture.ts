import type { AlarmBook } from '../../core/alarm/alarm-book.ts';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { AlarmCounts } from '../../core/effective-state/counts.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { type DurationMs, type EpochMs, epochMs } from '../../core/lib/units.ts';
import type { LogPhase } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { overdueShelves } from '../../core/shelving/shelf-watch.ts';
import type { FeedStatus } from '../../ipc/contract.ts';
import type { AlarmPicture } from './alarm-picture.ts';
import { createKeeperWatch, type KeeperWatch } from './keeper-watch.ts';
import { plainPhase } from './plain-phase.ts';

/** Rows are taken out of the fold in slices of so many, and no longer than this at a stretch (decision 13 allows 10 ms). */
export const ROWS_PER_SLICE = 200;
const STRETCH_MS = 3;
/** Changes are gathered this long; it is the feed that holds each window to one message a frame. */
const GATHER_MS = 4;
/** How often it is looked whether shelves that have ended are still not taken off. */
const LOOK_FOR_OVERDUE_MS = 1_000;

/** What the picture needs of the reader that folds the log. */
export interface FollowedReader {
  readonly book: Pick<
    AlarmBook,
    | 'takeChanges'
    | 'hasChanges'
    | 'nextDeadline'
    | 'dueShelves'
    | 'counts'
    | 'disagreements'
    | 'state'
  >;
  readonly quarantine: { readonly count: number };
  status(): {
    readonly phase: LogPhase;
    readonly lag: number;
    readonly lastRecordAt: EpochMs | null;
    readonly clockOffsetMs: DurationMs;
    readonly damages: readonly string[];
  };
  now(): EpochMs;
}

/** The picture that windows are fed from: the rows of the reader that is being followed, taken slice by slice. */
export interface FollowedPicture extends AlarmPicture {
  /** Follows another reader, or none: what was there before is gone. `hasKeeperTopic`: the log can hold a keeper's word. */
  follow(reader: FollowedReader | null, hasKeeperTopic: boolean): void;
  /** To be called whenever the reader says that something has changed. */
  readerChanged(): void;
  /** To be called when the reader has folded everything up to the end of the log. */
  readerReachedHead(): void;
  /** What is said while no reader is followed. */
  setPhase(phase: LogPhase): void;
  /** What operators must be told as long as it holds. */
  setWarnings(warnings: readonly string[]): void;
  close(): void;
}

export function createFollowedPicture(clock: Clock): FollowedPicture {
  return new Picture(clock);
}

class Picture implements FollowedPicture {
  readonly #clock: Clock;
  readonly #rows = new Map<AlarmName, AlarmRow>();
  readonly #listeners = new Set<(names: readonly AlarmName[]) => void>();
  #reader: FollowedReader | null = null;
  #keeper: KeeperWatch = createKeeperWatch(false);
  #ownPhase: LogPhase = { phase: 'connecting', attempt: 1 };
  #warnings: readonly string[] = [];
  #isAtHead = false;
  #isWhole = false;
  /** Every change of the fold has been taken since the last replay. */
  #isSettled = false;
  #takenAt = Number.NEGATIVE_INFINITY;
  #cancelTake: (() => void) | null = null;
  #cancelDeadline: (() => void) | null = null;
  #cancelOverdue: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isWhole(): boolean {
    return this.#isWhole;
  }

  names(): readonly AlarmName[] {
    return [...this.#rows.keys()];
  }

  row(name: AlarmName): AlarmRow | null {
    return this.#rows.get(name) ?? null;
  }

  counts(): AlarmCounts {
    return this.#isWhole && this.#reader !== null ? this.#reader.book.counts() : NO_ALARMS;
  }

  status(): FeedStatus {
    const isKeeperSeen = this.#keeper.isSeen(this.counts(), this.#clock.now());
    const warnings = [...this.#warnings];
    const reader = this.#reader;
    if (reader === null)
      return { ...NOTHING_READ, phase: plainPhase(this.#ownPhase), isKeeperSeen, warnings };
    const { phase, lag, lastRecordAt, clockOffsetMs, damages } = reader.status();
    return {
      phase: plainPhase(this.#shownPhase(phase)),
      lag,
      lastRecordAt,
      clockOffsetMs,
      quarantined: reader.quarantine.count,
      disagreements: reader.book.disagreements,
      isKeeperSeen,
      warnings: [...warnings, ...damages, ...this.#overdueWarning(reader)],
    };
  }

  onChange(listener: (names: readonly AlarmName[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  follow(reader: FollowedReader | null, hasKeeperTopic: boolean): void {
    this.#stopTimers();
    const gone = this.names();
    this.#rows.clear();
    this.#reader = reader;
    this.#ownPhase = { phase: 'connecting', attempt: 1 };
    this.#keeper = createKeeperWatch(hasKeeperTopic);
    this.#isAtHead = false;
    this.#isWhole = false;
    this.#isSettled = false;
    this.#tell(gone);
  }

  readerChanged(): void {
    if (this.#cancelTake !== null) return;
    const at = epochMs(Math.max(this.#clock.now(), this.#takenAt + GATHER_MS));
    this.#takeAt(at);
  }

  readerReachedHead(): void {
    this.#isAtHead = true;
    this.readerChanged();
  }

  setPhase(phase: LogPhase): void {
    this.#ownPhase = phase;
    this.#tell([]);
  }

  setWarnings(warnings: readonly string[]): void {
    this.#warnings = warnings;
    this.#tell([]);
  }

  close(): void {
    this.#stopTimers();
    this.#listeners.clear();
  }

  /** Live only when every row of the fold has been taken: a window must not be told so while it waits for some. */
  #shownPhase(phase: LogPhase): LogPhase {
    if (phase.phase !== 'live' || this.#isSettled) return phase;
    return { phase: 'replaying', read: this.#rows.size, total: this.#rows.size };
  }

  #takeAt(at: EpochMs): void {
    this.#cancelTake = this.#clock.callAt(at, () => {
      this.#cancelTake = null;
      this.#take();
    });
  }

  /**
   * While the log is being replayed, the first time or again, nothing is taken: half a replay would be a wrong picture,
   * and calmer than the truth.
   */
  #take(): void {
    const reader = this.#reader;
    this.#takenAt = this.#clock.now();
    const isReplaying = reader?.status().phase.phase === 'replaying';
    if (reader === null || !this.#isAtHead || isReplaying) {
      this.#isSettled = false;
      this.#tell([]);
      return;
    }
    const names = this.#takeRows(reader);
    const isMore = reader.book.hasChanges;
    if (!isMore) {
      this.#isWhole = true;
      this.#isSettled = true;
    }
    this.#tell(names);
    if (isMore) this.#takeAt(this.#clock.now());
    else {
      this.#waitForDeadline(reader);
      this.#watchOverdue(reader);
    }
  }

  #takeRows(reader: FollowedReader): readonly AlarmName[] {
    const names: AlarmName[] = [];
    const until = performance.now() + STRETCH_MS;
    do {
      const { rows, removed } = reader.book.takeChanges(reader.now(), ROWS_PER_SLICE);
      for (const row of rows) {
        this.#rows.set(row.name, row);
        this.#keeper.look(reader.book.state(row.name));
        names.push(row.name);
      }
      for (const name of removed) this.#rows.delete(name);
      names.push(...removed);
    } while (reader.book.hasChanges && performance.now() < until);
    return names;
  }

  /** A shelf that ends changes a row though no record comes. */
  #waitForDeadline(reader: FollowedReader): void {
    this.#cancelDeadline?.();
    this.#cancelDeadline = null;
    const at = reader.book.nextDeadline();
    if (at === null) return;
    const localAt = epochMs(at - reader.status().clockOffsetMs);
    this.#cancelDeadline = this.#clock.callAt(localAt, () => this.readerChanged());
  }

  /** A shelf that has ended and is not ended in the log: nobody looks after shelves. */
  #overdueWarning(reader: FollowedReader): readonly string[] {
    const count = this.#isSettled ? overdueShelves(reader.book, reader.now()) : 0;
    if (count === 0) return [];
    const what = count === 1 ? '1 shelf has' : `${count} shelves have`;
    return [
      `${what} ended, and no shelf service says so in the log: start one (klaxon serve shelf). Nothing is hidden by it.`,
    ];
  }

  /** Whether a shelf service has taken off what has ended shows a moment later, though no record comes. */
  #watchOverdue(reader: FollowedReader): void {
    const isDue = () => reader.book.dueShelves(reader.now()).size > 0;
    if (this.#cancelOverdue !== null || !isDue()) return;
    this.#cancelOverdue = this.#clock.callAt(
      epochMs(this.#clock.now() + LOOK_FOR_OVERDUE_MS),
      () => {
        this.#cancelOverdue = null;
        this.#tell([]);
        this.#watchOverdue(reader);
      },
    );
  }

  #tell(names: readonly AlarmName[]): void {
    for (const listener of [...this.#listeners]) listener(names);
  }

  #stopTimers(): void {
    this.#cancelTake?.();
    this.#cancelDeadline?.();
    this.#cancelOverdue?.();
    this.#cancelTake = null;
    this.#cancelDeadline = null;
    this.#cancelOverdue = null;
  }
}

const NOTHING_READ = {
  lag: 0,
  lastRecordAt: null,
  clockOffsetMs: 0,
  quarantined: 0,
  disagreements: 0,
} as const;

const NO_ALARMS: AlarmCounts = {
  registered: 0,
  notRegistered: 0,
  normal: 0,
  unacknowledged: 0,
  acknowledged: 0,
  returned: 0,
  shelved: 0,
  suppressed: 0,
  outOfService: 0,
  undecodable: 0,
};
