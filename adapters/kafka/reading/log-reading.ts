import type { Result } from '../../../core/lib/result.ts';
import type { DurationMs } from '../../../core/lib/units.ts';
import type {
  LogListener,
  LogPhase,
  LogProblem,
  LogProblemCode,
  LogReading,
  ReadTail,
} from '../../../core/ports/alarm-log.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { Cluster } from '../connection/cluster.ts';
import { backOffMs } from './back-off.ts';
import { LeaderLoop } from './leader-loop.ts';
import { LeaderLoops } from './leader-loops.ts';
import type { PartitionState } from './partition-state.ts';
import { PartitionTable } from './partition-table.ts';
import { isSilent, phaseOf } from './reading-phase.ts';
import {
  historyLost,
  leaderBehind,
  listenerFailed,
  noProgress,
  topicMadeAnew,
} from './reading-problems.ts';
import { RecordDelivery } from './record-delivery.ts';
import { SweepDesk } from './sweep-desk.ts';
import { beginAt, beginAtTails, tailStart } from './tail-start.ts';
import { TopicIdentities } from './topic-identities.ts';

/** How long tombstones stay, by topic. */
export type TopicRetentions = ReadonlyMap<string, DurationMs | null>;

/** How a reading of Kafka behaves. */
export interface LogReadingOptions {
  readonly clock: Clock;
  /** No answer for this long means stale; checked twice a second. */
  readonly staleAfterMs: DurationMs;
  /**
   * How long topics keep tombstones (`delete.retention.ms`); null where one takes none away. Where it cannot be known,
   * a cautious guess: whatever was looked at less often is looked over again.
   */
  readonly retentionsOf: (topics: readonly string[]) => Promise<TopicRetentions>;
  /** The most that is asked for of a partition at once, for thin lines; 1 MiB where absent. */
  readonly largestFetchBytes?: number;
  /** Begin so far before the end; at the first record where absent. */
  readonly tail?: ReadTail;
}

/**
 * Reads all partitions of the topics from their first record to the end and on, by fetches of its own: no consumer
 * group, nothing committed, nothing left on the broker. The cluster should be this reading's own, since fetches of
 * several readings on one connection wait for each other.
 */
export function createLogReading(
  cluster: Cluster,
  topics: readonly string[],
  listener: LogListener,
  options: LogReadingOptions,
): LogReading {
  const reading = new KafkaLogReading(cluster, [...new Set(topics)], listener, options);
  void reading.run();
  return reading;
}

const TICK_MS = 500;
const OF_TOPIC: ReadonlySet<LogProblemCode> = new Set(['TopicMissing', 'NotAuthorized']);
const STUCK_AFTER_MS = 5_000;
/** Partitions can be added to a topic; so often that is looked for. */
const PLAN_AGAIN_MS = 60_000;
/** While one broker is gone and others answer, who leads now is asked so often at least: operators wait for it. */
const LEADER_AGAIN_MS = 1_000;

class KafkaLogReading implements LogReading {
  readonly listener: LogListener;
  readonly address: string;
  readonly #cluster: Cluster;
  readonly #topics: readonly string[];
  readonly #options: LogReadingOptions;
  readonly #table: PartitionTable;
  readonly #identities: TopicIdentities;
  readonly #sweeps = new SweepDesk(this);
  readonly #delivery = new RecordDelivery(this, this.#sweeps);
  readonly #loops: LeaderLoops;
  #attempt = 1;
  #problem: LogProblem | null = null;
  #planAttempt = 1;
  #planProblem: LogProblem | null = null;
  #isFirstSession = true;
  #phase: LogPhase['phase'] = 'connecting';
  #shown = '';
  #isClosed = false;
  #stuck: LogProblem | null = null;
  #plannedAtMs = 0;
  #wake: () => void = NOBODY_WAITS;
  #planAgain: () => void = NOBODY_WAITS;

  constructor(
    cluster: Cluster,
    topics: readonly string[],
    listener: LogListener,
    options: LogReadingOptions,
  ) {
    this.listener = listener;
    this.address = cluster.address;
    this.#cluster = cluster;
    this.#topics = topics;
    this.#options = options;
    this.#table = new PartitionTable(topics);
    this.#identities = new TopicIdentities(cluster, topics);
    const source = { cluster, largestBytes: options.largestFetchBytes };
    this.#loops = new LeaderLoops(
      (nodeId, states) => new LeaderLoop({ ...source, nodeId }, states, this.#delivery),
      (cause) => this.#fail(cause),
    );
  }

