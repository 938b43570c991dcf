import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import {
  LIST_OFFSETS,
  readListOffsetsResponse,
  writeListOffsetsRequest,
} from '../protocol/list-offsets.ts';
import {
  METADATA,
  type Metadata,
  readMetadataResponse,
  writeMetadataRequest,
} from '../protocol/metadata.ts';
import { ask, parsed } from './ask.ts';
import type { ApiRange, Cluster, PartitionLeader, WireRequest } from './cluster.ts';
import { ERROR_CODES, problemOfErrorCode } from './error-code.ts';
import { firstToSucceed, type Way } from './first-to-succeed.ts';
import {
  type BrokerAddress,
  DEFAULT_LIMITS,
  formatAddress,
  type KafkaLimits,
  type KafkaSettings,
  parseBootstrap,
} from './kafka-settings.ts';
import { type Link, openLink } from './link.ts';
import { brokenAnswer, connectionClosed, noCommonVersion } from './log-problem.ts';

const FETCH = 1;
const NOBODY = -1;
/** So long one broker is waited for alone when any other could answer as well. */
const PATIENCE_MS = 1_000;

/** The brokers of a site's Kafka. Opens nothing until it is asked something. */
export function createKafkaCluster(settings: KafkaSettings): Cluster {
  return new KafkaCluster(settings);
}

/** Long polls wait on a connection of their own. */
type Lane = 'requests' | 'fetches';

class KafkaCluster implements Cluster {
  readonly address: string;
  readonly #settings: KafkaSettings;
  readonly #limits: KafkaLimits;
  readonly #links = new Map<string, Promise<Result<Link, LogProblem>>>();
  readonly #open = new Map<string, Link>();
  /** When each address answered last, monotonic: one that is silent now may be gone with its connections open. */
  readonly #answeredAtMs = new Map<string, number>();
  readonly #nodes = new Map<number, BrokerAddress>();
  readonly #leaders = new Map<string, readonly PartitionLeader[]>();
  #controllerId = -1;
  #isClosed = false;

  constructor(settings: KafkaSettings) {
    this.address = settings.bootstrapServers;
    this.#settings = settings;
    this.#limits = { ...DEFAULT_LIMITS, ...settings.limits };
  }

