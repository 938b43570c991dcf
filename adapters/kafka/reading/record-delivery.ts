import type { LogListener, LogProblem } from '../../../core/ports/alarm-log.ts';
import type { BatchFault } from './batch-fault.ts';
import type { FetchedPartition } from './fetch-response.ts';
import type { FetchedRecord } from './fetched-record.ts';
import type { AnsweredFetch, AnswerTaker, AskedPlace, PartitionFetcher } from './leader-loop.ts';
import type { PartitionState } from './partition-state.ts';
import { PartitionWalk } from './partition-walk.ts';
import { damagedBatch, problemOfCode, unexpectedAnswer, verdictOf } from './reading-problems.ts';
import type { SweepDesk } from './sweep-desk.ts';
import { WorkSlice } from './work-slice.ts';

/** What a delivery needs of the reading that it belongs to. */
export interface DeliveryHost {
  readonly listener: LogListener;
  readonly address: string;
  isClosed(): boolean;
  /** Finds out what it means that the log has no such offset. */
  resolveOutOfRange(state: PartitionState): Promise<LogProblem | null>;
  /** An answer has said how far the log goes. */
  onMarks(): void;
  /** Nothing was wrong with an answer. */
  onGoodAnswer(): void;
  /** Everything of an answer was handed out. */
  onAnswer(): void;
}

/** Hands the records of fetched answers to the listener, in slices between which the event loop runs. */
export class RecordDelivery implements AnswerTaker {
  readonly #host: DeliveryHost;
  readonly #sweeps: SweepDesk;
  readonly #slice = new WorkSlice();

  constructor(host: DeliveryHost, sweeps: SweepDesk) {
    this.#host = host;
    this.#sweeps = sweeps;
  }

  async take(answer: AnsweredFetch): Promise<LogProblem | null> {
    const { response } = answer;
    if (response.errorCode !== 0) {
      return unexpectedAnswer(response.errorCode, this.#host.address);
    }
    this.#slice.begin();
    if (response.bytes.length > LARGE_ANSWER_BYTES) {
      // Receiving it has held the event loop already.
      await this.#slice.rest();
    }
    return this.#host.isClosed() ? null : this.#takePartitions(answer);
  }

  isSweeping(partitions: readonly PartitionState[]): boolean {
    return this.#sweeps.hasWork(partitions);
  }

  sweep(fetcher: PartitionFetcher): Promise<LogProblem | null> {
    return this.#sweeps.step(fetcher);
  }

  async #takePartitions(answer: AnsweredFetch): Promise<LogProblem | null> {
    const { response, asked } = answer;
    let worst: LogProblem | null = null;
    for (const fetched of response.partitions) {
      const place = asked.find(
        (each) => each.partition === fetched.partition && each.topic === fetched.topic,
      );
      if (place === undefined || !isCurrent(place)) {
        continue;
      }
      const problem = await this.#takePartition(answer, fetched, place.state);
      if (this.#host.isClosed()) {
        return null;
      }
      place.state.problem = problem;
      worst ??= problem;
    }
    if (worst === null) {
      this.#host.onGoodAnswer();
    }
    this.#host.onAnswer();
    return worst;
  }

  async #takePartition(
    answer: AnsweredFetch,
    fetched: FetchedPartition,
    state: PartitionState,
  ): Promise<LogProblem | null> {
    if (fetched.errorCode !== 0) {
      return this.#takeError(fetched.errorCode, state);
    }
    state.seeMarks(fetched, answer.times);
    this.#host.onMarks();
    const walk = new PartitionWalk(answer.response, fetched, state);
    const isWhole = await this.#handOut(walk, state);
    if (!isWhole) {
      return null;
    }
    if (walk.fault !== null) {
      return this.#takeFault(state, walk.fault, walk.offsetAfterFault);
    }
    state.seeRecords(fetched, answer.times);
    return null;
  }

  /** False when the reading was closed or its history was lost meanwhile. */
  async #handOut(walk: PartitionWalk, state: PartitionState): Promise<boolean> {
    const { generation } = state;
    for (let isMoreLeft = true; isMoreLeft; ) {
      const records: FetchedRecord[] = [];
      isMoreLeft = walk.fill(records, SLICE_RECORDS);
      state.faults = walk.position > state.position ? 0 : state.faults;
      state.position = walk.position;
      state.accountedTo = walk.accountedTo;
      if (records.length > 0) {
        this.#host.listener.onRecords(records);
      }
      if (this.#slice.isSpent) {
        await this.#slice.rest();
      }
      if (this.#host.isClosed() || state.generation !== generation) {
        return false;
      }
    }
    return true;
  }

  async #takeError(errorCode: number, state: PartitionState): Promise<LogProblem | null> {
    switch (verdictOf(errorCode)) {
      case 'outOfRange':
        return this.#host.resolveOutOfRange(state);
      case 'corrupt':
        return this.#takeFault(state, BROKER_CANNOT_READ, -1);
      case 'problem':
        return problemOfCode(errorCode, state, this.#host.address);
    }
  }

  /**
   * A batch that cannot be read is asked for twice more. Then the reading goes on behind it if the listener
   * takes note of that, and stays `failed` if it does not (docs/decisions/0003-damaged-batches.md).
   */
  #takeFault(state: PartitionState, fault: BatchFault, offsetAfter: number): LogProblem | null {
    const problem = damagedBatch(state, state.position, fault);
    state.faults += 1;
    if (state.faults < ATTEMPTS) {
      return problem;
    }
    const { listener } = this.#host;
    if (listener.onDamage === undefined || fault === BROKER_CANNOT_READ) {
      return { ...problem, isRetriable: false };
    }
    const { topic, partition, position: from } = state;
    const isPlausible = offsetAfter > from && offsetAfter <= state.highWater;
    const to = isPlausible ? offsetAfter : from + 1;
    listener.onDamage({ topic, partition, from, to, problem });
    state.position = to;
    state.accountedTo = to;
    return null;
  }
}

/** False for what was foreseen wrongly, or asked before a reset. */
function isCurrent({ state, generation, offset }: AskedPlace): boolean {
  return state.generation === generation && state.position === offset;
}

/** A listener folds so many within about two milliseconds. */
const SLICE_RECORDS = 500;
const ATTEMPTS = 3;
const LARGE_ANSWER_BYTES = 256 * 1024;

const BROKER_CANNOT_READ: BatchFault = {
  code: 'Checksum',
  message: 'the broker itself finds them damaged on its disk',
};