  isClosed(): boolean {
    return this.#isClosed;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake();
  }

  async run(): Promise<void> {
    // The caller has its reading in hand before the first call back.
    await Promise.resolve();
    const ticking = setInterval(() => this.#tick(), TICK_MS);
    try {
      while (!this.#isClosed) {
        this.#show();
        await this.#readUntilTrouble();
      }
    } catch (cause) {
      // Only the listener throws here. It has not had what it should, so the reading must not go on looking alive.
      this.#fail(cause);
    } finally {
      clearInterval(ticking);
      await this.#loops.stop();
    }
  }

  onMarks(): void {
    if (this.#phase === 'connecting' || this.#phase === 'stale') {
      this.#show();
    }
  }

  /** Trouble is over when every partition answers again, not when one does. */
  onGoodAnswer(): void {
    if (this.#table.all.some(({ problem }) => problem !== null)) {
      return;
    }
    this.#attempt = 1;
    this.#problem = null;
  }

  onAnswer(): void {
    this.#settle();
    let lag = 0;
    for (const state of this.#table.all) {
      lag += Math.max(0, state.highWater - state.position);
    }
    this.listener.onLag?.(lag);
  }

  earliestOffset(state: PartitionState): Promise<Result<number, LogProblem>> {
    return this.#cluster.listOffset(state.topic, state.partition, 'earliest');
  }

  async resolveOutOfRange(state: PartitionState): Promise<LogProblem | null> {
    const { topic, partition, position } = state;
    const earliest = await this.earliestOffset(state);
    const latest = await this.#cluster.listOffset(topic, partition, 'latest');
    if (!earliest.ok || !latest.ok) {
      return earliest.ok ? (latest.ok ? null : latest.error) : earliest.error;
    }
    if (this.#isClosed || state.position !== position) {
      return null;
    }
    if (state.start === null) {
      beginAt(state, tailStart(this.#options.tail, earliest.value, latest.value));
      return null;
    }
    if (position >= earliest.value && position <= latest.value) {
      return leaderBehind(state, position);
    }
    this.#forget(topic, historyLost(state, position));
    return null;
  }

  async #readUntilTrouble(): Promise<void> {
    const problem = await this.#session();
    if (this.#isClosed || problem === null) {
      return;
    }
    this.#problem = problem;
    this.#show();
    const backOff = backOffMs(this.#attempt, problem, Math.random());
    const isSoughtSoon = this.#loops.isReading && problem.isRetriable;
    this.#attempt += 1;
    await this.#untilWoken(isSoughtSoon ? Math.min(backOff, LEADER_AGAIN_MS) : backOff);
  }

  /** Reads until something goes wrong, which it answers, or until it is time to look for changes. What goes well goes on. */
  async #session(): Promise<LogProblem | null> {
    this.#plannedAtMs = performance.now();
    const unreachable = await this.#reach();
    if (unreachable !== null) {
      return unreachable;
    }
    const { byLeader, problem } = await this.#table.plan(this.#cluster);
    this.#planAttempt = problem === null ? 1 : this.#planAttempt + 1;
    this.#planProblem = problem;
    if (byLeader.size === 0 || this.#isClosed) {
      return problem;
    }
    const unplaced = await this.#beginAtTails();
    if (unplaced !== null || this.#isClosed) {
      return unplaced;
    }
    const identified = this.#checkIdentities();
    // At first there is nothing to compare with, so nothing waits for the answer.
    const unidentified = this.#isFirstSession ? null : await identified;
    if (unidentified !== null || this.#isClosed) {
      return unidentified;
    }
    this.#isFirstSession = false;
    void this.#learnRetentions().catch((cause: unknown) => this.#fail(cause));
    await this.#loops.follow(byLeader);
    return this.#readOn();
  }

  async #beginAtTails(): Promise<LogProblem | null> {
    const { tail } = this.#options;
    return tail === undefined ? null : beginAtTails(this.#cluster, this.#table.all, tail);
  }

  /** Until the first loop ends, or until it is time to look for partitions that are new or had no leader. */
  async #readOn(): Promise<LogProblem | null> {
    const missing = this.#planProblem;
    const againMs =
      missing === null ? PLAN_AGAIN_MS : backOffMs(this.#planAttempt, missing, Math.random());
    const woken = this.#untilWoken(againMs);
    this.#planAgain = this.#wake;
    const problem = await Promise.race([woken, this.#loops.firstEnd()]);
    this.#planAgain = NOBODY_WAITS;
    this.#wake();
    const stuck = this.#stuck;
    if (stuck !== null) {
      this.#stuck = null;
      await this.#loops.stop();
    }
    return stuck ?? problem;
  }

  /** Connects and asks who leads what, of all topics at once. That one is missing is no reason not to read the others. */
  async #reach(): Promise<LogProblem | null> {
    const reached = await this.#cluster.refresh(this.#topics);
    const isOfTopic = !reached.ok && OF_TOPIC.has(reached.error.code);
    return reached.ok || isOfTopic ? null : reached.error;
  }

  async #checkIdentities(): Promise<LogProblem | null> {
    const changed = await this.#identities.check();
    if (!changed.ok) {
      return changed.error;
    }
    for (const topic of changed.value) {
      if (!this.#isClosed) {
        this.#forget(topic, topicMadeAnew(topic));
      }
    }
    return null;
  }

  async #learnRetentions(): Promise<void> {
    const { topicsWithoutRetention } = this.#table;
    if (topicsWithoutRetention.length === 0) {
      return;
    }
    const retentions = await this.#options.retentionsOf(topicsWithoutRetention);
    for (const [topic, retentionMs] of retentions) {
      this.#table.setRetention(topic, retentionMs);
    }
    if (!this.#isClosed) {
      this.#settle();
    }
  }

  /** Partitions that have come to the end, and are swept where that is due, count as caught up. */
  #settle(): void {
    for (const state of this.#table.all) {
      if (state.isAtHead && state.retentionMs !== undefined && !this.#sweeps.isOpen(state)) {
        state.isSettled = true;
      }
    }
    for (const topic of this.#topics) {
      this.#tellHead(topic);
    }
    if (this.#table.all.every((state) => state.isSettled)) {
      this.#show();
    }
  }

