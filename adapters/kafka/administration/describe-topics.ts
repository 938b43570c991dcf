import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogProblem, TopicState } from '../../../core/ports/alarm-log.ts';
import { BROKERS, REPLICATION_FACTOR } from '../../../schemas/topic-check.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import { ERROR_CODES, problemOfErrorCode } from '../connection/error-code.ts';
import {
  DESCRIBE_CONFIGS,
  readDescribeConfigsResponse,
  type TopicConfigs,
  writeDescribeConfigsRequest,
} from '../protocol/describe-configs.ts';
import { describeCluster } from './own-rights.ts';

/** The settings of a topic on which it depends whether an alarm can be lost or hidden. */
const WATCHED_SETTINGS = [
  'cleanup.policy',
  'delete.retention.ms',
  'max.message.bytes',
  'message.timestamp.type',
  'min.cleanable.dirty.ratio',
  'min.insync.replicas',
  'retention.bytes',
  'retention.ms',
  'segment.ms',
] as const;

/**
 * What the topics are like, in the order asked for; one that is missing says so. Settings that this user may not see
 * are left out.
 */
export async function describeTopics(
  cluster: Cluster,
  topics: readonly string[],
): Promise<Result<readonly TopicState[], LogProblem>> {
  const layouts = new Map<string, Layout>();
  for (const topic of topics) {
    const layout = await layoutOf(cluster, topic);
    if (!layout.ok) return layout;
    if (layout.value !== null) layouts.set(topic, layout.value);
  }
  const settings = await settingsOf(cluster, [...layouts.keys()]);
  if (!settings.ok) return settings;
  // A Kafka before 2.8 does not tell its brokers in this way: then how many there are is not known.
  const described = await describeCluster(cluster);
  const brokers = described.ok ? { [BROKERS]: String(described.value.nodeIds.length) } : {};
  return ok(
    topics.map((topic) => stateOf(topic, layouts.get(topic), settings.value.get(topic), brokers)),
  );
}

interface Layout {
  readonly partitions: number;
  readonly replicas: number;
}

async function layoutOf(
  cluster: Cluster,
  topic: string,
): Promise<Result<Layout | null, LogProblem>> {
  const refreshed = await cluster.refresh([topic]);
  if (!refreshed.ok) return refreshed.error.code === 'TopicMissing' ? ok(null) : refreshed;
  const leaders = await cluster.leaders(topic);
  if (!leaders.ok) return leaders;
  const replicas = Math.min(...leaders.value.map((leader) => leader.replicas));
  return ok({ partitions: leaders.value.length, replicas });
}

/** The settings of topics that exist, without asking who leads them; those that this user may not see are left out. */
export async function settingsOf(
  cluster: Cluster,
  topics: readonly string[],
): Promise<Result<ReadonlyMap<string, TopicConfigs>, LogProblem>> {
  if (topics.length === 0) return ok(new Map());
  const nodeId = await cluster.anyNode();
  if (!nodeId.ok) return nodeId;
  const answer = await ask(cluster, nodeId.value, {
    api: DESCRIBE_CONFIGS,
    body: writeDescribeConfigsRequest(topics, WATCHED_SETTINGS),
    read: readDescribeConfigsResponse,
  });
  if (!answer.ok) return answer;
  for (const { errorCode, detail, topic } of answer.value) {
    if (errorCode === ERROR_CODES.none) continue;
    const doing = `the settings of topic ${topic}`;
    const needs = `DescribeConfigs on topic ${topic}`;
    const problem = problemOfErrorCode(errorCode, {
      doing,
      address: cluster.address,
      detail,
      needs,
    });
    // Who may read a topic may not always see its settings: then they are not known, which is no failure.
    if (problem.code !== 'NotAuthorized') return failure(problem);
  }
  return ok(new Map(answer.value.map((configs) => [configs.topic, configs])));
}

function stateOf(
  topic: string,
  layout: Layout | undefined,
  configs: TopicConfigs | undefined,
  more: TopicState['settings'],
): TopicState {
  if (layout === undefined) return { topic, exists: false, partitions: 0, settings: {} };
  return {
    topic,
    exists: true,
    partitions: layout.partitions,
    settings: { ...configs?.settings, [REPLICATION_FACTOR]: String(layout.replicas), ...more },
  };
}
