import type { Result } from '../../../core/lib/result.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';

/** One request of Kafka's protocol: the header's fields, and the body as it goes over the wire. */
export interface WireRequest {
  readonly apiKey: number;
  /** For messages only, `Fetch`. */
  readonly apiName: string;
  readonly apiVersion: number;
  readonly body: Uint8Array;
}

/** Which broker leads a partition now; -1 while none does. */
export interface PartitionLeader {
  readonly partition: number;
  readonly nodeId: number;
  readonly replicas: number;
}

/** The versions of one request that a broker understands. */
export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/**
 * The brokers of one Kafka, as reading, producing and administration share them. It holds the connections and knows
 * who leads what; it repeats nothing by itself: who asks decides whether and when to ask again.
 * Everything answers within the connection's limits, whatever the other side does; nothing throws.
 */
export interface Cluster {
  /** The addresses that the site configured, for messages. */
  readonly address: string;
  /** Connects to one of the configured addresses where no connection stands, and learns the brokers. */
  connect(): Promise<Result<void, LogProblem>>;
  /**
   * The leaders of every partition of a topic, in the order of the partitions, as far as known;
   * asks where they are not known. `TopicMissing` where the topic does not exist.
   */
  leaders(topic: string): Promise<Result<readonly PartitionLeader[], LogProblem>>;
  /**
   * Asks anew for these topics: after a request was answered with "not the leader", or a connection was lost. Any broker
   * can answer: while one is silent others are asked, since the one that went is named for seconds yet.
   */
  refresh(topics: readonly string[]): Promise<Result<void, LogProblem>>;
  /**
   * The newest version of a request that both that broker and we (up to `ours`) understand.
   * `Unexpected` where there is none: the broker is too old or too new.
   */
  negotiate(nodeId: number, api: ApiRange): Promise<Result<number, LogProblem>>;
  /**
   * Sends one request and answers the body of the response, untouched. Fetch requests have a connection of their own,
   * so that a long poll never delays the rest. After `timeoutMs` (the connection's request limit where absent) it
   * answers `TimedOut` and drops that connection, since a broker that is silent may be gone.
   */
  send(
    nodeId: number,
    request: WireRequest,
    timeoutMs?: number,
  ): Promise<Result<Buffer, LogProblem>>;
  /** The first offset that the partition still has, or its high-water mark. */
  listOffset(
    topic: string,
    partition: number,
    end: 'earliest' | 'latest',
  ): Promise<Result<number, LogProblem>>;
  /** Any broker that can be connected to, and the one that takes changes of topics, or any where that one has gone. */
  anyNode(): Promise<Result<number, LogProblem>>;
  controller(): Promise<Result<number, LogProblem>>;
  /** Drops every connection; requests that wait answer `Closed`. */
  close(): Promise<void>;
}

/** A request by its key in Kafka's protocol and the versions of it that we can write and read. */
export interface ApiRange {
  readonly apiKey: number;
  readonly apiName: string;
  readonly min: number;
  readonly max: number;
}
