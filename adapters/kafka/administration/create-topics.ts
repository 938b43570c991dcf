import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogProblem, TopicSpec } from '../../../core/ports/alarm-log.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import { ERROR_CODES, problemOfErrorCode } from '../connection/error-code.ts';
import { timedOut } from '../connection/log-problem.ts';
import {
  CREATE_TOPICS,
  readCreateTopicsResponse,
  type TopicCreated,
  writeCreateTopicsRequest,
} from '../protocol/create-topics.ts';
import { pause } from './until-in-effect.ts';

const PAUSE_MS = 50;
const CREATED_OR_WILL_BE: ReadonlySet<number> = new Set([
  ERROR_CODES.none,
  ERROR_CODES.topicExists,
  7, // timed out: the controller goes on with it
]);

/**
 * Creates the topics that are missing, with the broker's default number of replicas, and leaves those that exist as
 * they are. Answers when every partition has a leader, or `TimedOut` after `limitMs`.
 */
export async function createTopics(
  cluster: Cluster,
  specs: readonly TopicSpec[],
  limitMs: number,
): Promise<Result<void, LogProblem>> {
  const deadlineAt = performance.now() + limitMs;
  const nodeId = await cluster.controller();
  if (!nodeId.ok) return nodeId;
  if (specs.length === 0) return ok(undefined);
  const created = await ask(cluster, nodeId.value, {
    api: CREATE_TOPICS,
    body: writeCreateTopicsRequest(specs, limitMs),
    read: readCreateTopicsResponse,
  });
  if (!created.ok) return created;
  const refused = created.value.find(({ errorCode }) => !CREATED_OR_WILL_BE.has(errorCode));
  if (refused !== undefined) return failure(refusal(cluster, refused));
  for (const { topic } of specs) {
    const ready = await untilLed(cluster, topic, deadlineAt, limitMs);
    if (!ready.ok) return ready;
  }
  return ok(undefined);
}

function refusal(cluster: Cluster, { topic, errorCode, detail }: TopicCreated): LogProblem {
  const doing = `the creation of topic ${topic}`;
  const needs = `Create on topic ${topic}`;
  return problemOfErrorCode(errorCode, { doing, address: cluster.address, detail, needs });
}

async function untilLed(
  cluster: Cluster,
  topic: string,
  deadlineAt: number,
  limitMs: number,
): Promise<Result<void, LogProblem>> {
  while (performance.now() < deadlineAt) {
    const refreshed = await cluster.refresh([topic]);
    const isRetriable = refreshed.ok || refreshed.error.isRetriable;
    if (!isRetriable) return refreshed;
    const leaders = refreshed.ok ? await cluster.leaders(topic) : refreshed;
    if (leaders.ok && leaders.value.every(({ nodeId }) => nodeId >= 0)) return ok(undefined);
    await pause(PAUSE_MS);
  }
  return failure(timedOut(`creating topic ${topic}`, cluster.address, limitMs));
}
