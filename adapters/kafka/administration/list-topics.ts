import { ok, type Result } from '../../../core/lib/result.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import {
  readTopicRightsResponse,
  TOPIC_RIGHTS,
  type TopicTold,
  writeTopicRightsRequest,
} from '../protocol/topic-rights.ts';
import type { AdminProblem } from './admin-problem.ts';

/**
 * All topics that this user may see, by name, Kafka's own among them. Kafka hides a topic from whoever lacks Describe
 * on it, so what is not listed may still exist.
 */
export async function listTopics(
  cluster: Cluster,
): Promise<Result<readonly TopicTold[], AdminProblem>> {
  const told = await askTopicRights(cluster, null);
  if (!told.ok) return told;
  return ok(told.value.toSorted((a, b) => (a.topic < b.topic ? -1 : 1)));
}

/** What a broker tells of these topics, or of all, with what this user may do with each. */
export async function askTopicRights(
  cluster: Cluster,
  topics: readonly string[] | null,
): Promise<Result<readonly TopicTold[], AdminProblem>> {
  const nodeId = await cluster.anyNode();
  if (!nodeId.ok) return nodeId;
  return ask(cluster, nodeId.value, {
    api: TOPIC_RIGHTS,
    body: writeTopicRightsRequest(topics),
    read: readTopicRightsResponse,
  });
}
