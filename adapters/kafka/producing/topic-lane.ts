import { assertNever } from '../../../core/lib/invariant.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import type { Cluster } from '../connection/cluster.ts';
import { ERROR_CODES, problemOfErrorCode } from '../connection/error-code.ts';
import { timedOut } from '../connection/log-problem.ts';
import { keyOf } from '../protocol/produce.ts';
import { type AttemptOutcome, attempt, type Batch, laneOf } from './batch-attempt.ts';
import { partitionOfKey } from './partition-of-key.ts';
import type { PendingAppend } from './pending-append.ts';
import { advanceSequence, type IdentitySource } from './producer-identity.ts';

const BATCH_BYTES = 512 * 1024;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;
/** A topic is missing when that was said so often, within a fifth of a second: the last broker to hear of a new one may be asked first. */
const MISSING_TIMES = 3;

/**
 * The appends of one topic, in the order in which they came. One batch a partition is under way; what arrives
 * meanwhile goes as the next, so that a flood is few requests and a single command waits for nothing.
 */
export class TopicLane {
  readonly #topic: string;
  readonly #cluster: Cluster;
  readonly #identities: IdentitySource;
  #waiting: PendingAppend[] = [];
  #isRunning = false;

  constructor(topic: string, cluster: Cluster, identities: IdentitySource) {
    this.#topic = topic;
    this.#cluster = cluster;
    this.#identities = identities;
  }

  push(item: PendingAppend): void {
    this.#waiting.push(item);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let failures = 0; this.#hasWork(); ) {
      const leaders = await this.#cluster.leaders(this.#topic);
      if (leaders.ok && leaders.value.length > 0) {
        failures = 0;
        const batches = this.#takeBatches(leaders.value.length);
        await Promise.all(batches.map((batch) => this.#deliver(batch)));
      } else {
        failures += 1;
        await this.#standBack(leaders.ok ? this.#noLeader() : leaders.error, failures);
      }
    }
    this.#waiting = [];
    this.#isRunning = false;
  }

  #hasWork(): boolean {
    return this.#waiting.some((item) => !item.isAnswered);
  }

  async #standBack(problem: LogProblem, failures: number): Promise<void> {
    const isMissing = problem.code === 'TopicMissing' && failures >= MISSING_TIMES;
    const isFinal = !problem.isRetriable || isMissing;
    for (const item of this.#waiting) {
      if (isFinal) item.fail(problem);
      else item.note(problem);
    }
    if (!isFinal) await this.#wait(failures);
  }

  /** As much of the head of the queue as one batch may hold, by partition. */
  #takeBatches(partitions: number): readonly Batch[] {
    const byPartition = new Map<number, PendingAppend[]>();
    let bytes = 0;
    let taken = 0;
    for (const item of this.#waiting) {
      if (bytes > 0 && bytes + item.size > BATCH_BYTES) break;
      taken += 1;
      if (item.isAnswered) continue;
      bytes += item.size;
      const partition = partitions === 1 ? 0 : partitionOfKey(keyOf(item.encoded), partitions);
      const items = byPartition.get(partition);
      if (items === undefined) byPartition.set(partition, [item]);
      else items.push(item);
    }
    this.#waiting = this.#waiting.slice(taken);
    return [...byPartition].map(([partition, items]) => this.#batchOf(partition, items));
  }

  #batchOf(partition: number, items: readonly PendingAppend[]): Batch {
    return { topic: this.#topic, partition, items, mayHaveEffect: false };
  }

  /** Attempts until the broker has decided, or nobody waits for the batch any more. */
  async #deliver(batch: Batch): Promise<void> {
    for (let failures = 1; batch.items.some((item) => !item.isAnswered); failures += 1) {
      const outcome = await attempt(
        this.#cluster,
        this.#identities,
        batch,
        Math.max(1, Math.ceil(lastDeadline(batch) - performance.now())),
      );
      if (await this.#settle(batch, outcome)) return;
      await this.#wait(failures);
    }
    // Its number may have been used or not, so the next batch needs another name.
    if (batch.sentAs !== undefined) this.#identities.renew();
  }

  /** True when the batch is over. */
  async #settle(batch: Batch, result: AttemptOutcome): Promise<boolean> {
    switch (result.outcome) {
      case 'taken':
        this.#succeed(batch, result.baseOffset);
        return true;
      case 'refused':
        await this.#refuse(batch, result.problem);
        return true;
      case 'unsent':
        if (!batch.mayHaveEffect) this.#takeBack(batch, result.problem);
        await this.#cluster.refresh([batch.topic]);
        return false;
      case 'unknown':
        batch.mayHaveEffect = true;
        if (!batch.sentAs?.identity.isIdempotent) return this.#giveUp(batch, result.problem);
        await this.#cluster.refresh([batch.topic]);
        return false;
      case 'nameless':
        this.#identities.renew();
        if (batch.mayHaveEffect) return this.#giveUp(batch, result.problem);
        delete batch.sentAs;
        return false;
      default:
        return assertNever(result);
    }
  }

  #succeed(batch: Batch, baseOffset: number): void {
    const { topic, partition, items } = batch;
    if (batch.sentAs !== undefined) {
      advanceSequence(batch.sentAs.identity, laneOf(batch), items.length);
    }
    for (const [index, item] of items.entries()) {
      item.succeed({ topic, partition, offset: baseOffset + index });
    }
  }

  /** Its number was not used: the next attempt is made up anew of those that wait then. */
  #takeBack(batch: Batch, problem: LogProblem): void {
    for (const item of batch.items) item.markUnsent(problem);
    delete batch.sentAs;
  }

  /** One record too large spoils its batch: then each goes alone, and only that one is refused. */
  async #refuse(batch: Batch, problem: LogProblem): Promise<void> {
    if (batch.mayHaveEffect) {
      this.#giveUp(batch, problem);
      return;
    }
    if (problem.code !== 'RecordTooLarge' || batch.items.length === 1) {
      for (const item of batch.items) item.fail(problem);
      return;
    }
    for (const item of batch.items) {
      item.markUnsent(problem);
      await this.#deliver(this.#batchOf(batch.partition, [item]));
    }
  }

  #giveUp(batch: Batch, problem: LogProblem): true {
    this.#identities.renew();
    const unknown = timedOut(`appending to ${batch.topic}`, this.#cluster.address, 0);
    const message = `Kafka at ${this.#cluster.address} did not say whether it took the record for ${batch.topic}: ${problem.message}`;
    for (const item of batch.items) item.fail({ ...unknown, message });
    return true;
  }

  #noLeader(): LogProblem {
    const asked = { doing: `appending to ${this.#topic}`, address: this.#cluster.address };
    return problemOfErrorCode(ERROR_CODES.leaderNotAvailable, asked);
  }

  #wait(failures: number): Promise<void> {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
    return new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function lastDeadline(batch: Batch): number {
  return Math.max(...batch.items.map((item) => item.deadlineAt));
}
