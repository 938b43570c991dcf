import { setTimeout as after } from 'node:timers/promises';
import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import type { Cluster } from '../connection/cluster.ts';
import { FETCH_API, type FetchBounds, type FetchPlace, fetchRequest } from './fetch-request.ts';
import { type FetchResponse, offsetAfter, readFetchResponse } from './fetch-response.ts';
import { FetchSize } from './fetch-size.ts';
import type { FetchTimes, PartitionState } from './partition-state.ts';
import { brokenAnswer } from './reading-problems.ts';

/** A fetch that was answered, with what was asked, so that an answer to an older question is known as such. */
export interface AnsweredFetch {
  readonly response: FetchResponse;
  readonly times: FetchTimes;
  readonly asked: readonly AskedPlace[];
}

/** One partition of a fetch. */
export interface AskedPlace extends FetchPlace {
  readonly state: PartitionState;
  readonly generation: number;
}

/** What a loop does with the answers. Every method answers the problem that ends the loop, or null. */
export interface AnswerTaker {
  take(answer: AnsweredFetch): Promise<LogProblem | null>;
  /** Called after each answer; true when a sweep has work on this leader. */
  isSweeping(partitions: readonly PartitionState[]): boolean;
  sweep(fetcher: PartitionFetcher): Promise<LogProblem | null>;
}

/** Where a loop fetches from, and the most that it asks for of a partition at once. */
export interface FetchSource {
  readonly cluster: Cluster;
  readonly nodeId: number;
  readonly largestBytes: number | undefined;
}

/** Fetches places of one leader once. */
export interface PartitionFetcher {
  readonly partitions: readonly PartitionState[];
  readonly isStopped: boolean;
  fetch(places: readonly AskedPlace[], waitMs: number): Promise<Result<AnsweredFetch, LogProblem>>;
}

/**
 * Reads the partitions of one leader, all in one fetch, for as long as nothing goes wrong. In a replay the next fetch is
 * under way while an answer is being decoded; its offsets are foreseen from the answer's batch headers, and what
 * it brings is dropped where a position has come to another value after all.
 */
export class LeaderLoop implements PartitionFetcher {
  readonly partitions: readonly PartitionState[];
  readonly #cluster: Cluster;
  readonly #nodeId: number;
  readonly #taker: AnswerTaker;
  readonly #size: FetchSize;
  #version = 0;
  #turn = 0;
  /** The last answer that brought records. */
  #brought: Brought = { records: 0, atMs: 0, beforeAtMs: 0 };
  #isStopped = false;
  #taking: Promise<LogProblem | null> = Promise.resolve(null);

  constructor(source: FetchSource, partitions: readonly PartitionState[], taker: AnswerTaker) {
    this.#cluster = source.cluster;
    this.#nodeId = source.nodeId;
    this.#size = new FetchSize(source.largestBytes);
    this.partitions = partitions;
    this.#taker = taker;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Answers when nothing of this loop is being handed out any more; what is still to come is dropped. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    // What went wrong in it is answered by `run`.
    await this.#taking.catch(() => null);
  }

  /** Runs until something goes wrong, which it answers, or until it is stopped. */
  async run(): Promise<LogProblem | null> {
    const version = await this.#cluster.negotiate(this.#nodeId, FETCH_API);
    if (!version.ok) {
      return version.error;
    }
    this.#version = version.value;
    let pending = this.#fetchNext(null);
    while (!this.#isStopped) {
      const answer = await pending;
      if (!answer.ok || this.#isStopped) {
        return answer.ok ? null : answer.error;
      }
      const isSweeping = this.#taker.isSweeping(this.partitions);
      const ahead = this.#fetchAhead(answer.value, isSweeping);
      const problem = await this.#take(answer.value, isSweeping);
      if (problem !== null) {
        return problem;
      }
      pending = ahead ?? this.#fetchLater(isSweeping ? null : answer.value);
      this.#note(answer.value);
    }
    return null;
  }

