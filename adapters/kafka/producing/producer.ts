import { failure, type Result } from '../../../core/lib/result.ts';
import type { LogAppend, LogProblem, RecordPosition } from '../../../core/ports/alarm-log.ts';
import type { Cluster } from '../connection/cluster.ts';
import { connectionClosed } from '../connection/log-problem.ts';
import { PendingAppend } from './pending-append.ts';
import { IdentitySource } from './producer-identity.ts';
import { TopicLane } from './topic-lane.ts';
import { UnansweredAppends } from './unanswered-appends.ts';

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
  const unanswered = new UnansweredAppends();
  const terms = {
    address: cluster.address,
    limitMs: appendMs,
    onAnswered: (item: PendingAppend) => unanswered.delete(item),
  };
  const closed = connectionClosed(cluster.address);
  let isClosed = false;

  const laneOf = (topic: string): TopicLane => {
    const known = lanes.get(topic);
    if (known !== undefined) return known;
    const lane = new TopicLane(topic, cluster, identities);
    lanes.set(topic, lane);
    return lane;
  };

  return {
    append: (record) => {
      if (isClosed) return Promise.resolve(failure(closed));
      const item = new PendingAppend(record, terms);
      unanswered.add(item);
      laneOf(record.topic).push(item);
      return item.answer;
    },
    close: async () => {
      isClosed = true;
      const late = setTimeout(() => unanswered.expireAll(), CLOSE_WITHIN_MS);
      await unanswered.answers();
      clearTimeout(late);
    },
  };
}
