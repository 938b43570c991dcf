import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import type { Cluster } from '../connection/cluster.ts';
import { brokenAnswer } from './reading-problems.ts';
import { IDENTITY_API, identityRequest, readIdentities } from './topic-identity.ts';

/**
 * Remembers the id of each topic. It is looked at before every start of fetching: a topic cannot be made anew
 * without the fetches on the old one breaking off.
 */
export class TopicIdentities {
  readonly #cluster: Cluster;
  readonly #topics: readonly string[];
  readonly #known = new Map<string, string>();

  constructor(cluster: Cluster, topics: readonly string[]) {
    this.#cluster = cluster;
    this.#topics = topics;
  }

  /** The topics that are others than at the last look. Brokers that know no ids (before Kafka 2.8) name none. */
  async check(): Promise<Result<readonly string[], LogProblem>> {
    const node = await this.#cluster.anyNode();
    if (!node.ok) {
      return node;
    }
    const version = await this.#cluster.negotiate(node.value, IDENTITY_API);
    if (!version.ok) {
      return version.error.isRetriable ? version : ok([]);
    }
    const request = identityRequest(version.value, this.#topics);
    const body = await this.#cluster.send(node.value, request);
    return body.ok ? this.#compare(body.value) : body;
  }

  #compare(body: Uint8Array): Result<readonly string[], LogProblem> {
    try {
      const changed: string[] = [];
      for (const [topic, id] of readIdentities(body)) {
        if ((this.#known.get(topic) ?? id) !== id) {
          changed.push(topic);
        }
        this.#known.set(topic, id);
      }
      return ok(changed);
    } catch (cause) {
      if (cause instanceof RangeError) {
        return failure(brokenAnswer(this.#cluster.address));
      }
      throw cause;
    }
  }
}
