import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  Cluster,
  PartitionLeader,
  WireRequest,
} from '../../adapters/kafka/connection/cluster.ts';
import { ByteReader } from '../../adapters/kafka/protocol/byte-reader.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { LogProblem } from '../../core/ports/alarm-log.ts';
import { type AnsweredPartition, aFetchResponse } from '../builders/fetch-response.ts';

/** What was asked of one partition in a fetch. */
export interface AskedOf {
  readonly nodeId: number;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Brokers whose answers a test gives. */
export interface FakeCluster extends Cluster {
  readonly asked: readonly AskedOf[];
  readonly refreshes: number;
  /** Who leads which partition of a topic, from the next question on. */
  lead(topic: string, nodeIds: readonly number[]): void;
  /** What listOffset answers. */
  setEnds(earliest: number, latest: number): void;
}

/** Answers one partition of one fetch; null leaves the fetch waiting until the cluster is closed. */
export type FakeBroker = (asked: AskedOf) => AnsweredPartition | LogProblem | null;

const VERSION = 11;
const METADATA = 3;

/** Makes brokers that speak Fetch 11 and know no topic ids. */
export function createFakeCluster(broker: FakeBroker): FakeCluster {
  const leaders = new Map<string, readonly PartitionLeader[]>();
  const asked: AskedOf[] = [];
  const waiting = new Set<(closed: Result<Buffer, LogProblem>) => void>();
  let refreshes = 0;
  let ends = { earliest: 0, latest: 0 };
  const fetch = async (
    nodeId: number,
    request: WireRequest,
  ): Promise<Result<Buffer, LogProblem>> => {
    const places = readPlaces(nodeId, request.body);
    asked.push(...places);
    const answers = places.map((place) => ({ place, answer: broker(place) }));
    const problem = answers.map(({ answer }) => answer).find(isProblem);
    if (problem !== undefined) return failure(problem);
    const partitions = answers.flatMap(({ place, answer }) =>
      answer === null || isProblem(answer) ? [] : [{ ...place, ...answer }],
    );
    // A turn of the event loop an answer, as a socket would take.
    await nextTurn();
    if (partitions.length > 0) return ok(aFetchResponse(partitions));
    return new Promise((resolve) => waiting.add(resolve));
  };
  return {
    address: 'fake:9092',
    asked,
    get refreshes() {
      return refreshes;
    },
    lead: (topic, nodeIds) => {
      const list = nodeIds.map((nodeId, partition) => ({ partition, nodeId, replicas: 1 }));
      leaders.set(topic, list);
    },
    setEnds: (earliest, latest) => {
      ends = { earliest, latest };
    },
    connect: async () => ok(undefined),
    leaders: async (topic) => {
      const known = leaders.get(topic);
      return known === undefined ? failure(missing(topic)) : ok(known);
    },
    refresh: async () => {
      refreshes += 1;
      return ok(undefined);
    },
    negotiate: async (_, { apiKey }) =>
      apiKey === METADATA ? failure({ ...missing('ids'), isRetriable: false }) : ok(VERSION),
    send: fetch,
    listOffset: async (_topic, _partition, end) => ok(ends[end]),
    anyNode: async () => ok(1),
    controller: async () => ok(1),
    close: async () => {
      for (const resolve of waiting) resolve(failure({ ...missing('it'), code: 'Closed' }));
    },
  };
}

function isProblem(answer: AnsweredPartition | LogProblem | null): answer is LogProblem {
  return answer !== null && 'code' in answer;
}

function missing(topic: string): LogProblem {
  return { code: 'TopicMissing', message: `no ${topic}`, remedy: 'make it', isRetriable: true };
}

function readPlaces(nodeId: number, body: Uint8Array): readonly AskedOf[] {
  const reader = new ByteReader(Buffer.from(body));
  for (let field = 0; field < 4; field += 1) reader.int32();
  reader.int8();
  reader.int32();
  reader.int32();
  return reader
    .array(() => {
      const topic = reader.string();
      return reader.array(() => {
        const partition = reader.int32();
        reader.int32();
        const offset = reader.int64();
        reader.int64();
        reader.int32();
        return { nodeId, topic, partition, offset };
      });
    })
    .flat();
}
