import type { Result } from '../../../core/lib/result.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import { parsed } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import { ERROR_CODES, problemOfErrorCode } from '../connection/error-code.ts';
import { timedOut } from '../connection/log-problem.ts';
import {
  encodeRecordBatch,
  PRODUCE,
  readProduceResponse,
  writeProduceRequest,
} from '../protocol/produce.ts';
import type { PendingAppend } from './pending-append.ts';
import { type IdentitySource, nextSequence, type ProducerIdentity } from './producer-identity.ts';

/** Records for one partition that go, and go again, as one. */
export interface Batch {
  readonly topic: string;
  readonly partition: number;
  /** Those that wait for an answer, as long as nothing was sent; from then on what was sent. */
  items: readonly PendingAppend[];
  /** Under what name and number it was sent; as long as that may have had an effect it is repeated under the same. */
  sentAs?: { readonly identity: ProducerIdentity; readonly firstSequence: number };
  /** An attempt was made whose answer is not known. */
  mayHaveEffect: boolean;
}

/** How one attempt to send a batch ended. */
export type AttemptOutcome =
  | { readonly outcome: 'taken'; readonly baseOffset: number }
  /** It had no effect and never will. */
  | { readonly outcome: 'refused'; readonly problem: LogProblem }
  /** It had no effect; another attempt may. */
  | { readonly outcome: 'unsent'; readonly problem: LogProblem }
  /** Nobody knows. */
  | { readonly outcome: 'unknown'; readonly problem: LogProblem }
  /** The broker no longer knows the producer: another name is needed. */
  | { readonly outcome: 'nameless'; readonly problem: LogProblem };

const TIMED_OUT_BY_BROKER = 7;
const TOO_FEW_AFTER_APPEND = 20;
const STORAGE_FAILED = 56;
/** A leader that is replaced while it waits for its replicas says only that it leads no more: its follower may have the record. */
const UNKNOWN_EFFECT: ReadonlySet<number> = new Set([
  ERROR_CODES.notLeader,
  STORAGE_FAILED,
  TIMED_OUT_BY_BROKER,
  TOO_FEW_AFTER_APPEND,
  ERROR_CODES.duplicateSequence,
]);
const NAMELESS: ReadonlySet<number> = new Set([
  ERROR_CODES.outOfOrderSequence,
  ERROR_CODES.invalidProducerEpoch,
  ERROR_CODES.unknownProducerId,
]);

/** Sends a batch once to the leader of its partition. */
export async function attempt(
  cluster: Cluster,
  identities: IdentitySource,
  batch: Batch,
  timeoutMs: number,
): Promise<AttemptOutcome> {
  const leader = await leaderOf(cluster, batch);
  if (!leader.ok) return unsent(leader.error);
  const version = await cluster.negotiate(leader.value, PRODUCE);
  if (!version.ok) return unsent(version.error);
  const named = await nameBatch(identities, batch);
  if (!named.ok) return unsent(named.error);
  // Time may have run out on the way: what was answered as not written must not be written afterwards.
  if (!batch.mayHaveEffect) batch.items = batch.items.filter((item) => !item.isAnswered);
  if (batch.items.length === 0) {
    return unsent(timedOut(`appending to ${batch.topic}`, cluster.address, timeoutMs));
  }
  const { identity, firstSequence } = named.value;
  const records = batch.items.map((item) => item.encoded);
  const bytes = encodeRecordBatch(records, { ...identity, firstSequence });
  const body = writeProduceRequest(batch.topic, batch.partition, bytes, timeoutMs);
  for (const item of batch.items) item.markSent();
  const request = { ...PRODUCE, apiVersion: version.value, body };
  const response = await cluster.send(leader.value, request, timeoutMs);
  if (!response.ok) return { outcome: 'unknown', problem: response.error };
  return outcomeOf(response.value, version.value, batch, cluster.address);
}

async function leaderOf(cluster: Cluster, batch: Batch): Promise<Result<number, LogProblem>> {
  const leaders = await cluster.leaders(batch.topic);
  if (!leaders.ok) return leaders;
  const leader = leaders.value.find((it) => it.partition === batch.partition);
  if (leader !== undefined && leader.nodeId >= 0) return { ok: true, value: leader.nodeId };
  const asked = { doing: `appending to ${batch.topic}`, address: cluster.address };
  return { ok: false, error: problemOfErrorCode(ERROR_CODES.leaderNotAvailable, asked) };
}

async function nameBatch(
  identities: IdentitySource,
  batch: Batch,
): Promise<Result<NonNullable<Batch['sentAs']>, LogProblem>> {
  if (batch.sentAs !== undefined) return { ok: true, value: batch.sentAs };
  const identity = await identities.current();
  if (!identity.ok) return identity;
  const lane = laneOf(batch);
  batch.sentAs = {
    identity: identity.value,
    firstSequence: nextSequence(identity.value, lane),
  };
  return { ok: true, value: batch.sentAs };
}

/** The partition of a topic, as the key of its sequence. */
export function laneOf(batch: Batch): string {
  return `${batch.topic}/${batch.partition}`;
}

function outcomeOf(body: Buffer, version: number, batch: Batch, address: string): AttemptOutcome {
  const answer = parsed(address, () => readProduceResponse(body, version));
  if (!answer.ok) return { outcome: 'unknown', problem: answer.error };
  const { errorCode, baseOffset } = answer.value;
  if (errorCode === ERROR_CODES.none) return { outcome: 'taken', baseOffset };
  const doing = `appending to ${batch.topic}`;
  const needs = `Write on topic ${batch.topic}`;
  const problem = problemOfErrorCode(errorCode, { doing, address, needs });
  if (NAMELESS.has(errorCode)) return { outcome: 'nameless', problem };
  // A topic that some broker named: its new leader may not have heard of it yet, and if it is gone they soon say so.
  if (errorCode === ERROR_CODES.unknownTopic) return { outcome: 'unsent', problem };
  return UNKNOWN_EFFECT.has(errorCode) ? { outcome: 'unknown', problem } : unsent(problem);
}

function unsent(problem: LogProblem): AttemptOutcome {
  const isFinal = !problem.isRetriable || problem.code === 'TopicMissing';
  return { outcome: isFinal ? 'refused' : 'unsent', problem };
}
