import { failure, ok, type Result } from '../../../core/lib/result.ts';
import { durationMs } from '../../../core/lib/units.ts';
import type { LogPhase, LogProblem, LogRecord } from '../../../core/ports/alarm-log.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { Cluster } from '../connection/cluster.ts';
import { timedOut } from '../connection/log-problem.ts';
import { createLogReading } from '../reading/log-reading.ts';
import type { AdminProblem } from './admin-problem.ts';

/** What a topic holds, counted by reading it. */
export interface TopicContents {
  readonly topic: string;
  /** Records that are there, tombstones among them. */
  readonly records: number;
  readonly tombstones: number;
  /** Keys whose newest record is no tombstone: on a compacted topic, what its readers would lose. */
  readonly current: number;
}

const STALE_AFTER_MS = durationMs(4_000);

/**
 * Reads topics from their first record to their end, without a trace, and counts. Leaves out nothing and estimates
 * nothing: offsets alone say little of a compacted topic. `TimedOut` after `limitMs`.
 */
export function countContents(
  cluster: Cluster,
  topics: readonly string[],
  clock: Clock,
  limitMs: number,
): Promise<Result<readonly TopicContents[], AdminProblem>> {
  const tallies = new Map(topics.map((topic) => [topic, new Tally(topic)]));
  const waiting = new Set(topics);
  if (waiting.size === 0) return Promise.resolve(ok([]));
  return new Promise((resolve) => {
    const end = (result: Result<readonly TopicContents[], AdminProblem>): void => {
      clearTimeout(overdue);
      void reading.close().then(() => resolve(result));
    };
    const listener = {
      onRecords: (records: readonly LogRecord[]) => {
        for (const record of records) tallies.get(record.topic)?.add(record);
      },
      onPhase: (phase: LogPhase) => {
        const problem = hopelessProblemOf(phase);
        if (problem !== null) end(failure(problem));
      },
      onReset: (forgotten: readonly string[]) => {
        for (const topic of forgotten) tallies.set(topic, new Tally(topic));
      },
      onSweep: () => undefined,
      onHead: (topic: string) => {
        waiting.delete(topic);
        if (waiting.size === 0) end(ok([...tallies.values()].map((tally) => tally.contents())));
      },
    };
    const overdue = setTimeout(() => {
      end(failure(timedOut('counting records', cluster.address, limitMs)));
    }, limitMs);
    const reading = createLogReading(cluster, topics, listener, {
      clock,
      staleAfterMs: STALE_AFTER_MS,
      retentionsOf: async (asked) => new Map(asked.map((topic) => [topic, null])),
    });
  });
}

class Tally {
  readonly #topic: string;
  readonly #current = new Set<string>();
  #records = 0;
  #tombstones = 0;

  constructor(topic: string) {
    this.#topic = topic;
  }

  add({ bytes, keyStart, keyEnd, valueEnd }: LogRecord): void {
    this.#records += 1;
    if (valueEnd < 0) this.#tombstones += 1;
    if (keyEnd < 0) return;
    const key = Buffer.from(bytes.subarray(keyStart, keyEnd)).toString('latin1');
    if (valueEnd < 0) this.#current.delete(key);
    else this.#current.add(key);
  }

  contents(): TopicContents {
    return {
      topic: this.#topic,
      records: this.#records,
      tombstones: this.#tombstones,
      current: this.#current.size,
    };
  }
}

/** A reading tries for ever; whoever counts wants to know at once that it cannot help. */
function hopelessProblemOf(phase: LogPhase): LogProblem | null {
  if (phase.phase === 'failed') return phase.problem;
  const problem = phase.phase === 'connecting' ? phase.problem : undefined;
  const isHopeless = problem !== undefined && (!problem.isRetriable || isMissing(problem));
  return isHopeless ? problem : null;
}

function isMissing({ code }: LogProblem): boolean {
  return code === 'TopicMissing';
}
