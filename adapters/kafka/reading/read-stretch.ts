import type { Result } from '../../../core/lib/result.ts';
import type { LogListener, LogProblem, ReadTail } from '../../../core/ports/alarm-log.ts';
import type { Cluster } from '../connection/cluster.ts';
import type { PartitionState } from './partition-state.ts';
import type { PartitionTable } from './partition-table.ts';
import type { PhaseReport } from './phase-report.ts';
import { historyLost, leaderBehind, topicMadeAnew } from './reading-problems.ts';
import { beginAt, beginAtTails, tailStart } from './tail-start.ts';
import { TopicIdentities } from './topic-identities.ts';

/** What the stretch needs of the reading that it belongs to. */
export interface StretchHost {
  readonly listener: LogListener;
  isClosed(): boolean;
}

/** Whose stretch it is, and where it begins. */
export interface StretchParts {
  readonly cluster: Cluster;
  readonly topics: readonly string[];
  readonly table: PartitionTable;
  readonly phase: PhaseReport;
  readonly tail: ReadTail | undefined;
}

/**
 * The stretch of the log that was read: where it begins, and whether it is still that of the log which is there. Where it is
 * not, the topic is forgotten and read anew, and the listener is told.
 */
export class ReadStretch {
  readonly #host: StretchHost;
  readonly #parts: StretchParts;
  readonly #identities: TopicIdentities;
  #isFirstLook = true;

  constructor(host: StretchHost, parts: StretchParts) {
    this.#host = host;
    this.#parts = parts;
    this.#identities = new TopicIdentities(parts.cluster, parts.topics);
  }

  earliestOffset({ topic, partition }: PartitionState): Promise<Result<number, LogProblem>> {
    return this.#parts.cluster.listOffset(topic, partition, 'earliest');
  }

  /** Places the partitions that nothing has been read of yet. */
  async begin(): Promise<LogProblem | null> {
    const { cluster, table, tail } = this.#parts;
    return tail === undefined ? null : beginAtTails(cluster, table.all, tail);
  }

  /** Forgets the topics that were made anew since the last look. */
  async checkIdentities(): Promise<LogProblem | null> {
    const checked = this.#compareIdentities();
    if (!this.#isFirstLook) {
      return checked;
    }
    // At first there is nothing to compare with, so nothing waits for the answer.
    this.#isFirstLook = false;
    return null;
  }

  /** Finds out what it means that the log has no such offset. */
  async resolveOutOfRange(state: PartitionState): Promise<LogProblem | null> {
    const { topic, partition, position } = state;
    const { cluster, tail } = this.#parts;
    const earliest = await this.earliestOffset(state);
    const latest = await cluster.listOffset(topic, partition, 'latest');
    if (!earliest.ok || !latest.ok) {
      return earliest.ok ? (latest.ok ? null : latest.error) : earliest.error;
    }
    if (this.#host.isClosed() || state.position !== position) {
      return null;
    }
    if (state.start === null) {
      beginAt(state, tailStart(tail, earliest.value, latest.value));
      return null;
    }
    if (position >= earliest.value && position <= latest.value) {
      return leaderBehind(state, position);
    }
    this.#forget(topic, historyLost(state, position));
    return null;
  }

  async #compareIdentities(): Promise<LogProblem | null> {
    const changed = await this.#identities.check();
    if (!changed.ok) {
      return changed.error;
    }
    for (const topic of changed.value) {
      if (!this.#host.isClosed()) {
        this.#forget(topic, topicMadeAnew(topic));
      }
    }
    return null;
  }

  #forget(topic: string, problem: LogProblem): void {
    const { table, phase } = this.#parts;
    for (const state of table.ofTopic(topic)) {
      state.reset();
    }
    this.#host.listener.onReset([topic], problem);
    phase.update();
  }
}