  #forget(topic: string, problem: LogProblem): void {
    for (const state of this.#table.ofTopic(topic)) {
      state.reset();
    }
    this.listener.onReset([topic], problem);
    this.#show();
  }

  #tellHead(topic: string): void {
    const states = this.#table.ofTopic(topic);
    const isAtHead = states.length > 0 && states.every((state) => state.isSettled);
    if (isAtHead && states.some((state) => !state.hasToldHead)) {
      for (const state of states) {
        state.hasToldHead = true;
      }
      this.listener.onHead?.(topic);
    }
  }

  #tick(): void {
    const nowMs = performance.now();
    for (const state of this.#table.all) {
      const hasFallenSilent = isSilent(state, nowMs, this.#options.staleAfterMs);
      if (state.isSettled && hasFallenSilent) {
        state.unsettle();
      }
      // A broker whose computer is gone refuses nothing: another may lead long before a fetch counts as lost.
      if (hasFallenSilent && nowMs - this.#plannedAtMs > LEADER_AGAIN_MS) {
        this.#planAgain();
      }
      const stuckMs = nowMs - (state.heldBackSinceMs ?? nowMs);
      if (state.position < state.lastStable && stuckMs > STUCK_AFTER_MS) {
        state.heldBackSinceMs = null;
        this.#stuck = noProgress(state, state.position, state.highWater);
        this.#wake();
      }
    }
    try {
      this.#show();
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #show(): void {
    if (this.#isClosed) {
      return;
    }
    const phase = phaseOf({
      partitions: this.#table.all,
      isIncomplete: this.#table.isIncomplete,
      attempt: this.#attempt,
      problem: this.#problem ?? this.#planProblem,
      nowMs: performance.now(),
      now: this.#options.clock.now(),
      staleAfterMs: this.#options.staleAfterMs,
    });
    const text = JSON.stringify(withoutClock(phase));
    if (text !== this.#shown) {
      this.#shown = text;
      this.#phase = phase.phase;
      this.listener.onPhase(phase);
    }
  }

  #fail(cause: unknown): void {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#wake();
      this.listener.onPhase({ phase: 'failed', problem: listenerFailed(cause) });
    }
  }

  /** Answers after so long, or as soon as someone knows better. */
  #untilWoken(afterMs: number): Promise<null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), afterMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(null);
      };
    });
  }
}

const NOBODY_WAITS = (): void => undefined;

/** The moment since which it is stale is reckoned anew each time and may differ by a millisecond. */
function withoutClock(phase: LogPhase): unknown {
  return phase.phase === 'stale' ? { phase: phase.phase, problem: phase.problem } : phase;
}
