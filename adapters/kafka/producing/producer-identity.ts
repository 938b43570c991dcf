import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import { ERROR_CODES, problemOfErrorCode } from '../connection/error-code.ts';
import {
  INIT_PRODUCER_ID,
  readInitProducerIdResponse,
  writeInitProducerIdRequest,
} from '../protocol/init-producer-id.ts';

/**
 * Under what name batches are sent, and how many each partition has had. A broker that sees a sequence twice takes the
 * batch once, so an attempt whose answer was lost can be repeated. Without one (`isIdempotent` false) it cannot.
 */
export interface ProducerIdentity {
  readonly isIdempotent: boolean;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly nextSequences: Map<string, number>;
}

const SEQUENCE_LIMIT = 2 ** 31;

/** Gets identities from the cluster, one at a time; `renew` after the state of one has become unknown. */
export class IdentitySource {
  readonly #cluster: Cluster;
  #current: Promise<Result<ProducerIdentity, LogProblem>> | undefined;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  async current(): Promise<Result<ProducerIdentity, LogProblem>> {
    this.#current ??= this.#obtain();
    const asked = this.#current;
    const identity = await asked;
    if (!identity.ok && this.#current === asked) this.#current = undefined;
    return identity;
  }

  renew(): void {
    this.#current = undefined;
  }

  async #obtain(): Promise<Result<ProducerIdentity, LogProblem>> {
    const nodeId = await this.#cluster.anyNode();
    if (!nodeId.ok) return nodeId;
    const version = await this.#cluster.negotiate(nodeId.value, INIT_PRODUCER_ID);
    if (!version.ok) return version.error.isRetriable ? version : ok(anonymous());
    const answer = await ask(this.#cluster, nodeId.value, {
      api: INIT_PRODUCER_ID,
      body: writeInitProducerIdRequest(),
      read: readInitProducerIdResponse,
    });
    if (!answer.ok) return answer;
    const { errorCode, producerId, producerEpoch } = answer.value;
    if (errorCode === ERROR_CODES.none) {
      return ok({ isIdempotent: true, producerId, producerEpoch, nextSequences: new Map() });
    }
    const asked = { doing: 'an id for this producer', address: this.#cluster.address };
    const problem = problemOfErrorCode(errorCode, asked);
    return problem.isRetriable ? failure(problem) : ok(anonymous());
  }
}

/** The sequence of the next batch for a partition of a topic. */
export function nextSequence(identity: ProducerIdentity, lane: string): number {
  return identity.isIdempotent ? (identity.nextSequences.get(lane) ?? 0) : -1;
}

/** That many records were taken. */
export function advanceSequence(identity: ProducerIdentity, lane: string, records: number): void {
  if (!identity.isIdempotent) return;
  const next = (nextSequence(identity, lane) + records) % SEQUENCE_LIMIT;
  identity.nextSequences.set(lane, next);
}

/** Where a broker gives no identity (old, or not allowed): acknowledged by all, but not repeatable. */
function anonymous(): ProducerIdentity {
  return { isIdempotent: false, producerId: -1, producerEpoch: -1, nextSequences: new Map() };
}