  async #take(answer: AnsweredFetch, isSweeping: boolean): Promise<LogProblem | null> {
    this.#taking = this.#taker.take(answer);
    const problem = await this.#taking;
    return problem === null && isSweeping && !this.#isStopped ? this.#taker.sweep(this) : problem;
  }

  async fetch(
    places: readonly AskedPlace[],
    waitMs: number,
  ): Promise<Result<AnsweredFetch, LogProblem>> {
    const bounds: FetchBounds = { waitMs, ...this.#size.bounds };
    const request = fetchRequest(this.#version, places, bounds);
    const sentAtMs = performance.now();
    const body = await this.#cluster.send(this.#nodeId, request, ANSWER_LIMIT_MS + waitMs);
    const receivedAtMs = performance.now();
    if (!body.ok) {
      this.#size.seeFailure(body.error);
      return body;
    }
    this.#size.seeAnswer(body.value.length, receivedAtMs - sentAtMs);
    const response = readFetchResponse(body.value, this.#version);
    return response === null
      ? failure(brokenAnswer(this.#cluster.address))
      : ok({ response, asked: places, times: { sentAtMs, receivedAtMs, waitMs } });
  }

  /** The next fetch while this answer is decoded; null where it must wait. */
  #fetchAhead(
    answer: AnsweredFetch,
    isSweeping: boolean,
  ): Promise<Result<AnsweredFetch, LogProblem>> | null {
    return isSweeping || this.#gatherMs(answer) > 0 ? null : this.#fetchNext(answer);
  }

  /** How long it is until the next fetch may be sent; 0 where none need be waited for. */
  #gatherMs(answer: AnsweredFetch): number {
    const { response, times } = answer;
    const records = recordsIn(answer) + this.#brought.records;
    const isDense = records >= DENSE_PER_MS * (times.receivedAtMs - this.#brought.beforeAtMs);
    if (!isDense || response.bytes.length >= GATHERED_BYTES) return 0;
    return Math.max(0, times.sentAtMs + GATHER_MS - performance.now());
  }

  #note(answer: AnsweredFetch): void {
    const records = recordsIn(answer);
    if (records === 0) return;
    this.#brought = {
      records,
      atMs: answer.times.receivedAtMs,
      beforeAtMs: this.#brought.atMs,
    };
  }

  /** Records that come close upon each other are gathered first. A loop that was stopped meanwhile asks for nothing more. */
  async #fetchLater(before: AnsweredFetch | null): Promise<Result<AnsweredFetch, LogProblem>> {
    const restMs = before === null ? 0 : this.#gatherMs(before);
    if (restMs > 0) await after(restMs);
    return this.#isStopped && before !== null ? ok(before) : this.#fetchNext(before);
  }

  #fetchNext(before: AnsweredFetch | null): Promise<Result<AnsweredFetch, LogProblem>> {
    const places = this.partitions.map((state) => ({
      state,
      topic: state.topic,
      partition: state.partition,
      offset: before === null ? state.position : foreseen(state, before),
      generation: state.generation,
    }));
    // Whoever comes first may fill the whole answer, so everyone comes first in turn.
    this.#turn = (this.#turn + 1) % Math.max(1, places.length);
    const turned = [...places.slice(this.#turn), ...places.slice(0, this.#turn)];
    // The first look and those between the steps of a sweep are answered at once, news or not.
    return this.fetch(turned, before === null ? 0 : waitOf(this.partitions));
  }
}

/** How much an answer brought, when it came, and when the one before it had come. */
interface Brought {
  readonly records: number;
  readonly atMs: number;
  readonly beforeAtMs: number;
}

/**
 * Records that come faster than this are a flood: each would cost the broker and this computer an answer of its own, so
 * they are fetched fifty times a second. One that comes alone finds a fetch waiting for it. How fast they come is told by two
 * answers: of one alone, a record that happens to follow closely upon another would be a flood, and be waited for, and so would
 * the one after it.
 */
const DENSE_PER_MS = 0.25;
const GATHER_MS = 20;
/** What brings more is a replay or a writer of batches. */
const GATHERED_BYTES = 64 * 1024;

/** Beyond its own wait a fetch may take so long before the broker counts as gone. */
const ANSWER_LIMIT_MS = 10_000;
/** Each answer of an idle log costs a processor the same; two of them fall into the time after which silence means stale. */
const LONGEST_WAIT_MS = 1_500;
const SHORTEST_WAIT_MS = 25;

/** Where tombstones vanish quickly the log is looked at more often than they can. */
function waitOf(partitions: readonly PartitionState[]): number {
  const retention = Math.min(...partitions.map((state) => state.retentionMs ?? Infinity));
  return Math.max(SHORTEST_WAIT_MS, Math.min(LONGEST_WAIT_MS, Math.floor(retention / 4)));
}

/** How many records an answer brings, those among them that readers are not given. */
function recordsIn(answer: AnsweredFetch): number {
  return answer.asked.reduce((sum, { state, offset }) => sum + foreseen(state, answer) - offset, 0);
}

function foreseen(state: PartitionState, answer: AnsweredFetch): number {
  const fetched = answer.response.partitions.find(
    (each) => each.partition === state.partition && each.topic === state.topic,
  );
  return fetched === undefined
    ? state.position
    : offsetAfter(answer.response.view, fetched, state.position);
}
