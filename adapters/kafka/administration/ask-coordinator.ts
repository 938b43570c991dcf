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

/**
 * Puts a question to the broker that looks after a group, again while that broker is not ready for it, or has died and is
 * named yet.
 */
export function askCoordinator<T>(
  cluster: Cluster,
  group: string,
  question: GroupQuestion<T>,
): Promise<Result<T, AdminProblem>> {
  return whileOneIsGone(() =>
    whileNotReady(async () => {
      const nodeId = await findCoordinator(cluster, group);
      return nodeId.ok ? askOf(cluster, nodeId.value, question) : nodeId;
    }, question.codesOf),
  );
}

/** Asks again while an answer holds a code that says “not yet”; after 15 s that answer is what there is. */
export async function whileNotReady<T>(
  askOnce: () => Promise<Result<T, AdminProblem>>,
  codesOf: (answer: T) => readonly number[],
): Promise<Result<T, AdminProblem>> {
  return again(
    askOnce,
    (answer) => answer.ok && codesOf(answer.value).some((code) => NOT_YET.has(code)),
  );
}

/**
 * Asks again while the broker that must be asked cannot be reached, though others can: it is named until the cluster finds
 * that it has gone, and then another takes its place. After 15 s that is what there is.
 */
export function whileOneIsGone<T>(
  askOnce: () => Promise<Result<T, AdminProblem | GoneProblem>>,
): Promise<Result<T, AdminProblem>> {
  return again(askOnce, (answer) => !answer.ok && 'isOfOneBroker' in answer.error);
}

/** One broker that was named cannot be reached. */
export interface GoneProblem extends AdminProblem {
  readonly isOfOneBroker: true;
}

/** Puts a question to one broker, and tells apart that this one cannot be reached. */
export async function askOf<T>(
  cluster: Cluster,
  nodeId: number,
  question: Question<T>,
): Promise<Result<T, AdminProblem | GoneProblem>> {
  const answer = await ask(cluster, nodeId, question);
  if (answer.ok || answer.error.code !== 'Unreachable' || !answer.error.isRetriable) return answer;
  // Nobody names brokers to us where none can be reached: then this is no matter of one of them.
  const refreshed = await cluster.refresh([]);
  return refreshed.ok ? failure({ ...answer.error, isOfOneBroker: true }) : answer;
}

async function again<P extends AdminProblem, T>(
  askOnce: () => Promise<Result<T, P>>,
  isNotYet: (answer: Result<T, P>) => boolean,
): Promise<Result<T, P>> {
  const deadlineAt = performance.now() + LIMIT_MS;
  for (;;) {
    const answer = await askOnce();
    if (!isNotYet(answer) || performance.now() > deadlineAt) return answer;
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
