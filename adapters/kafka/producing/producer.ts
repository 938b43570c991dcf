import { failure, type Result } from '../../../core/lib/result.ts';
import type { LogAppend, LogProblem, RecordPosition } from '../../../core/ports/alarm-log.ts';
import type { Cluster } from '../connection/cluster.ts';
import { connectionClosed } from '../connection/log-problem.ts';
import { PendingAppend } from './pending-append.ts';
import { IdentitySource } from './producer-identity.ts';
import { TopicLane } from './topic-lane.ts';

/** Appends records to topics, in the order of the calls within a topic. */
export interface Producer {
  /**
   * Answers the position once all replicas in sync have the record. Attempts are repeated within `appendMs`, under one
   * sequence number, so that a record whose answer was lost stands in the log once. `TimedOut` says nothing about the
   * effect; every other problem says that there was none.
   */
  append(record: LogAppend): Promise<Result<RecordPosition, LogProblem>>;
  /**
   * Takes nothing more; what is on its way is given a moment to arrive, so that a command just made is not lost with
   * the window. What has not arrived by then is answered as at its deadline.
   */
  close(): Promise<void>;
}

const CLOSE_WITHIN_MS = 1_500;

/** Writes over the cluster's connections; `appendMs` is the longest that an append may take. */
export function createProducer(cluster: Cluster, appendMs: number): Producer {
  const identities = new IdentitySource(cluster);
  const lanes = new Map<string, TopicLane>();
  const unanswered = new Set<PendingAppend>();
  const closed = connectionClosed(cluster.address);
  let isClosed = false;

  return {
    append: async (record) => {
      if (isClosed) return failure(closed);
      const item = new PendingAppend(record, cluster.address, appendMs);
      const lane = lanes.get(record.topic) ?? new TopicLane(record.topic, cluster, identities);
      lanes.set(record.topic, lane);
      unanswered.add(item);
      lane.push(item);
      const answer = await item.answer;
      unanswered.delete(item);
      return answer;
    },
    close: async () => {
      isClosed = true;
      const late = setTimeout(() => {
        for (const item of unanswered) item.expire();
      }, CLOSE_WITHIN_MS);
      await Promise.all([...unanswered].map((item) => item.answer));
      clearTimeout(late);
    },
  };
}
