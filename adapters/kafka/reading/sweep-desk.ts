import type { Result } from '../../../core/lib/result.ts';
import type { LogListener, LogProblem } from '../../../core/ports/alarm-log.ts';
import type { FetchedPartition, FetchResponse } from './fetch-response.ts';
import type { PartitionFetcher } from './leader-loop.ts';
import type { PartitionState } from './partition-state.ts';
import { noProgress, problemOfCode, verdictOf } from './reading-problems.ts';
import { SweepWalk } from './sweep-walk.ts';
import { WorkSlice } from './work-slice.ts';

/** What a sweep needs of the reading that it belongs to. */
export interface SweepHost {
  readonly listener: LogListener;
  readonly address: string;
  isClosed(): boolean;
  earliestOffset(state: PartitionState): Promise<Result<number, LogProblem>>;
  onAnswer(): void;
}

/**
 * Carries out the sweeps that are due, one fetch at a time between the fetches of the reading itself, so that
 * news never waits for a sweep (docs/decisions/0002-vanished-tombstones.md).
 */
export class SweepDesk {
  readonly #host: SweepHost;
  readonly #walks = new Map<PartitionState, SweepWalk>();
  readonly #slice = new WorkSlice();

  constructor(host: SweepHost) {
    this.#host = host;
  }

  /** True while a sweep of the partition is due or under way. */
  isOpen(state: PartitionState): boolean {
    return state.isSweepDue || this.#walks.get(state)?.generation === state.generation;
  }

  hasWork(partitions: readonly PartitionState[]): boolean {
    return partitions.some((state) => this.#isReady(state));
  }

  /** Does one fetch of the first sweep that has work among the fetcher's partitions. */
  async step(fetcher: PartitionFetcher): Promise<LogProblem | null> {
    const state = fetcher.partitions.find((each) => this.#isReady(each));
    if (state === undefined) {
      return null;
    }
    const walk = this.#walkOf(state);
    const { topic, partition, generation } = state;
    const place = { state, topic, partition, generation, offset: walk.position };
    const answer = await fetcher.fetch([place], 0);
    if (!answer.ok || fetcher.isStopped || this.#host.isClosed()) {
      return answer.ok ? null : answer.error;
    }
    const fetched = answer.value.response.partitions[0];
    const problem =
      fetched === undefined ? null : await this.#note(walk, answer.value.response, fetched);
    if (problem === null && walk.isOver && state.generation === generation) {
      this.#end(walk);
    }
    return problem;
  }

  #isReady(state: PartitionState): boolean {
    const walk = this.#walks.get(state);
    if (walk?.generation === state.generation) {
      return true;
    }
    const isRested = !state.isSettled || performance.now() - state.lastSweepAtMs > LEAST_BETWEEN_MS;
    return state.isAtHead && state.isSweepDue && isRested;
  }

  #walkOf(state: PartitionState): SweepWalk {
    const known = this.#walks.get(state);
    if (known?.generation === state.generation) {
      return known;
    }
    const walk = new SweepWalk(state);
    state.beginSweep(performance.now());
    this.#walks.set(state, walk);
    return walk;
  }

  async #note(
    walk: SweepWalk,
    response: FetchResponse,
    fetched: FetchedPartition,
  ): Promise<LogProblem | null> {
    if (fetched.errorCode !== 0) {
      return this.#noteError(walk, fetched.errorCode);
    }
    if (fetched.recordsEnd === fetched.recordsStart) {
      walk.finish();
      return null;
    }
    const before = walk.position;
    this.#slice.begin();
    for (let at = fetched.recordsStart; at >= 0; ) {
      at = walk.note(response, fetched, at);
      if (this.#slice.isSpent) {
        await this.#slice.rest();
      }
    }
    return walk.position > before ? null : noProgress(walk.state, before, fetched.highWater);
  }

  async #noteError(walk: SweepWalk, errorCode: number): Promise<LogProblem | null> {
    if (verdictOf(errorCode) !== 'outOfRange') {
      return problemOfCode(errorCode, walk.state, this.#host.address);
    }
    const earliest = await this.#host.earliestOffset(walk.state);
    if (!earliest.ok) {
      return earliest.error;
    }
    walk.beginAt(earliest.value);
    return null;
  }

  #end(walk: SweepWalk): void {
    const { state } = walk;
    this.#walks.delete(state);
    state.lastSweepAtMs = performance.now();
    if (!this.#host.isClosed()) {
      this.#host.listener.onSweep(walk.result());
      this.#host.onAnswer();
    }
  }
}

/** A reading that is caught up repeats a sweep no sooner than this, however quickly tombstones vanish. */
const LEAST_BETWEEN_MS = 10_000;
