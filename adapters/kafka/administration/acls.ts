import { failure, ok, type Result } from '../../../core/lib/result.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import type { Acl, AclFilter } from '../protocol/acl-words.ts';
import {
  CREATE_ACLS,
  readCreateAclsResponse,
  writeCreateAclsRequest,
} from '../protocol/create-acls.ts';
import {
  DELETE_ACLS,
  readDeleteAclsResponse,
  writeDeleteAclsRequest,
} from '../protocol/delete-acls.ts';
import {
  DESCRIBE_ACLS,
  readDescribeAclsResponse,
  writeDescribeAclsRequest,
} from '../protocol/describe-acls.ts';
import { type AdminProblem, adminProblemOf, ownProblem } from './admin-problem.ts';
import { untilInEffect } from './until-in-effect.ts';

/**
 * The rules that a filter takes in, in the order of those whom they are about; an empty filter takes in all. `SecurityOff`
 * where this Kafka keeps none.
 */
export async function listAcls(
  cluster: Cluster,
  filter: AclFilter,
): Promise<Result<readonly Acl[], AdminProblem>> {
  const nodeId = await cluster.anyNode();
  if (!nodeId.ok) return nodeId;
  const answer = await ask(cluster, nodeId.value, {
    api: DESCRIBE_ACLS,
    body: writeDescribeAclsRequest(filter),
    read: readDescribeAclsResponse,
  });
  if (!answer.ok) return answer;
  if (answer.value.errorCode === 0) return ok(inOrder(answer.value.acls));
  const needs = 'Describe on the cluster';
  const asked = { doing: 'the list of rights', address: cluster.address, needs };
  return failure(adminProblemOf(answer.value, asked));
}

/** Adds rules, and answers when they are to be seen. One that exists already is left as it is. */
export async function addAcls(
  cluster: Cluster,
  acls: readonly Acl[],
): Promise<Result<void, AdminProblem>> {
  const nodeId = await cluster.controller();
  if (!nodeId.ok) return nodeId;
  const answer = await ask(cluster, nodeId.value, {
    api: CREATE_ACLS,
    body: writeCreateAclsRequest(acls),
    read: readCreateAclsResponse,
  });
  if (!answer.ok) return answer;
  const refused = answer.value.find(({ errorCode }) => errorCode !== 0);
  if (refused !== undefined) return failure(refusal(cluster, 'the addition of rights', refused));
  return untilInEffect('the addition of rights', async () => {
    const there = await listAcls(cluster, {});
    if (!there.ok) return there;
    return ok(acls.every((acl) => there.value.some((other) => isSameAcl(acl, other))));
  });
}

/**
 * Removes every rule that any of the filters takes in, and answers which: after asking again, when none of them is left.
 * A filter that would take in everything is refused as `Invalid`.
 */
export async function removeAcls(
  cluster: Cluster,
  filters: readonly AclFilter[],
): Promise<Result<readonly Acl[], AdminProblem>> {
  if (filters.some(takesInAll)) return failure(TOO_WIDE);
  const nodeId = await cluster.controller();
  if (!nodeId.ok) return nodeId;
  const answer = await ask(cluster, nodeId.value, {
    api: DELETE_ACLS,
    body: writeDeleteAclsRequest(filters),
    read: readDeleteAclsResponse,
  });
  if (!answer.ok) return answer;
  const answers = answer.value.flatMap((each) => [each, ...each.acls]);
  const refused = answers.find(({ errorCode }) => errorCode !== 0);
  if (refused !== undefined) return failure(refusal(cluster, 'the removal of rights', refused));
  const gone = await untilInEffect('the removal of rights', () => areGone(cluster, filters));
  return gone.ok ? ok(answer.value.flatMap(({ acls }) => acls.map(({ acl }) => acl))) : gone;
}

/** Whether two rules say the same of the same. */
export function isSameAcl(one: Acl, other: Acl): boolean {
  return ACL_FIELDS.every((field) => one[field] === other[field]);
}

/** All there are, those first that people look for. */
const ACL_FIELDS = [
  'principal',
  'resource',
  'name',
  'pattern',
  'operation',
  'permission',
  'host',
] as const;

/** A broker answers them in any order, and in another the next time. */
function inOrder(acls: readonly Acl[]): readonly Acl[] {
  const textOf = (acl: Acl) => ACL_FIELDS.map((field) => acl[field]).join('\0');
  return acls.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
}

const TOO_WIDE = ownProblem(
  'Invalid',
  'A filter that names nothing would remove every right of this Kafka.',
  'Name at least a user or a resource.',
);

function takesInAll(filter: AclFilter): boolean {
  return filter.principal === undefined && filter.name === undefined;
}

async function areGone(
  cluster: Cluster,
  filters: readonly AclFilter[],
): Promise<Result<boolean, AdminProblem>> {
  for (const filter of filters) {
    const left = await listAcls(cluster, filter);
    if (!left.ok) return left;
    if (left.value.length > 0) return ok(false);
  }
  return ok(true);
}

function refusal(
  cluster: Cluster,
  doing: string,
  answer: Parameters<typeof adminProblemOf>[0],
): AdminProblem {
  return adminProblemOf(answer, {
    doing,
    address: cluster.address,
    needs: 'Alter on the cluster',
  });
}
