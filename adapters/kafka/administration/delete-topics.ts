import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import {
  DELETE_TOPICS,
  readDeleteTopicsResponse,
  writeDeleteTopicsRequest,
} from '../protocol/delete-topics.ts';
import { type AdminProblem, adminProblemOf } from './admin-problem.ts';
import { countContents, type TopicContents } from './topic-contents.ts';
import { untilInEffect } from './until-in-effect.ts';

const COUNT_WITHIN_MS = 60_000;
const DELETE_WITHIN_MS = 10_000;

/** What would be lost with a topic: to be shown, and agreed to, before {@link deleteTopics} is called. */
export interface TopicLoss extends TopicContents {
  readonly sentence: string;
}

/** Counts what would be lost with these topics. Deletes nothing. */
export async function foreseeLoss(
  cluster: Cluster,
  topics: readonly string[],
  clock: Clock,
): Promise<Result<readonly TopicLoss[], AdminProblem>> {
  const counted = await countContents(cluster, topics, clock, COUNT_WITHIN_MS);
  if (!counted.ok) return counted;
  return ok(counted.value.map((contents) => ({ ...contents, sentence: sentenceOf(contents) })));
}

/** Deletes topics with all that they hold, and answers when they are gone. There is no way back. */
export async function deleteTopics(
  cluster: Cluster,
  topics: readonly string[],
): Promise<Result<void, AdminProblem>> {
  const nodeId = await cluster.controller();
  if (!nodeId.ok) return nodeId;
  const answer = await ask(cluster, nodeId.value, {
    api: DELETE_TOPICS,
    body: writeDeleteTopicsRequest(topics, DELETE_WITHIN_MS),
    read: readDeleteTopicsResponse,
  });
  if (!answer.ok) return answer;
  const refused = answer.value.find(({ errorCode }) => errorCode !== 0);
  if (refused !== undefined) {
    const doing = `the deletion of topic ${refused.topic}`;
    const needs = `Delete on topic ${refused.topic}`;
    return failure(adminProblemOf(refused, { doing, address: cluster.address, needs }));
  }
  return untilInEffect('the deletion of topics', () => areGone(cluster, topics));
}

async function areGone(
  cluster: Cluster,
  topics: readonly string[],
): Promise<Result<boolean, AdminProblem>> {
  for (const topic of topics) {
    const refreshed = await cluster.refresh([topic]);
    if (refreshed.ok) return ok(false);
    if (refreshed.error.code !== 'TopicMissing') return refreshed;
  }
  return ok(true);
}

function sentenceOf({ topic, records, tombstones, current }: TopicContents): string {
  if (records === 0) return `Topic ${topic} holds no records.`;
  const known = `${current} ${current === 1 ? 'key has' : 'keys have'} a value`;
  return `Topic ${topic} holds ${records} records, ${tombstones} of them tombstones; ${known} that would be lost.`;
}