  async connect(): Promise<Result<void, LogProblem>> {
    const hasOpenLink = [...this.#open.values()].some((link) => link.isOpen());
    if (this.#nodes.size > 0 && hasOpenLink) return ok(undefined);
    return this.refresh([]);
  }

  async leaders(topic: string): Promise<Result<readonly PartitionLeader[], LogProblem>> {
    const known = this.#leaders.get(topic);
    if (known !== undefined) return ok(known);
    const refreshed = await this.refresh([topic]);
    return refreshed.ok ? ok(this.#leaders.get(topic) ?? []) : refreshed;
  }

  async refresh(topics: readonly string[]): Promise<Result<void, LogProblem>> {
    const seeds = parseBootstrap(this.#settings.bootstrapServers);
    if (!seeds.ok) return seeds;
    const known = this.#bestFirst([...this.#nodes.values(), ...seeds.value]);
    const ways = known.map((address) => () => this.#askMetadata(address, topics));
    const metadata = await this.#firstOf(ways);
    return metadata.ok ? this.#learn(metadata.value) : metadata;
  }

  async negotiate(nodeId: number, api: ApiRange): Promise<Result<number, LogProblem>> {
    const link = await this.#linkToNode(nodeId, 'requests');
    return link.ok ? commonVersion(link.value, api) : link;
  }

  async send(
    nodeId: number,
    request: WireRequest,
    timeoutMs: number = this.#limits.requestMs,
  ): Promise<Result<Buffer, LogProblem>> {
    const lane = request.apiKey === FETCH ? 'fetches' : 'requests';
    const link = await this.#linkToNode(nodeId, lane);
    return link.ok ? this.#exchange(link.value, request, timeoutMs) : link;
  }

  async listOffset(
    topic: string,
    partition: number,
    end: 'earliest' | 'latest',
  ): Promise<Result<number, LogProblem>> {
    const leaders = await this.leaders(topic);
    if (!leaders.ok) return leaders;
    const leader = leaders.value.find((it) => it.partition === partition);
    const needs = `Describe on topic ${topic}`;
    const doing = { doing: `the offsets of ${topic}`, address: this.address, needs };
    if (leader === undefined || leader.nodeId < 0) {
      return failure(problemOfErrorCode(ERROR_CODES.leaderNotAvailable, doing));
    }
    const answer = await ask(this, leader.nodeId, {
      api: LIST_OFFSETS,
      body: writeListOffsetsRequest(topic, partition, end),
      read: readListOffsetsResponse,
    });
    if (!answer.ok) return answer;
    const { errorCode, offset } = answer.value;
    return errorCode === 0 ? ok(offset) : failure(problemOfErrorCode(errorCode, doing));
  }

  async anyNode(): Promise<Result<number, LogProblem>> {
    const connected = await this.connect();
    if (!connected.ok) return connected;
    const idOf = new Map([...this.#nodes].map(([id, address]) => [formatAddress(address), id]));
    const ways = this.#bestFirst([...this.#nodes.values()]).map((address) => async () => {
      const link = await this.#linkTo(address, 'requests');
      return link.ok ? ok(idOf.get(formatAddress(address)) ?? NOBODY) : link;
    });
    return this.#firstOf(ways);
  }

  async controller(): Promise<Result<number, LogProblem>> {
    const connected = await this.connect();
    if (!connected.ok) return connected;
    const controllerId = this.#controllerId;
    if (!this.#nodes.has(controllerId)) return this.anyNode();
    const named = async (): Promise<Result<number, LogProblem>> => {
      const link = await this.#linkToNode(controllerId, 'requests');
      return link.ok ? ok(controllerId) : link;
    };
    // One that is named may have gone a moment ago. Where brokers pass changes on, any other does as well.
    return this.#firstOf([named, () => this.anyNode()]);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const links = [...this.#links.values()];
    this.#links.clear();
    for (const link of await Promise.all(links)) if (link.ok) link.value.close();
  }

  /** Those with an open connection before all others, and of these the one that answered last. */
  #bestFirst(addresses: readonly BrokerAddress[]): readonly BrokerAddress[] {
    const open = [...this.#open.values()].filter((link) => link.isOpen());
    const rank = (address: BrokerAddress): number => {
      const text = formatAddress(address);
      return open.some((link) => link.address === text) ? (this.#answeredAtMs.get(text) ?? 0) : -1;
    };
    return distinct(addresses).toSorted((one, other) => rank(other) - rank(one));
  }

  async #firstOf<T>(ways: readonly Way<T, LogProblem>[]): Promise<Result<T, LogProblem>> {
    const [first, ...others] = ways;
    if (first === undefined) return failure(brokenAnswer(this.address, 'no brokers'));
    return firstToSucceed([first, ...others], PATIENCE_MS);
  }

  async #exchange(
    link: Link,
    request: WireRequest,
    timeoutMs: number,
  ): Promise<Result<Buffer, LogProblem>> {
    const answer = await link.send(request, timeoutMs);
    if (answer.ok) this.#answeredAtMs.set(link.address, performance.now());
    return answer;
  }

  async #linkToNode(nodeId: number, lane: Lane): Promise<Result<Link, LogProblem>> {
    const connected = this.#nodes.has(nodeId) ? ok(undefined) : await this.refresh([]);
    if (!connected.ok) return connected;
    const address = this.#nodes.get(nodeId);
    if (address === undefined) {
      return failure(
        problemOfErrorCode(ERROR_CODES.notLeader, {
          doing: `a request to its broker ${nodeId}`,
          address: this.address,
        }),
      );
    }
    return this.#linkTo(address, lane);
  }

  /** One connection an address and lane; those who ask while it is being opened get the same. */
  async #linkTo(address: BrokerAddress, lane: Lane): Promise<Result<Link, LogProblem>> {
    if (this.#isClosed) return failure(connectionClosed(this.address));
    const key = `${formatAddress(address)} ${lane}`;
    const known = this.#links.get(key);
    if (known !== undefined) {
      const link = await known;
      if (link.ok && link.value.isOpen()) return link;
      if (this.#links.get(key) === known) this.#links.delete(key);
      else return this.#linkTo(address, lane);
    }
    const opening = openLink(address, this.#settings, this.#limits.connectMs);
    this.#links.set(key, opening);
    const link = await opening;
    if (link.ok) {
      if (this.#isClosed) link.value.close();
      this.#open.set(key, link.value);
      this.#answeredAtMs.set(link.value.address, performance.now());
    }
    return link;
  }

  async #askMetadata(
    address: BrokerAddress,
    topics: readonly string[],
  ): Promise<Result<Metadata, LogProblem>> {
    const opened = await this.#linkTo(address, 'requests');
    if (!opened.ok) return opened;
    const link = opened.value;
    const version = commonVersion(link, METADATA);
    if (!version.ok) return version;
    const request = {
      ...METADATA,
      apiVersion: version.value,
      body: writeMetadataRequest(topics),
    };
    const response = await this.#exchange(link, request, this.#limits.requestMs);
    if (!response.ok) return response;
    return parsed(this.address, () => readMetadataResponse(response.value, version.value));
  }

  #learn({ brokers, controllerId, topics }: Metadata): Result<void, LogProblem> {
    this.#nodes.clear();
    for (const { nodeId, host, port } of brokers) this.#nodes.set(nodeId, { host, port });
    this.#controllerId = controllerId;
    let problem: LogProblem | undefined;
    for (const { errorCode, topic, leaders } of topics) {
      if (errorCode === ERROR_CODES.none) {
        this.#leaders.set(topic, leaders);
        continue;
      }
      this.#leaders.delete(topic);
      const doing = `the use of topic ${topic}`;
      // Whoever may read or write a topic may also see it: here both rights are missing.
      const needs = `Read or Write on topic ${topic}`;
      problem ??= problemOfErrorCode(errorCode, { doing, address: this.address, needs });
    }
    return problem === undefined ? ok(undefined) : failure(problem);
  }
}

function commonVersion(link: Link, api: ApiRange): Result<number, LogProblem> {
  const theirs = link.versions.get(api.apiKey);
  const version = Math.min(api.max, theirs?.max ?? -1);
  return theirs !== undefined && version >= Math.max(api.min, theirs.min)
    ? ok(version)
    : failure(noCommonVersion(link.address, api.apiName));
}

function distinct(addresses: readonly BrokerAddress[]): readonly BrokerAddress[] {
  const seen = new Map(addresses.map((address) => [formatAddress(address), address]));
  return [...seen.values()];
}
