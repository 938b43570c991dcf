import type { Result } from '../../../core/lib/result.ts';
import type { DurationMs } from '../../../core/lib/units.ts';
import type {
  LogListener,
  LogProblem,
  LogReading,
  ReadTail,
} from '../../../core/ports/alarm-log.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { Cluster } from '../connection/cluster.ts';
import { type AskRetentions, CatchUp } from './catch-up.ts';
import { LeaderLoop } from './leader-loop.ts';
import { LeaderLoops } from './leader-loops.ts';
import type { PartitionState } from './partition-state.ts';
import { PartitionTable } from './partition-table.ts';
import { PartitionWatch } from './partition-watch.ts';
import { PhaseReport } from './phase-report.ts';
import { ReadStretch } from './read-stretch.ts';
import { listenerFailed } from './reading-problems.ts';
import { ReadingSessions } from './reading-sessions.ts';
import { ReadingTrouble } from './reading-trouble.ts';
import { RecordDelivery } from './record-delivery.ts';
import { SweepDesk } from './sweep-desk.ts';

/** How a reading of Kafka behaves. */
export interface LogReadingOptions {
  readonly clock: Clock;
  /** No answer for this long means stale; checked twice a second. */
  readonly staleAfterMs: DurationMs;
  /**
   * How long topics keep tombstones (`delete.retention.ms`); null where one takes none away. Where it cannot be known,
   * a cautious guess: whatever was looked at less often is looked over again.
   */
  readonly retentionsOf: AskRetentions;
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

/** Begins and ends a reading, and has each of its parts know of what the others have come upon. */
class KafkaLogReading implements LogReading {
  readonly listener: LogListener;
  readonly address: string;
  readonly #table: PartitionTable;
  readonly #trouble = new ReadingTrouble();
  readonly #phase: PhaseReport;
  readonly #stretch: ReadStretch;
  readonly #catchUp: CatchUp;
  readonly #loops: LeaderLoops;
  readonly #sessions: ReadingSessions;
  readonly #watch: PartitionWatch;
  #isClosed = false;

  constructor(
    cluster: Cluster,
    topics: readonly string[],
    listener: LogListener,
    options: LogReadingOptions,
  ) {
    const { clock, staleAfterMs, retentionsOf, tail } = options;
    this.listener = listener;
    this.address = cluster.address;
    const table = new PartitionTable(topics);
    const trouble = this.#trouble;
    const phase = new PhaseReport(this, { table, trouble, clock, staleAfterMs });
    const stretch = new ReadStretch(this, { cluster, topics, table, phase, tail });
    const sweeps = new SweepDesk(this);
    const catchUp = new CatchUp(this, { topics, table, sweeps, phase, retentionsOf });
    const delivery = new RecordDelivery(this, sweeps);
    const source = { cluster, largestBytes: options.largestFetchBytes };
    const loops = new LeaderLoops(
      (nodeId, states) => new LeaderLoop({ ...source, nodeId }, states, delivery),
      (cause) => this.fail(cause),
    );
    const course = { cluster, topics, table, stretch, catchUp, loops, trouble, phase };
    this.#table = table;
    this.#phase = phase;
    this.#stretch = stretch;
    this.#catchUp = catchUp;
    this.#loops = loops;
    this.#sessions = new ReadingSessions(this, course);
    this.#watch = new PartitionWatch(this, { table, phase, staleAfterMs });
  }

  async run(): Promise<void> {
    // The caller has its reading in hand before the first call back.
    await Promise.resolve();
    this.#watch.start();
    try {
      await this.#sessions.run();
    } catch (cause) {
      // Only the listener throws here. It has not had what it should, so the reading must not go on looking alive.
      this.fail(cause);
    } finally {
      this.#watch.stop();
      await this.#loops.stop();
    }
  }

  isClosed(): boolean {
    return this.#isClosed;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#sessions.wake();
  }

  fail(cause: unknown): void {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#sessions.wake();
      this.listener.onPhase({ phase: 'failed', problem: listenerFailed(cause) });
    }
  }

  onMarks(): void {
    if (this.#phase.isDeaf) {
      this.#phase.update();
    }
  }

  /** Trouble is over when every partition answers again, not when one does. */
  onGoodAnswer(): void {
    if (this.#table.all.every(({ problem }) => problem === null)) {
      this.#trouble.end();
    }
  }

  onAnswer(): void {
    this.#catchUp.onAnswer();
  }

  earliestOffset(state: PartitionState): Promise<Result<number, LogProblem>> {
    return this.#stretch.earliestOffset(state);
  }

  resolveOutOfRange(state: PartitionState): Promise<LogProblem | null> {
    return this.#stretch.resolveOutOfRange(state);
  }

  seekLeader(nowMs: number): void {
    this.#sessions.seekLeader(nowMs);
  }

  breakOff(problem: LogProblem): void {
    this.#sessions.breakOff(problem);
  }
}
