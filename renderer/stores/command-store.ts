import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type {
  CommandTicket,
  EventPayload,
  KlaxonBridge,
  RequestOutput,
} from '../../ipc/contract.ts';
import type { FrameScheduler } from './frame-scheduler.ts';

/** An order of the operator to one or more alarms. */
export type Command =
  | { readonly verb: 'acknowledge'; readonly rows: readonly AlarmRow[] }
  | { readonly verb: 'unacknowledge'; readonly rows: readonly AlarmRow[] }
  | {
      readonly verb: 'shelve';
      readonly rows: readonly AlarmRow[];
      readonly untilAt: number | null;
      readonly reason: string;
    }
  | { readonly verb: 'unshelve'; readonly rows: readonly AlarmRow[] };

export type CommandVerb = Command['verb'];

/** Why one alarm's command was refused, in the operator's words. */
export interface RefusalView {
  readonly code: string;
  readonly message: string;
  readonly nextStep: string;
}

/** How one alarm's command stands. It is never done because it was sent, only because its record came back. */
export type Entry = {
  readonly name: string;
  readonly command: Command;
  readonly commandId: string | null;
  readonly sentAt: number;
} & (
  | { readonly state: 'pending' }
  | { readonly state: 'done' }
  | { readonly state: 'unconfirmed' }
  | { readonly state: 'refused'; readonly refusal: RefusalView }
);

/** The commands of this window: newest entry of each alarm, and what can be taken back. */
export interface CommandState {
  readonly entries: ReadonlyMap<string, Entry>;
  /** The last command with at least one alarm done, if it has an opposite. */
  readonly undoable: Command | null;
}

/** The commands of this window. */
export interface CommandStore extends StoreApi<CommandState> {
  start(): () => void;
  /** Sends a command; answers what was refused at once, so that a dialog can stay open. */
  sent(command: Command): Promise<readonly Entry[]>;
  /** Takes an ended entry off the list of results. */
  dismissed(names: readonly string[]): void;
  /**
   * The ticking second: what was never heard of again becomes unconfirmed, and what is unconfirmed is let go once the log
   * shows what it asked for; else it would hide the state of the alarm for as long as nobody closes it.
   */
  ticked(nowAt: number, rowOf: (name: string) => AlarmRow | undefined): void;
}

/** Main says `unconfirmed` after 5 s; this is for an answer that never came at all. */
const SILENCE_MS = 7_000;
/** How long a done command stays said. */
const DONE_MS = 4_000;

type Settled = EventPayload<'command:settled'>;

/** Makes the store; `readNow` is this computer's time in milliseconds since 1970. */
export function createCommandStore(
  bridge: KlaxonBridge,
  frames: FrameScheduler,
  readNow: () => number,
): CommandStore {
  const store = createStore<CommandState>(() => ({ entries: new Map(), undoable: null }));
  const desk = new CommandDesk({ bridge, frames, readNow, store });
  return {
    ...store,
    start: () => bridge.subscribe('command:settled', (settled) => desk.settle(settled)),
    sent: (command) => desk.send(command),
    dismissed: (names) => {
      const entries = new Map(store.getState().entries);
      for (const name of names) if (entries.get(name)?.state !== 'pending') entries.delete(name);
      store.setState({ entries });
    },
    ticked: (nowAt, rowOf) => {
      const before = store.getState().entries;
      const after = new Map(
        [...before]
          .filter(([name, entry]) => !isOver(entry, rowOf(name)))
          .flatMap(([name, entry]) => aged(name, entry, nowAt)),
      );
      const isSame =
        after.size === before.size && [...after].every(([n, e]) => before.get(n) === e);
      if (!isSame) store.setState({ entries: after });
    },
  };
}

interface DeskParts {
  readonly bridge: KlaxonBridge;
  readonly frames: FrameScheduler;
  readonly readNow: () => number;
  readonly store: StoreApi<CommandState>;
}

