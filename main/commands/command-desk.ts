import type { AlarmState } from '../../core/alarm/alarm-state.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import type { Result } from '../../core/lib/result.ts';
import { type EpochMs, epochMs } from '../../core/lib/units.ts';
import type { RecordPosition } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { explainRefusal, type RefusalReason } from '../../core/refusals.ts';
import type { CommandTicket, EventPayload } from '../../ipc/contract.ts';
import { createLoopBreaks } from './loop-breaks.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

/** A command without its own record after this long is unconfirmed. */
export const CONFIRM_WITHIN_MS = 5_000;
/** Records on their way to the log at once. */
const WRITES_AT_ONCE = 64;
/** Commands kept that nothing has been heard of; older ones stay unconfirmed for good. */
const MOST_OPEN = 20_000;

/** What commands need to know of the alarms as they stand. */
export interface CommandedAlarms {
  isLive(): boolean;
  state(name: AlarmName): AlarmState | undefined;
  /** Now by the broker's time as far as known. */
  now(): EpochMs;
  /** Whether the reader has come past this record. */
  hasRead(position: RecordPosition): boolean;
  /** Calls after the reader has come further. Answers how to stop. */
  onRead(listener: () => void): () => void;
}

/** Why a record was not written. Where the effect is unknown the command can only become unconfirmed. */
export interface WriteFailure {
  readonly reason: RefusalReason;
  readonly isEffectKnown: boolean;
}

/** Writes one order as a record with the audit headers; answers where it stands. */
export type WriteOrder = (order: AlarmOrder) => Promise<Result<RecordPosition, WriteFailure>>;

/** One alarm of a command, and what core decides for it. */
export interface CommandTarget {
  readonly name: AlarmName;
  decide(state: AlarmState, now: EpochMs): Result<readonly AlarmOrder[], RefusalReason>;
}

export type CommandSettled = EventPayload<'command:settled'>;

export interface CommandDesk {
  /**
   * Decides and writes one command an alarm. Refusals are answered at once; the others are pending until `onSettled`
   * tells how each ended: `done` when its own records came back, `unconfirmed` after 5 s without them (`done` may still
   * follow), `refused` when the log did not take it.
   */
  run(
    targets: readonly CommandTarget[],
    onSettled: (settled: CommandSettled) => void,
  ): Promise<CommandTicket[]>;
  close(): void;
}

export interface CommandDeskOptions {
  readonly alarms: CommandedAlarms;
  readonly write: WriteOrder;
  readonly clock: Clock;
  readonly createId: () => string;
  /** A moment as the operator reads it, for refusals. */
  readonly formatTime: (at: EpochMs) => string;
}

export function createCommandDesk(options: CommandDeskOptions): CommandDesk {
  return new PendingCommands(options);
}

/** A command whose records are on their way out or back. */
interface OpenCommand {
  readonly commandId: string;
  readonly name: AlarmName;
  readonly onSettled: (settled: CommandSettled) => void;
  readonly cancelDeadline: () => void;
  /** Null until every record is written. */
  positions: readonly RecordPosition[] | null;
}

class PendingCommands implements CommandDesk {
  readonly #options: CommandDeskOptions;
  readonly #open = new Map<string, OpenCommand>();
  readonly #queue: WriteQueue = createWriteQueue(WRITES_AT_ONCE);
  readonly #stopListening: () => void;

  constructor(options: CommandDeskOptions) {
    this.#options = options;
    this.#stopListening = options.alarms.onRead(() => this.#settleRead());
  }

  async run(
    targets: readonly CommandTarget[],
    onSettled: (settled: CommandSettled) => void,
  ): Promise<CommandTicket[]> {
    const breathe = createLoopBreaks();
    const tickets: CommandTicket[] = [];
    for (const target of targets) {
      tickets.push(this.#begin(target, onSettled));
      await breathe();
    }
    return tickets;
  }

  close(): void {
    this.#stopListening();
    for (const command of this.#open.values()) command.cancelDeadline();
    this.#open.clear();
  }

  #begin(target: CommandTarget, onSettled: OpenCommand['onSettled']): CommandTicket {
    const decision = this.#decide(target);
    if (!decision.ok) {
      return {
        name: target.name,
        state: 'refused',
        refusal: explainRefusal(decision.error, this.#options.formatTime),
      };
    }
    const command = this.#openCommand(target.name, onSettled);
    this.#queue.add(() => this.#write(command, decision.value));
    return { name: target.name, state: 'pending', commandId: command.commandId };
  }

  #decide(target: CommandTarget): Result<readonly AlarmOrder[], RefusalReason> {
    const { alarms } = this.#options;
    if (!alarms.isLive()) return refusal('NotLive', target.name);
    const state = alarms.state(target.name);
    if (state === undefined) return refusal('UnknownAlarm', target.name);
    return target.decide(state, alarms.now());
  }

  #openCommand(name: AlarmName, onSettled: OpenCommand['onSettled']): OpenCommand {
    const { clock, createId } = this.#options;
    const commandId = createId();
    const cancelDeadline = clock.callAt(epochMs(clock.now() + CONFIRM_WITHIN_MS), () => {
      onSettled({ commandId, name, outcome: 'unconfirmed' });
    });
    const command: OpenCommand = { commandId, name, onSettled, cancelDeadline, positions: null };
    this.#open.set(commandId, command);
    this.#dropOldest();
    return command;
  }

  /** The records of one alarm go out one after the other, so that none overtakes another. */
  async #write(command: OpenCommand, orders: readonly AlarmOrder[]): Promise<void> {
    const positions: RecordPosition[] = [];
    for (const order of orders) {
      const written = await this.#options.write(order);
      if (!written.ok) return this.#settleFailed(command, written.error);
      positions.push(written.value);
    }
    command.positions = positions;
    this.#settleIfRead(command);
  }

  #settleFailed(command: OpenCommand, failure: WriteFailure): void {
    if (!failure.isEffectKnown || !this.#open.has(command.commandId)) return;
    const refusal = explainRefusal(failure.reason, this.#options.formatTime);
    this.#settle(command, { ...ended(command), outcome: 'refused', refusal });
  }

  #settleRead(): void {
    for (const command of this.#open.values()) this.#settleIfRead(command);
  }

  #settleIfRead(command: OpenCommand): void {
    const { alarms } = this.#options;
    if (command.positions === null || !this.#open.has(command.commandId)) return;
    if (!command.positions.every((position) => alarms.hasRead(position))) return;
    this.#settle(command, { ...ended(command), outcome: 'done' });
  }

  #settle(command: OpenCommand, settled: CommandSettled): void {
    this.#open.delete(command.commandId);
    command.cancelDeadline();
    command.onSettled(settled);
  }

  #dropOldest(): void {
    if (this.#open.size <= MOST_OPEN) return;
    for (const commandId of this.#open.keys()) {
      this.#open.delete(commandId);
      return;
    }
  }
}

function refusal(code: RefusalReason['code'], alarm: string): Result<never, RefusalReason> {
  return { ok: false, error: { code, alarm } };
}

function ended(command: OpenCommand) {
  return { commandId: command.commandId, name: command.name };
}
