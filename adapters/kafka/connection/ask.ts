import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import type { ApiRange, Cluster } from './cluster.ts';
import { brokenAnswer } from './log-problem.ts';

/** A request and how its answer is read; `read` may throw a RangeError for an answer that is cut short. */
export interface Question<T> {
  readonly api: ApiRange;
  readonly body: Uint8Array;
  readonly read: (body: Buffer, version: number) => T;
}

/** Sends a question to a broker in the newest version that both understand, and reads the answer. */
export async function ask<T>(
  cluster: Cluster,
  nodeId: number,
  { api, body, read }: Question<T>,
): Promise<Result<T, LogProblem>> {
  const version = await cluster.negotiate(nodeId, api);
  if (!version.ok) return version;
  const response = await cluster.send(nodeId, { ...api, apiVersion: version.value, body });
  if (!response.ok) return response;
  return parsed(cluster.address, () => read(response.value, version.value));
}

/** What a reader makes of an answer; one that is cut short is the broker's fault, not ours. */
export function parsed<T>(address: string, read: () => T): Result<T, LogProblem> {
  try {
    return ok(read());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failure(brokenAnswer(address, error.message));
  }
}
