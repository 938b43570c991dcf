import type { DurationMs } from '../../../core/lib/units.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import type { Cluster } from '../connection/cluster.ts';
import { PartitionState } from './partition-state.ts';
import { leaderless } from './reading-problems.ts';

/** Who leads what, as far as the cluster answers, and the first thing that stands in the way. */
export interface ReadingPlan {
  readonly byLeader: ReadonlyMap<number, PartitionState[]>;
  readonly problem: LogProblem | null;
}

/** The partitions of the topics that are read. They outlive connections: what was read is never read twice. */
export class PartitionTable {
  readonly #topics: readonly string[];
  readonly #states = new Map<string, PartitionState[]>();
  readonly #retentions = new Map<string, DurationMs | null>();

  constructor(topics: readonly string[]) {
    this.#topics = topics;
  }

  get all(): readonly PartitionState[] {
    return [...this.#states.values()].flat();
  }

  /** True while a topic has never been seen. */
  get isIncomplete(): boolean {
    return this.#states.size < this.#topics.length;
  }

  /** The partitions of one topic; none where it was never seen. */
  ofTopic(topic: string): readonly PartitionState[] {
    return this.#states.get(topic) ?? [];
  }

  /** The topics that exist and of which the tombstones' time to live is not known yet. */
  get topicsWithoutRetention(): readonly string[] {
    return this.#topics.filter((topic) => this.#states.has(topic) && !this.#retentions.has(topic));
  }

  setRetention(topic: string, retentionMs: DurationMs | null): void {
    this.#retentions.set(topic, retentionMs);
    for (const state of this.ofTopic(topic)) {
      state.retentionMs = retentionMs;
    }
  }

  /** Asks who leads which partition, and takes in partitions that are new or no longer there. */
  async plan(cluster: Cluster): Promise<ReadingPlan> {
    const byLeader = new Map<number, PartitionState[]>();
    let problem: LogProblem | null = null;
    for (const topic of this.#topics) {
      const leaders = await cluster.leaders(topic);
      if (!leaders.ok) {
        problem ??= leaders.error;
        continue;
      }
      const states = leaders.value.map(({ partition }) => this.#stateOf(topic, partition));
      this.#states.set(topic, states);
      for (const [index, { nodeId, partition }] of leaders.value.entries()) {
        const state = states[index];
        if (nodeId < 0) {
          problem ??= leaderless({ topic, partition }, cluster.address);
        } else if (state !== undefined) {
          byLeader.set(nodeId, [...(byLeader.get(nodeId) ?? []), state]);
        }
      }
    }
    return { byLeader, problem };
  }

  #stateOf(topic: string, partition: number): PartitionState {
    const known = this.ofTopic(topic).find((state) => state.partition === partition);
    const state = known ?? new PartitionState(topic, partition);
    state.retentionMs ??= this.#retentions.get(topic);
    return state;
  }
}
