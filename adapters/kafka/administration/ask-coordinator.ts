import { failure, type Result } from '../../../core/lib/result.ts';
import { ask, type Question } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import {
  FIND_COORDINATOR,
  readFindCoordinatorResponse,
  writeFindCoordinatorRequest,
} from '../protocol/find-coordinator.ts';
import { type AdminProblem, adminProblemOf } from './admin-problem.ts';
import { pause } from './until-in-effect.ts';

const PAUSE_MS = 100;
const LIMIT_MS = 15_000;
/** Loading, not available, no longer the coordinator: on a fresh broker all three come before the first answer. */
const NOT_YET: ReadonlySet<number> = new Set([14, 15, 16]);

/** A question about a group, and which error codes its answer holds. */
export interface GroupQuestion<T> extends Question<T> {
  readonly codesOf: (answer: T) => readonly number[];
}

/** Puts a question to the broker that looks after a group, again while that broker is not ready for it. */
export function askCoordinator<T>(
  cluster: Cluster,
  group: string,
  question: GroupQuestion<T>,
): Promise<Result<T, AdminProblem>> {
  return whileNotReady(async () => {
    const nodeId = await findCoordinator(cluster, group);
    return nodeId.ok ? ask(cluster, nodeId.value, question) : nodeId;
  }, question.codesOf);
}

/** Asks again while an answer holds a code that says “not yet”; after 15 s that answer is what there is. */
export async function whileNotReady<T>(
  askOnce: () => Promise<Result<T, AdminProblem>>,
  codesOf: (answer: T) => readonly number[],
): Promise<Result<T, AdminProblem>> {
  const deadlineAt = performance.now() + LIMIT_MS;
  for (;;) {
    const answer = await askOnce();
    const isReady = !answer.ok || !codesOf(answer.value).some((code) => NOT_YET.has(code));
    if (isReady || performance.now() > deadlineAt) return answer;
    await pause(PAUSE_MS);
  }
}

/** Which broker looks after a group. Without the right to see the group it says so, naming the group. */
async function findCoordinator(
  cluster: Cluster,
  group: string,
): Promise<Result<number, AdminProblem>> {
  const found = await whileNotReady(
    async () => {
      const nodeId = await cluster.anyNode();
      if (!nodeId.ok) return nodeId;
      return ask(cluster, nodeId.value, {
        api: FIND_COORDINATOR,
        body: writeFindCoordinatorRequest(group),
        read: readFindCoordinatorResponse,
      });
    },
    ({ errorCode }) => [errorCode],
  );
  if (!found.ok) return found;
  if (found.value.errorCode === 0) return { ok: true, value: found.value.nodeId };
  return failure(groupRefusal(cluster, group, found.value.errorCode, 'Describe'));
}

/** A group that may not be looked at or changed, in words. */
export function groupRefusal(
  cluster: Cluster,
  group: string,
  errorCode: number,
  operation: 'Describe' | 'Read',
): AdminProblem {
  const doing = `the use of group ${group}`;
  const needs = `${operation} on group ${group}`;
  return adminProblemOf({ errorCode, detail: null }, { doing, address: cluster.address, needs });
}
