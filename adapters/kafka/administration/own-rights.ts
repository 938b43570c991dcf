import { failure, ok, type Result } from '../../../core/lib/result.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import type { AclOperation } from '../protocol/acl-words.ts';
import {
  type ClusterDescribed,
  DESCRIBE_CLUSTER,
  readDescribeClusterResponse,
  writeDescribeClusterRequest,
} from '../protocol/describe-cluster.ts';
import { type AdminProblem, adminProblemOf } from './admin-problem.ts';
import { askTopicRights } from './list-topics.ts';
import type { RoleRight } from './roles.ts';

/** What whoever is logged in may do, as the brokers themselves say. */
export interface OwnRights {
  /** With the cluster as a whole; null where this Kafka does not tell. */
  readonly cluster: readonly AclOperation[] | null;
  readonly topics: ReadonlyMap<string, readonly AclOperation[] | null>;
}

/** Asks what this user may do with the cluster and with these topics. A topic that does not exist is left out. */
export async function ownRights(
  cluster: Cluster,
  topics: readonly string[],
): Promise<Result<OwnRights, AdminProblem>> {
  const described = await describeCluster(cluster);
  if (!described.ok) return described;
  const told = await askTopicRights(cluster, topics);
  if (!told.ok) return told;
  const visible = told.value.filter(({ errorCode }) => !DOES_NOT_EXIST.has(errorCode));
  return ok({
    cluster: described.value.operations,
    topics: new Map(
      visible.map(({ topic, errorCode, operations }) => [topic, errorCode === 0 ? operations : []]),
    ),
  });
}

/** The brokers, and what this user may do with all of them together. */
export async function describeCluster(
  cluster: Cluster,
): Promise<Result<ClusterDescribed, AdminProblem>> {
  const nodeId = await cluster.anyNode();
  if (!nodeId.ok) return nodeId;
  const answer = await ask(cluster, nodeId.value, {
    api: DESCRIBE_CLUSTER,
    body: writeDescribeClusterRequest(),
    read: readDescribeClusterResponse,
  });
  if (!answer.ok || answer.value.errorCode === 0) return answer;
  const asked = { doing: 'the description of the cluster', address: cluster.address };
  return failure(adminProblemOf(answer.value, asked));
}

/**
 * What of the rights of a role this user lacks, one sentence each, with the right and the topic. Rights on groups are not
 * looked at, since no broker tells them beforehand; a topic that does not exist is passed over.
 */
export function lackedRights(own: OwnRights, rights: readonly RoleRight[]): readonly string[] {
  return rights.filter((right) => lacks(own, right)).map(sentenceOfLack);
}

const DOES_NOT_EXIST: ReadonlySet<number> = new Set([3]);

function lacks(own: OwnRights, { resource, name, operation }: RoleRight): boolean {
  if (resource === 'cluster') return own.cluster !== null && !own.cluster.includes(operation);
  if (resource !== 'topic') return false;
  const held = own.topics.get(name);
  return held !== undefined && held !== null && !held.includes(operation);
}

function sentenceOfLack({ resource, name, operation, why }: RoleRight): string {
  const what = resource === 'cluster' ? 'the cluster' : `topic ${name}`;
  return `The right ${operation} on ${what} is missing: ${why}.`;
}
