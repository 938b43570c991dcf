import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { Cluster } from '../connection/cluster.ts';
import {
  LIST_GROUPS,
  type ListedGroup,
  readListGroupsResponse,
  writeListGroupsRequest,
} from '../protocol/list-groups.ts';
import { type AdminProblem, adminProblemOf } from './admin-problem.ts';
import { askOf, whileNotReady, whileOneIsGone } from './ask-coordinator.ts';
import { describeCluster } from './own-rights.ts';

/**
 * All groups that this user may see, by name, with type and state: each broker is asked for those that it looks after.
 * Groups on which the user lacks Describe are left out by Kafka.
 */
export function listGroups(
  cluster: Cluster,
): Promise<Result<readonly ListedGroup[], AdminProblem>> {
  return whileOneIsGone(() => listOfAll(cluster));
}

async function listOfAll(cluster: Cluster): Promise<Result<readonly ListedGroup[], AdminProblem>> {
  const described = await describeCluster(cluster);
  if (!described.ok) return described;
  const groups: ListedGroup[] = [];
  for (const nodeId of described.value.nodeIds) {
    const listed = await listGroupsOf(cluster, nodeId);
    if (!listed.ok) return listed;
    groups.push(...listed.value);
  }
  return ok(groups.toSorted((a, b) => (a.group < b.group ? -1 : 1)));
}

async function listGroupsOf(
  cluster: Cluster,
  nodeId: number,
): Promise<Result<readonly ListedGroup[], AdminProblem>> {
  const question = {
    api: LIST_GROUPS,
    body: writeListGroupsRequest(),
    read: readListGroupsResponse,
  };
  const answer = await whileNotReady(
    () => askOf(cluster, nodeId, question),
    ({ errorCode }) => [errorCode],
  );
  if (!answer.ok) return answer;
  const { errorCode, groups } = answer.value;
  if (errorCode === 0) return ok(groups);
  const needs = 'Describe on the cluster';
  const asked = { doing: 'the list of groups', address: cluster.address, needs };
  return failure(adminProblemOf({ errorCode, detail: null }, asked));
}
