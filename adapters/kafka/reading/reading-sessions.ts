import type { LogProblem, LogProblemCode } from '../../../core/ports/alarm-log.ts';
import type { Cluster } from '../connection/cluster.ts';
import type { CatchUp } from './catch-up.ts';
import type { LeaderLoops } from './leader-loops.ts';
import type { PartitionTable } from './partition-table.ts';
import type { PhaseReport } from './phase-report.ts';
import type { ReadStretch } from './read-stretch.ts';
import type { ReadingTrouble } from './reading-trouble.ts';
import { WakeablePause } from './wakeable-pause.ts';

/** What the sessions need of the reading that they belong to. */
export interface SessionHost {
  isClosed(): boolean;
  /** The listener threw. */
  fail(cause: unknown): void;
}

/** What a session goes through, and whom it tells. */
export interface SessionParts {
  readonly cluster: Cluster;
  readonly topics: readonly string[];
  readonly table: PartitionTable;
  readonly stretch: ReadStretch;
  readonly catchUp: CatchUp;
  readonly loops: LeaderLoops;
  readonly trouble: ReadingTrouble;
  readonly phase: PhaseReport;
}

/**
 * The course of a reading, session by session. Each reaches the cluster, plans who is read where, and has the loops read
 * until one of them ends or it is time to plan again; what goes well meanwhile goes on through the next.
 */
export class ReadingSessions {
  readonly #host: SessionHost;
  readonly #parts: SessionParts;
  /** Between two sessions. */
  readonly #backOff = new WakeablePause();
  /** Within a session, while the loops read. */
  readonly #untilPlan = new WakeablePause();
  #plannedAtMs = 0;
  /** Why the loops must be begun anew though they go on. */
  #brokenOff: LogProblem | null = null;

  constructor(host: SessionHost, parts: SessionParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** Answers when the reading is closed. Throws what the listener throws. */
  async run(): Promise<void> {
    while (!this.#host.isClosed()) {
      this.#parts.phase.update();
      await this.#readUntilTrouble();
    }
  }

  /** Whoever waits looks again, at once. */
  wake(): void {
    this.#backOff.wake();
    this.#untilPlan.wake();
  }

  /** Has it asked soon who leads what. */
  seekLeader(nowMs: number): void {
    if (nowMs - this.#plannedAtMs > LEADER_AGAIN_MS) {
      this.#untilPlan.wake();
    }
  }

  /** Has the loops begun anew, because of a problem that ends none of them. */
  breakOff(problem: LogProblem): void {
    this.#brokenOff = problem;
    this.wake();
  }

  async #readUntilTrouble(): Promise<void> {
    const { trouble, loops, phase } = this.#parts;
    const problem = await this.#session();
    if (this.#host.isClosed() || problem === null) {
      return;
    }
    trouble.seeEnd(problem);
    phase.update();
    const isSoughtSoon = loops.isReading && problem.isRetriable;
    const waitMs = trouble.untilNextSessionMs(problem);
    await this.#backOff.wait(isSoughtSoon ? Math.min(waitMs, LEADER_AGAIN_MS) : waitMs);
  }

  /** Reads until something goes wrong, which it answers, or until it is time to look for changes. */
  async #session(): Promise<LogProblem | null> {
    const { cluster, table, trouble, stretch, loops } = this.#parts;
    this.#plannedAtMs = performance.now();
    const unreachable = await this.#reach();
    if (unreachable !== null) {
      return unreachable;
    }
    const { byLeader, problem } = await table.plan(cluster);
    trouble.seePlan(problem);
    if (byLeader.size === 0 || this.#host.isClosed()) {
      return problem;
    }
    const unplaced = await stretch.begin();
    if (unplaced !== null || this.#host.isClosed()) {
      return unplaced;
    }
    const unidentified = await stretch.checkIdentities();
    if (unidentified !== null || this.#host.isClosed()) {
      return unidentified;
    }
    void this.#parts.catchUp.learnRetentions().catch((cause: unknown) => this.#host.fail(cause));
    await loops.follow(byLeader);
    return this.#readOn();
  }

  /** Connects and asks who leads what, of all topics at once. That one is missing is no reason not to read the others. */
  async #reach(): Promise<LogProblem | null> {
    const reached = await this.#parts.cluster.refresh(this.#parts.topics);
    const isOfTopic = !reached.ok && OF_TOPIC.has(reached.error.code);
    return reached.ok || isOfTopic ? null : reached.error;
  }

  /** Until the first loop ends, or until it is time to look for partitions that are new or had no leader. */
  async #readOn(): Promise<LogProblem | null> {
    const { loops, trouble } = this.#parts;
    const woken = this.#untilPlan.wait(trouble.untilNextPlanMs());
    const problem = await Promise.race([woken, loops.firstEnd()]);
    this.#untilPlan.wake();
    const brokenOff = this.#brokenOff;
    if (brokenOff !== null) {
      this.#brokenOff = null;
      await loops.stop();
    }
    return brokenOff ?? problem;
  }
}

const OF_TOPIC: ReadonlySet<LogProblemCode> = new Set(['TopicMissing', 'NotAuthorized']);
/** While one broker is gone and others answer, who leads now is asked so often at least: operators wait for it. */
const LEADER_AGAIN_MS = 1_000;
