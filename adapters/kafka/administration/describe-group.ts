import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { Cluster } from '../connection/cluster.ts';
import {
  CONSUMER_GROUP_DESCRIBE,
  readConsumerGroupDescribeResponse,
  writeConsumerGroupDescribeRequest,
} from '../protocol/consumer-group-describe.ts';
import {
  DESCRIBE_GROUPS,
  readDescribeGroupsResponse,
  writeDescribeGroupsRequest,
} from '../protocol/describe-groups.ts';
import type { DescribedGroup, GroupMember } from '../protocol/described-group.ts';
import type { ListedGroup } from '../protocol/list-groups.ts';
import { type AdminProblem, adminProblemOf, ownProblem } from './admin-problem.ts';
import { askCoordinator, groupRefusal } from './ask-coordinator.ts';
import { type PartitionLag, partitionLags } from './group-lag.ts';
import { listGroups } from './list-groups.ts';

/** A group as an administrator looks at it. */
export interface GroupDetails extends ListedGroup {
  /** Null of a kind of group whose members we do not look at (share groups, for one). */
  readonly members: readonly GroupMember[] | null;
  readonly lags: readonly PartitionLag[];
}

/** Looks at one group of any protocol: who is in it, who reads what, how far each partition is. `GroupMissing`. */
export async function describeGroup(
  cluster: Cluster,
  group: string,
): Promise<Result<GroupDetails, AdminProblem>> {
  const listed = await listGroups(cluster);
  if (!listed.ok) return listed;
  const found = listed.value.find((each) => each.group === group);
  if (found === undefined) return failure(await whyNotListed(cluster, group));
  const looked = await membersOf(cluster, found);
  if (!looked.ok) return looked;
  const { state, members } = looked.value ?? { state: found.state, members: null };
  const lags = await partitionLags(cluster, group, members ?? []);
  return lags.ok ? ok({ ...found, state, members, lags: lags.value }) : lags;
}

const QUESTIONS = {
  classic: {
    api: DESCRIBE_GROUPS,
    write: writeDescribeGroupsRequest,
    read: readDescribeGroupsResponse,
  },
  consumer: {
    api: CONSUMER_GROUP_DESCRIBE,
    write: writeConsumerGroupDescribeRequest,
    read: readConsumerGroupDescribeResponse,
  },
} as const;

/** Each kind of group has a request of its own: asked by the other's, a group that lives looks dead. */
async function membersOf(
  cluster: Cluster,
  { group, type }: ListedGroup,
): Promise<Result<DescribedGroup | null, AdminProblem>> {
  if (type !== 'classic' && type !== 'consumer') return ok(null);
  const { api, write, read } = QUESTIONS[type];
  const answer = await askCoordinator(cluster, group, {
    api,
    body: write([group]),
    read,
    codesOf: (groups) => groups.map(({ errorCode }) => errorCode),
  });
  if (!answer.ok) return answer;
  const [described] = answer.value;
  if (described === undefined) return failure(groupMissing(group));
  if (described.errorCode === 0) return ok(described);
  const needs = `Describe on group ${group}`;
  const asked = { doing: `the use of group ${group}`, address: cluster.address, needs };
  return failure(adminProblemOf(described, asked));
}

/** Kafka leaves a group out of the list both where there is none and where it may not be seen. */
async function whyNotListed(cluster: Cluster, group: string): Promise<AdminProblem> {
  const answer = await askCoordinator(cluster, group, {
    api: DESCRIBE_GROUPS,
    body: writeDescribeGroupsRequest([group]),
    read: readDescribeGroupsResponse,
    codesOf: (groups) => groups.map(({ errorCode }) => errorCode),
  });
  if (!answer.ok) return answer.error;
  const errorCode = answer.value[0]?.errorCode ?? 0;
  return errorCode === 0
    ? groupMissing(group)
    : groupRefusal(cluster, group, errorCode, 'Describe');
}

function groupMissing(group: string): AdminProblem {
  const remedy = 'Look at the list of groups for its name.';
  return ownProblem('GroupMissing', `There is no group ${group}.`, remedy);
}
