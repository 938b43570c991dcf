import type { LogProblem, ReadTail } from '../../../core/ports/alarm-log.ts';
import type { Cluster } from '../connection/cluster.ts';
import type { PartitionState } from './partition-state.ts';

/** Where a partition is begun: so far before its end as the tail says, at its first record where there is none. */
export function tailStart(tail: ReadTail | undefined, earliest: number, latest: number): number {
  return tail === undefined ? earliest : Math.max(earliest, latest - tail.lastOffsets);
}

/** Takes an offset as the place where the reading of a partition begins. */
export function beginAt(state: PartitionState, offset: number): void {
  state.position = offset;
  state.accountedTo = offset;
}

/** Places the partitions that nothing has been read of yet; answers the first problem. */
export async function beginAtTails(
  cluster: Cluster,
  states: readonly PartitionState[],
  tail: ReadTail,
): Promise<LogProblem | null> {
  for (const state of states) {
    if (state.start !== null) continue;
    const { topic, partition } = state;
    const earliest = await cluster.listOffset(topic, partition, 'earliest');
    if (!earliest.ok) return earliest.error;
    const latest = await cluster.listOffset(topic, partition, 'latest');
    if (!latest.ok) return latest.error;
    beginAt(state, tailStart(tail, earliest.value, latest.value));
  }
  return null;
}
