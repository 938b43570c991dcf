import { followJournal } from '../../adapters/alarm-reader/journal-follower.ts';
import type { WriteProblem } from '../../adapters/alarm-writer/alarm-writer.ts';
import {
  createJournalWriter,
  type JournalWriter,
} from '../../adapters/alarm-writer/journal-writer.ts';
import type { FoldWatcher } from '../../core/alarm/alarm-book.ts';
import type { AlarmState } from '../../core/alarm/alarm-state.ts';
import type { AlarmEvent, Slot } from '../../core/alarm/events.ts';
import { slotOf } from '../../core/alarm/evolve.ts';
import type { Identity } from '../../core/audit/audit.ts';
import { createReachBook, type JournalReach } from '../../core/journal/journal-reach.ts';
import { closedByRegistration } from '../../core/journal/registration-transitions.ts';
import { shelfEndedByTime } from '../../core/journal/shelf-transitions.ts';
import { identityOf, type Transition } from '../../core/journal/transition.ts';
import { transitionsOf } from '../../core/journal/transitions-of.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import type { Result } from '../../core/lib/result.ts';
import { durationMs, type EpochMs, epochMs } from '../../core/lib/units.ts';
import type { AlarmLog, LogPhase, LogProblem, RecordPosition } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import type { JournalEntry } from '../../schemas/codecs/journal/journal-entry.ts';
import { JOURNAL_KEPT_MS } from '../../schemas/topic-specs.ts';
import { createPendingTransitions, type Pending } from './pending-transitions.ts';
import { createRecentSet } from './recent-set.ts';

/** Records on their way to the journal at once; so many a keeper that was killed may write again. */
export const JOURNAL_BATCH = 256;
/** How far before the end of each partition a keeper begins to read: several batches of several keepers. */
export const JOURNAL_TAIL = 2_048;
/** How many transitions are known by identity, so as not to be written again. */
const REMEMBERED = 65_536;
const RETRY_MS = 1_000;
/** Failures in a row after which snapshots do not wait for the journal any more: alarms come before their history. */
const FAILURES_BORNE = 3;
/** How long a keeper leaves a transition to another one that was faster before; by chance, so that one is the fastest. */
const LEAST_PATIENCE_MS = 150;
const PATIENCE_SPREAD_MS = 350;

export interface JournalistOptions {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly clock: Clock;
  readonly identity: Identity;
  /** Whether what is folded is live: what registrations before that did was told by whoever saw them come. */
  readonly isLive: () => boolean;
  /** The journal has been read as far as is needed to go on with it: now the fold can be watched. */
  readonly onReady: () => void;
  readonly onAbsent: (problem: LogProblem) => void;
  readonly onPhase: (phase: LogPhase) => void;
  /** What these alarms did is in the journal now. */
  readonly onSettled: (names: readonly AlarmName[]) => void;
  readonly onNotWritten: (name: AlarmName, problem: WriteProblem) => void;
}

/** The keeper's hand that writes the journal (docs/decisions/0009-journal.md). */
export interface Journalist extends FoldWatcher {
  /** Begins to read the end of the journal; `onReady` or `onAbsent` follows. */
  open(): void;
  /** Looks for what time alone, or a registration that came while no keeper ran, has ended of an alarm. */
  look(state: AlarmState, now: EpochMs): void;
  /** All alarms have been looked at up to this moment. */
  lookedAt(now: EpochMs): void;
  /** What the alarm did is still to be written: its snapshot must not tell it before. */
  isBehind(name: AlarmName): boolean;
  close(): Promise<void>;
}

type Written = Result<RecordPosition, WriteProblem>;

/** Writes nothing before it is opened and watches. */
export function createJournalist(options: JournalistOptions): Journalist {
  return new WritingJournalist(options);
}

class WritingJournalist implements Journalist {
  readonly #options: JournalistOptions;
  readonly #writer: JournalWriter;
  readonly #reach = createReachBook();
  readonly #pending = createPendingTransitions();
  readonly #read = createRecentSet(REMEMBERED);
  readonly #written = createRecentSet(REMEMBERED);
  #follower: { close(): Promise<void> } | null = null;
  #isReady = false;
  #isWriting = false;
  #isClosed = false;
  #failures = 0;
  /** 0: no other keeper is faster. */
  #patienceMs = 0;
  /** When another keeper was seen to be as fast or faster. */
  #rivalSeenAt: EpochMs = epochMs(0);
  #cancelTimer: (() => void) | null = null;

