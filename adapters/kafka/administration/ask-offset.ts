import type { Result } from '../../../core/lib/result.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import type { Cluster } from '../connection/cluster.ts';

/**
 * The first offset that a partition still has, or its high-water mark, by its leader of now: one that has gone since it was
 * learned would be asked for ever.
 */
export async function askOffset(
  cluster: Cluster,
  topic: string,
  partition: number,
  end: 'earliest' | 'latest',
): Promise<Result<number, LogProblem>> {
  const answer = await cluster.listOffset(topic, partition, end);
  if (answer.ok || !answer.error.isRetriable) return answer;
  const refreshed = await cluster.refresh([topic]);
  return refreshed.ok ? cluster.listOffset(topic, partition, end) : answer;
}
