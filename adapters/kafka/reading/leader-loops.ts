import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import type { LeaderLoop } from './leader-loop.ts';
import type { PartitionState } from './partition-state.ts';

/** Makes the loop that reads these partitions from their leader. */
export type MakeLoop = (nodeId: number, partitions: readonly PartitionState[]) => LeaderLoop;

/**
 * The loops of one reading, one for each broker that leads something. What goes wrong with one broker ends its loop alone:
 * the others are read on while its partitions wait for their new leader.
 */
export class LeaderLoops {
  readonly #make: MakeLoop;
  readonly #onFault: (cause: unknown) => void;
  readonly #running = new Map<number, RunningLoop>();

  /** `onFault` is told what a loop threw: only the listener throws in it. */
  constructor(make: MakeLoop, onFault: (cause: unknown) => void) {
    this.#make = make;
    this.#onFault = onFault;
  }

  /** True while at least one broker is being read. */
  get isReading(): boolean {
    return [...this.#running.values()].some((each) => !each.isOver);
  }

  /** Has the partitions read from those who lead them now. A loop that goes on and has the same partitions is left alone. */
  async follow(byLeader: ReadonlyMap<number, readonly PartitionState[]>): Promise<void> {
    const left = [...this.#running].filter(
      ([nodeId, { loop, isOver }]) => isOver || !areSame(loop.partitions, byLeader.get(nodeId)),
    );
    for (const [nodeId] of left) this.#running.delete(nodeId);
    // Nothing is begun before all of them have ended: a partition must not be handed out by two.
    await Promise.all(left.map(([, { loop }]) => loop.stop()));
    for (const [nodeId, partitions] of byLeader) {
      if (!this.#running.has(nodeId)) this.#running.set(nodeId, this.#start(nodeId, partitions));
    }
  }

  /** Answers when a loop has ended, with the reason. */
  firstEnd(): Promise<LogProblem | null> {
    return Promise.race([...this.#running.values()].map(({ ended }) => ended));
  }

  /** Answers when nothing is being handed out any more. */
  async stop(): Promise<void> {
    const loops = [...this.#running.values()].map(({ loop }) => loop);
    this.#running.clear();
    await Promise.all(loops.map((loop) => loop.stop()));
  }

  #start(nodeId: number, partitions: readonly PartitionState[]): RunningLoop {
    const loop = this.#make(nodeId, partitions);
    const running = { loop, isOver: false, ended: Promise.resolve<LogProblem | null>(null) };
    running.ended = loop.run().then(
      (problem) => {
        running.isOver = true;
        // One that was told to stop may end long after another has taken its place.
        if (!loop.isStopped) for (const state of partitions) state.problem ??= problem;
        return problem;
      },
      (cause: unknown) => {
        running.isOver = true;
        this.#onFault(cause);
        return null;
      },
    );
    return running;
  }
}

interface RunningLoop {
  readonly loop: LeaderLoop;
  isOver: boolean;
  ended: Promise<LogProblem | null>;
}

function areSame(
  one: readonly PartitionState[],
  other: readonly PartitionState[] | undefined,
): boolean {
  return one.length === other?.length && one.every((state) => other.includes(state));
}
