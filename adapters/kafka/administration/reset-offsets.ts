import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { EpochMs } from '../../../core/lib/units.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import { problemOfErrorCode } from '../connection/error-code.ts';
import {
  LIST_OFFSETS,
  readListOffsetsResponse,
  writeListOffsetsRequest,
} from '../protocol/list-offsets.ts';
import {
  OFFSET_COMMIT,
  readOffsetCommitResponse,
  writeOffsetCommitRequest,
} from '../protocol/offset-commit.ts';
import { type AdminProblem, adminProblemOf, ownProblem } from './admin-problem.ts';
import { askCoordinator } from './ask-coordinator.ts';
import { askOffset } from './ask-offset.ts';
import { describeGroup } from './describe-group.ts';

/** Where a group is to begin: an end, an offset, or the first record that is not older than a moment. */
export type ResetTarget =
  | 'earliest'
  | 'latest'
  | { readonly offset: number }
  | { readonly at: EpochMs };

/** What a reset would do, and what {@link applyReset} then does. */
export interface ResetPlan {
  readonly group: string;
  readonly moves: readonly {
    readonly topic: string;
    readonly partition: number;
    /** Null where the group has committed nothing yet. */
    readonly from: number | null;
    readonly to: number;
  }[];
}

/**
 * Works out old → new for each partition of a topic, and changes nothing. An offset beyond an end of the partition counts
 * as that end; a moment after the newest record as the latest. `GroupInUse` while the group has members, `GroupMissing`.
 */
export async function planReset(
  cluster: Cluster,
  group: string,
  topic: string,
  target: ResetTarget,
): Promise<Result<ResetPlan, AdminProblem>> {
  const described = await describeGroup(cluster, group);
  if (!described.ok) return described;
  const { state, type, lags } = described.value;
  if (type !== 'classic' && type !== 'consumer') return failure(otherKind(group, type));
  if (!RESTING.has(state.toLowerCase())) return failure(inUse(group));
  const leaders = await cluster.leaders(topic);
  if (!leaders.ok) return leaders;
  const moves: ResetPlan['moves'][number][] = [];
  for (const { partition } of leaders.value) {
    const to = await targetOf(cluster, topic, partition, target);
    if (!to.ok) return to;
    const known = lags.find((lag) => lag.topic === topic && lag.partition === partition);
    moves.push({ topic, partition, from: known?.committed ?? null, to: to.value });
  }
  return ok({ group, moves });
}

/** Commits what a plan says. `GroupInUse` where somebody has joined the group since: then nothing has changed. */
export async function applyReset(
  cluster: Cluster,
  { group, moves }: ResetPlan,
): Promise<Result<void, AdminProblem>> {
  const offsets = moves.map(({ topic, partition, to }) => ({ topic, partition, offset: to }));
  const answer = await askCoordinator(cluster, group, {
    api: OFFSET_COMMIT,
    body: writeOffsetCommitRequest(group, offsets),
    read: readOffsetCommitResponse,
    codesOf: (answers) => answers.map(({ errorCode }) => errorCode),
  });
  if (!answer.ok) return answer;
  const refused = answer.value.find(({ errorCode }) => errorCode !== 0);
  if (refused === undefined) return ok(undefined);
  const { topic, errorCode } = refused;
  const isOfTopic = errorCode === TOPIC_NOT_ALLOWED;
  const needs = isOfTopic ? `Read on topic ${topic}` : `Read on group ${group}`;
  const asked = { doing: `the reset of group ${group}`, address: cluster.address, needs };
  return failure(adminProblemOf({ errorCode, detail: null }, asked));
}

const RESTING: ReadonlySet<string> = new Set(['empty', 'dead']);
const TOPIC_NOT_ALLOWED = 29;

async function targetOf(
  cluster: Cluster,
  topic: string,
  partition: number,
  target: ResetTarget,
): Promise<Result<number, AdminProblem>> {
  if (target === 'earliest' || target === 'latest') {
    return askOffset(cluster, topic, partition, target);
  }
  const latest = await askOffset(cluster, topic, partition, 'latest');
  if (!latest.ok) return latest;
  if ('at' in target) {
    const found = await offsetAt(cluster, topic, partition, target.at);
    return found.ok && found.value < 0 ? latest : found;
  }
  const earliest = await askOffset(cluster, topic, partition, 'earliest');
  if (!earliest.ok) return earliest;
  return ok(Math.min(latest.value, Math.max(earliest.value, target.offset)));
}

/** The first offset whose record is not older; -1 where there is none. */
async function offsetAt(
  cluster: Cluster,
  topic: string,
  partition: number,
  at: EpochMs,
): Promise<Result<number, AdminProblem>> {
  const leaders = await cluster.leaders(topic);
  if (!leaders.ok) return leaders;
  const leader = leaders.value.find((each) => each.partition === partition);
  const answer = await ask(cluster, leader?.nodeId ?? -1, {
    api: LIST_OFFSETS,
    body: writeListOffsetsRequest(topic, partition, at),
    read: readListOffsetsResponse,
  });
  if (!answer.ok) return answer;
  const { errorCode, offset } = answer.value;
  if (errorCode === 0) return ok(offset);
  const needs = `Describe on topic ${topic}`;
  const asked = { doing: `the offsets of ${topic}`, address: cluster.address, needs };
  return failure(problemOfErrorCode(errorCode, asked));
}

function inUse(group: string): AdminProblem {
  const remedy = 'Stop every program of the group, then try again.';
  return ownProblem('GroupInUse', `Group ${group} has members: they would not see it.`, remedy);
}

function otherKind(group: string, type: string): AdminProblem {
  const remedy = 'Use the tool that belongs to groups of that kind.';
  return ownProblem('Invalid', `Group ${group} is a ${type} group, which has no offsets.`, remedy);
}