  constructor(options: JournalistOptions) {
    this.#options = options;
    this.#writer = createJournalWriter(options);
  }

  open(): void {
    const { log, schemas, clock, onAbsent, onPhase } = this.#options;
    this.#follower ??= followJournal({
      log,
      schemas,
      clock,
      lastOffsets: JOURNAL_TAIL,
      onEntry: (entry) => this.#take(entry),
      onHead: () => this.#becomeReady(),
      onPhase,
      onAbsent,
    });
  }

  onEvolved(before: AlarmState, after: AlarmState, event: AlarmEvent): void {
    const slot = slotOf(event.fact);
    if (slot === 'snapshot') return;
    const isUntold = !this.#reach.knows(event.mark);
    if (!this.#reach.see(event.mark)) return;
    const isLive = this.#options.isLive();
    if (!isLive && this.#isLeftOut(slot, isUntold, event)) return;
    for (const transition of transitionsOf(before, after, event)) this.#add(transition);
    // It may have come so late that its time is over already: then no list shows it, and nobody would look.
    if (isLive && slot === 'shelf') this.look(after, this.#options.clock.now());
  }

  onSwept(before: AlarmState, after: AlarmState, event: AlarmEvent): void {
    for (const transition of transitionsOf(before, after, event)) {
      this.#add({ ...transition, trigger: null });
    }
  }

  look(state: AlarmState, now: EpochMs): void {
    const ended = shelfEndedByTime(state, now);
    if (ended !== null && !this.#reach.isEndTold(ended.at)) this.#add(ended);
    const closed = closedByRegistration(state);
    if (closed !== null) this.#add(closed);
  }

  lookedAt(now: EpochMs): void {
    this.#reach.lookAtShelves(now);
  }

  isBehind(name: AlarmName): boolean {
    return this.#failures < FAILURES_BORNE && this.#pending.hasAlarm(name);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer?.();
    await this.#follower?.close();
  }

  #becomeReady(): void {
    if (this.#isReady || this.#isClosed) return;
    this.#isReady = true;
    this.#options.onReady();
  }

  #take({ transition, reach }: JournalEntry): void {
    const identity = identityOf(transition);
    const isRepeat = !this.#read.add(identity);
    if (!this.#isReady && reach !== null) this.#reach.take(reach);
    if (isRepeat && this.#written.has(identity)) {
      // Another keeper is as fast: whoever is left behind by chance now leaves it to the other.
      this.#patienceMs = LEAST_PATIENCE_MS + Math.random() * PATIENCE_SPREAD_MS;
      this.#rivalSeenAt = this.#options.clock.now();
    }
    if (!this.#pending.hasIdentity(identity) || this.#written.has(identity)) return;
    this.#rivalSeenAt = this.#options.clock.now();
    this.#schedule();
  }

  /** While another keeper writes, this one waits until it has been silent for a while. */
  #dueAt({ addedAt }: Pending): EpochMs {
    if (this.#patienceMs === 0) return addedAt;
    return epochMs(Math.max(addedAt, this.#rivalSeenAt) + this.#patienceMs);
  }

  /**
   * Of what is read before it is live: registrations, and where the journal tells nothing of the partition, what it would
   * have dropped by now.
   */
  #isLeftOut(slot: Slot, isUntold: boolean, { mark }: AlarmEvent): boolean {
    if (slot === 'registration') return true;
    return isUntold && mark.writtenAt < this.#options.clock.now() - JOURNAL_KEPT_MS;
  }

  #add(transition: Transition): void {
    const identity = identityOf(transition);
    if (this.#isKnown(identity) || this.#pending.hasIdentity(identity)) return;
    this.#pending.add({ transition, identity, addedAt: this.#options.clock.now() });
    this.#schedule();
  }

  #isKnown(identity: string): boolean {
    return this.#read.has(identity) || this.#written.has(identity);
  }

  #schedule(): void {
    if (this.#cancelTimer !== null || this.#isWriting || this.#isClosed) return;
    const turn = setImmediate(() => {
      this.#cancelTimer = null;
      void this.#writeBatch();
    });
    this.#cancelTimer = () => clearImmediate(turn);
  }

  #scheduleAt(at: EpochMs): void {
    if (this.#isClosed) return;
    this.#cancelTimer?.();
    const takeBack = this.#options.clock.callAt(at, () => {
      this.#cancelTimer = null;
      void this.#writeBatch();
    });
    this.#cancelTimer = takeBack;
  }

  async #writeBatch(): Promise<void> {
    if (this.#isWriting || this.#isClosed || this.#pending.size === 0) return;
    const { batch, reach } = this.#nextBatch();
    if (batch.length === 0) {
      const next = this.#pending.first();
      if (next !== undefined) this.#scheduleAt(this.#dueAt(next));
      return;
    }
    // It has waited in vain: no other keeper is faster now.
    this.#patienceMs = 0;
    this.#isWriting = true;
    const answers = await Promise.all(
      batch.map(({ transition }, index) =>
        this.#writer.write({ transition, reach: index === batch.length - 1 ? reach : null }),
      ),
    );
    this.#isWriting = false;
    this.#afterBatch(batch, answers);
  }

  /** What is due now, without what others have written meanwhile, and what holds before it is written. */
  #nextBatch(): { readonly batch: readonly Pending[]; readonly reach: JournalReach } {
    const now = this.#options.clock.now();
    const batch: Pending[] = [];
    const settled: AlarmName[] = [];
    for (;;) {
      const next = this.#pending.first();
      if (next === undefined || batch.length >= JOURNAL_BATCH) break;
      const isKnown = this.#isKnown(next.identity);
      if (!isKnown && this.#dueAt(next) > now) break;
      this.#pending.take();
      if (!isKnown) {
        batch.push(next);
        continue;
      }
      this.#pending.settle(next);
      settled.push(next.transition.name);
    }
    if (settled.length > 0) this.#options.onSettled(settled);
    const reach = this.#reach.reachBefore(
      this.#pending.firstTriggers(),
      this.#pending.firstEndAt(),
    );
    return { batch, reach };
  }

  #afterBatch(batch: readonly Pending[], answers: readonly Written[]): void {
    const again: Pending[] = [];
    const settled: AlarmName[] = [];
    for (const [index, pending] of batch.entries()) {
      const answer = answers[index];
      if (answer?.ok === false && !isHopeless(answer.error)) {
        again.push(pending);
        continue;
      }
      if (answer?.ok === false) this.#options.onNotWritten(pending.transition.name, answer.error);
      this.#written.add(pending.identity);
      this.#pending.settle(pending);
      settled.push(pending.transition.name);
    }
    this.#pending.putBack(again);
    if (this.#isClosed) return;
    if (settled.length > 0) this.#options.onSettled(settled);
    if (again.length === 0) {
      this.#failures = 0;
      this.#schedule();
    } else {
      this.#waitAfterFailure(again, answers);
    }
  }

  #waitAfterFailure(again: readonly Pending[], answers: readonly Written[]): void {
    const { clock, onNotWritten, onSettled } = this.#options;
    this.#failures += 1;
    const failed = answers.find((answer) => !answer.ok);
    const [first] = again;
    if (failed?.ok === false && first !== undefined) {
      onNotWritten(first.transition.name, failed.error);
    }
    // From now on snapshots do not wait for these any more.
    if (this.#failures === FAILURES_BORNE)
      onSettled(again.map(({ transition }) => transition.name));
    this.#scheduleAt(epochMs(clock.now() + durationMs(RETRY_MS)));
  }
}

/** Trying again does not help: such a record can never be written, and nothing after it may wait for it. */
function isHopeless(problem: WriteProblem): boolean {
  if (problem.cause === 'encoding') return problem.problem.code !== 'NoSchema';
  return problem.cause === 'log' && problem.problem.code === 'RecordTooLarge';
}
