import type { DurationMs } from '../../../core/lib/units.ts';
import type { LogListener } from '../../../core/ports/alarm-log.ts';
import type { PartitionTable } from './partition-table.ts';
import type { PhaseReport } from './phase-report.ts';
import type { SweepDesk } from './sweep-desk.ts';

/** How long tombstones stay, by topic. */
export type TopicRetentions = ReadonlyMap<string, DurationMs | null>;

/** Asks how long topics keep tombstones. */
export type AskRetentions = (topics: readonly string[]) => Promise<TopicRetentions>;

/** What the catch-up needs of the reading that it belongs to. */
export interface CatchUpHost {
  readonly listener: LogListener;
  isClosed(): boolean;
}

/** What it decides from, and whom it tells. */
export interface CatchUpParts {
  readonly topics: readonly string[];
  readonly table: PartitionTable;
  readonly sweeps: SweepDesk;
  readonly phase: PhaseReport;
  readonly retentionsOf: AskRetentions;
}

/**
 * Decides when a partition counts as caught up: at the end of the log, with the sweep behind it that its topic’s retention
 * makes due. Tells the head of each topic, and how far behind the reading is.
 */
export class CatchUp {
  readonly #host: CatchUpHost;
  readonly #parts: CatchUpParts;

  constructor(host: CatchUpHost, parts: CatchUpParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** Everything of an answer was handed out. */
  onAnswer(): void {
    this.#settle();
    let lag = 0;
    for (const state of this.#parts.table.all) {
      lag += Math.max(0, state.highWater - state.position);
    }
    this.#host.listener.onLag?.(lag);
  }

  /** Asks for the retentions that are not known yet. Until then nothing of these topics counts as caught up. */
  async learnRetentions(): Promise<void> {
    const { table, retentionsOf } = this.#parts;
    const { topicsWithoutRetention } = table;
    if (topicsWithoutRetention.length === 0) {
      return;
    }
    const retentions = await retentionsOf(topicsWithoutRetention);
    for (const [topic, retentionMs] of retentions) {
      table.setRetention(topic, retentionMs);
    }
    if (!this.#host.isClosed()) {
      this.#settle();
    }
  }

  #settle(): void {
    const { topics, table, sweeps, phase } = this.#parts;
    for (const state of table.all) {
      if (state.isAtHead && state.retentionMs !== undefined && !sweeps.isOpen(state)) {
        state.isSettled = true;
      }
    }
    for (const topic of topics) {
      this.#tellHead(topic);
    }
    if (table.all.every((state) => state.isSettled)) {
      phase.update();
    }
  }

  #tellHead(topic: string): void {
    const states = this.#parts.table.ofTopic(topic);
    const isAtHead = states.length > 0 && states.every((state) => state.isSettled);
    if (isAtHead && states.some((state) => !state.hasToldHead)) {
      for (const state of states) {
        state.hasToldHead = true;
      }
      this.#host.listener.onHead?.(topic);
    }
  }
}
