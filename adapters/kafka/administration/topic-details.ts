import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster, PartitionLeader } from '../connection/cluster.ts';
import { ERROR_CODES } from '../connection/error-code.ts';
import {
  DESCRIBE_CONFIGS,
  readDescribeConfigsResponse,
  writeDescribeConfigsRequest,
} from '../protocol/describe-configs.ts';
import { type AdminProblem, adminProblemOf } from './admin-problem.ts';
import { askOffset } from './ask-offset.ts';
import { pause } from './until-in-effect.ts';

/** One partition of a topic. */
export interface PartitionDetails {
  readonly partition: number;
  /** The broker that leads it; -1 while none does. */
  readonly leader: number;
  readonly replicas: number;
  /** The first offset that there is, and the next that will be written: at most so many records lie between. */
  readonly earliest: number;
  readonly latest: number;
}

/** A topic as an administrator looks at it. */
export interface TopicDetails {
  readonly topic: string;
  readonly partitions: readonly PartitionDetails[];
  /** All settings in force; null where this user may not see them. */
  readonly settings: Readonly<Record<string, string>> | null;
  /** The names of those that were set on the topic itself. */
  readonly overridden: readonly string[];
}

/** Longer than a cluster takes to find that a leader has gone, which is nine seconds where nothing is set. */
const MOVING_MS = 15_000;
const PAUSE_MS = 100;

/** Looks at topics, in the order asked for. `TopicMissing` for the first that does not exist. */
export async function detailTopics(
  cluster: Cluster,
  topics: readonly string[],
): Promise<Result<readonly TopicDetails[], AdminProblem>> {
  const details: TopicDetails[] = [];
  for (const topic of topics) {
    const partitions = await settledPartitionsOf(cluster, topic);
    if (!partitions.ok) return partitions;
    const settings = await allSettingsOf(cluster, topic);
    if (settings.ok) details.push({ topic, partitions: partitions.value, ...settings.value });
    else if (settings.error.code !== 'NotAuthorized') return settings;
    else details.push({ topic, partitions: partitions.value, settings: null, overridden: [] });
  }
  return ok(details);
}

/** Every setting in force on a topic, and which of them are its own. `NotAuthorized` without DescribeConfigs on it. */
export async function allSettingsOf(
  cluster: Cluster,
  topic: string,
): Promise<
  Result<Pick<TopicDetails, 'overridden'> & { settings: Record<string, string> }, AdminProblem>
> {
  const nodeId = await cluster.anyNode();
  if (!nodeId.ok) return nodeId;
  const answer = await ask(cluster, nodeId.value, {
    api: DESCRIBE_CONFIGS,
    body: writeDescribeConfigsRequest([topic], null),
    read: readDescribeConfigsResponse,
  });
  if (!answer.ok) return answer;
  const [configs] = answer.value;
  if (configs?.errorCode === ERROR_CODES.none) {
    return ok({ settings: { ...configs.settings }, overridden: configs.overridden });
  }
  const refused = configs ?? { errorCode: ERROR_CODES.unknownTopic, detail: null };
  const doing = `the settings of topic ${topic}`;
  const needs = `DescribeConfigs on topic ${topic}`;
  return failure(adminProblemOf(refused, { doing, address: cluster.address, needs }));
}

/**
 * A topic that was just created, or is moving, is led a moment after its leaders are named, and a leader that died is named
 * for seconds yet: asked again for so long, as long as some broker answers.
 */
async function settledPartitionsOf(
  cluster: Cluster,
  topic: string,
): Promise<Result<readonly PartitionDetails[], LogProblem>> {
  const deadlineAt = performance.now() + MOVING_MS;
  for (;;) {
    const refreshed = await cluster.refresh([topic]);
    if (!refreshed.ok) return refreshed;
    const partitions = await partitionsOf(cluster, topic);
    const isMoving = !partitions.ok && partitions.error.isRetriable && mayPass(partitions.error);
    if (!isMoving || performance.now() > deadlineAt) return partitions;
    await pause(PAUSE_MS);
  }
}

function mayPass({ code }: LogProblem): boolean {
  // The cluster has just said that the topic is there: a leader that does not know it has not heard of it yet.
  return code === 'Unexpected' || code === 'Unreachable' || code === 'TopicMissing';
}

async function partitionsOf(
  cluster: Cluster,
  topic: string,
): Promise<Result<readonly PartitionDetails[], LogProblem>> {
  const leaders = await cluster.leaders(topic);
  if (!leaders.ok) return leaders;
  const partitions: PartitionDetails[] = [];
  for (const leader of leaders.value) {
    const details = await offsetsOf(cluster, topic, leader);
    if (!details.ok) return details;
    partitions.push(details.value);
  }
  return ok(partitions);
}

async function offsetsOf(
  cluster: Cluster,
  topic: string,
  { partition, nodeId, replicas }: PartitionLeader,
): Promise<Result<PartitionDetails, LogProblem>> {
  const earliest = await askOffset(cluster, topic, partition, 'earliest');
  if (!earliest.ok) return earliest;
  const latest = await askOffset(cluster, topic, partition, 'latest');
  if (!latest.ok) return latest;
  const offsets = { earliest: earliest.value, latest: latest.value };
  return ok({ partition, leader: nodeId, replicas, ...offsets });
}