class CommandDesk {
  readonly #parts: DeskParts;
  /** Settlements that came before the answer that names their command. */
  readonly #early = new Map<string, Settled>();
  #waiting: Settled[] = [];

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async send(command: Command): Promise<readonly Entry[]> {
    const sentAt = this.#parts.readNow();
    const pending = command.rows.map(
      (row): Entry => ({ name: row.name, command, commandId: null, sentAt, state: 'pending' }),
    );
    this.#put(pending);
    const answer = await request(this.#parts.bridge, command);
    if (!answer.ok) {
      const all = pending.map((entry) => refused(entry, { ...answer.error, nextStep: '' }));
      this.#put(all);
      return all;
    }
    const tickets = new Map(answer.value.map((ticket) => [ticket.name, ticket]));
    const after = pending.map((entry) => this.#ticketed(entry, tickets.get(entry.name)));
    this.#put(after);
    return after.filter((entry) => entry.state === 'refused');
  }

  /** Ten thousand acknowledgements come back one by one: they are taken in once a frame. */
  settle(settled: Settled): void {
    this.#waiting.push(settled);
    if (this.#waiting.length === 1) this.#parts.frames.beforePaint(() => this.#settleWaiting());
  }

  #settleWaiting(): void {
    const { entries } = this.#parts.store.getState();
    const changes: Entry[] = [];
    for (const settled of this.#waiting) {
      const entry = entries.get(settled.name);
      if (entry?.commandId === settled.commandId) {
        changes.push(settledEntry(entry, settled, this.#parts.readNow()));
      } else this.#early.set(settled.commandId, settled);
    }
    this.#waiting = [];
    this.#put(changes);
  }

  #ticketed(entry: Entry, ticket: CommandTicket | undefined): Entry {
    if (ticket === undefined) return refused(entry, silent('The console did not answer for it.'));
    if (ticket.state === 'refused') return refused(entry, ticket.refusal);
    const known = { ...entry, commandId: ticket.commandId };
    const settled = this.#early.get(ticket.commandId);
    this.#early.delete(ticket.commandId);
    return settled === undefined ? known : settledEntry(known, settled, this.#parts.readNow());
  }

  #put(changes: readonly Entry[]): void {
    const { store } = this.#parts;
    const entries = new Map(store.getState().entries);
    for (const entry of changes) entries.set(entry.name, entry);
    store.setState({ entries, undoable: undoableAfter(store.getState(), changes) });
  }
}

function isOver(entry: Entry, row: AlarmRow | undefined): boolean {
  if (entry.state !== 'unconfirmed' || row === undefined) return false;
  return hasComeAbout(entry.command.verb, row);
}

/** Whether the log shows what a command asked for, whoever wrote the record: then nothing of it is open any more. */
function hasComeAbout(verb: CommandVerb, row: AlarmRow): boolean {
  switch (verb) {
    case 'acknowledge':
      return row.actual === 'acknowledged' || row.actual === 'normal';
    case 'unacknowledge':
      return row.actual !== 'acknowledged';
    case 'shelve':
      return row.effective === 'shelved';
    case 'unshelve':
      return row.effective !== 'shelved';
  }
}

function aged(name: string, entry: Entry, nowAt: number): [string, Entry][] {
  if (entry.state === 'done' && nowAt - entry.sentAt > DONE_MS) return [];
  if (entry.state !== 'pending' || nowAt - entry.sentAt <= SILENCE_MS) return [[name, entry]];
  return [[name, { ...base(entry), state: 'unconfirmed' }]];
}

function base(entry: Entry): Omit<Entry, 'state'> {
  const { name, command, commandId, sentAt } = entry;
  return { name, command, commandId, sentAt };
}

function refused(entry: Entry, refusal: RefusalView): Entry {
  const { code, message, nextStep } = refusal;
  return { ...base(entry), state: 'refused', refusal: { code, message, nextStep } };
}

function silent(message: string): RefusalView {
  return { code: 'Failed', message, nextStep: 'Look at the alarm, then try again.' };
}

function settledEntry(entry: Entry, settled: Settled, nowAt: number): Entry {
  switch (settled.outcome) {
    case 'done':
      return { ...base(entry), sentAt: nowAt, state: 'done' };
    case 'unconfirmed':
      return { ...base(entry), state: 'unconfirmed' };
    case 'refused':
      return refused(entry, settled.refusal ?? silent('The log refused it without a reason.'));
  }
}

function undoableAfter(state: CommandState, changes: readonly Entry[]): CommandState['undoable'] {
  const done = changes.find((entry) => entry.state === 'done')?.command;
  return done?.verb === 'acknowledge' || done?.verb === 'shelve' ? done : state.undoable;
}

function request(
  bridge: KlaxonBridge,
  command: Command,
): Promise<
  | { readonly ok: true; readonly value: RequestOutput<'alarm:acknowledgeAlarms'> }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } }
> {
  const names = command.rows.map((row) => row.name);
  switch (command.verb) {
    case 'acknowledge': {
      const alarms = command.rows.map((row) => ({ name: row.name, calls: { ...row.calls } }));
      return bridge.request('alarm:acknowledgeAlarms', { alarms });
    }
    case 'unacknowledge':
      return bridge.request('alarm:unacknowledgeAlarms', { names });
    case 'shelve': {
      const { untilAt, reason } = command;
      return bridge.request('shelf:shelveAlarms', { names, untilAt, reason });
    }
    case 'unshelve':
      return bridge.request('shelf:unshelveAlarms', { names });
  }
}
