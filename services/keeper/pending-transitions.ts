import type { RecordMark } from '../../core/alarm/record-mark.ts';
import type { Transition } from '../../core/journal/transition.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import type { EpochMs } from '../../core/lib/units.ts';

/** A transition that is to be written. */
export interface Pending {
  readonly transition: Transition;
  readonly identity: string;
  readonly addedAt: EpochMs;
}

/** Transitions that are not in the journal yet, in the order in which they happened. */
export interface PendingTransitions {
  readonly size: number;
  hasIdentity(identity: string): boolean;
  hasAlarm(name: AlarmName): boolean;
  add(pending: Pending): void;
  /** The one that comes next, left where it is. */
  first(): Pending | undefined;
  /** Takes the next one away; it counts as pending until it is settled. */
  take(): Pending | undefined;
  /** Puts back what was taken and not written, in front of everything else. */
  putBack(taken: readonly Pending[]): void;
  /** It is in the journal, or never will be. */
  settle(pending: Pending): void;
  /** The first record of each partition that something pending came from, what was taken among it. */
  firstTriggers(): readonly RecordMark[];
  /** The earliest end by time alone that is pending; null = none. */
  firstEndAt(): EpochMs | null;
}

interface Numbered {
  readonly number: number;
  readonly pending: Pending;
}

/** What one partition brought about; time alone is a lane of its own. */
interface Lane {
  items: Numbered[];
  next: number;
}

const BY_TIME = '';
/** What was taken is let go in pieces of this size, since moving the rest up costs more. */
const LET_GO_AT = 1_024;

/** Nothing pending. */
export function createPendingTransitions(): PendingTransitions {
  return new PendingLanes();
}

class PendingLanes implements PendingTransitions {
  readonly #lanes = new Map<string, Lane>();
  /** What is taken or put back: all of it comes before what waits in the lanes. */
  readonly #taken = new Set<Pending>();
  #again: Pending[] = [];
  readonly #identities = new Set<string>();
  readonly #alarms = new Map<AlarmName, number>();
  #number = 0;

  get size(): number {
    return this.#identities.size;
  }

  hasIdentity(identity: string): boolean {
    return this.#identities.has(identity);
  }

  hasAlarm(name: AlarmName): boolean {
    return this.#alarms.has(name);
  }

  add(pending: Pending): void {
    const { transition, identity } = pending;
    this.#identities.add(identity);
    this.#alarms.set(transition.name, (this.#alarms.get(transition.name) ?? 0) + 1);
    const key = laneOf(transition);
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = { items: [], next: 0 };
      this.#lanes.set(key, lane);
    }
    lane.items.push({ number: this.#number, pending });
    this.#number += 1;
  }

  first(): Pending | undefined {
    return this.#again[0] ?? this.#firstLane()?.item.pending;
  }

  take(): Pending | undefined {
    const again = this.#again.shift();
    if (again !== undefined) return again;
    const first = this.#firstLane();
    if (first === undefined) return undefined;
    const { lane, item } = first;
    lane.next += 1;
    if (lane.next >= LET_GO_AT || lane.next === lane.items.length) {
      lane.items = lane.items.slice(lane.next);
      lane.next = 0;
    }
    this.#taken.add(item.pending);
    return item.pending;
  }

  putBack(taken: readonly Pending[]): void {
    this.#again = [...taken, ...this.#again];
  }

  settle(pending: Pending): void {
    const { name } = pending.transition;
    this.#taken.delete(pending);
    this.#identities.delete(pending.identity);
    const left = (this.#alarms.get(name) ?? 1) - 1;
    if (left === 0) this.#alarms.delete(name);
    else this.#alarms.set(name, left);
  }

  firstTriggers(): readonly RecordMark[] {
    const firsts = [...this.#taken, ...this.#laneFirsts()];
    return firsts.flatMap(({ transition }) => transition.trigger ?? []);
  }

  firstEndAt(): EpochMs | null {
    const lane = this.#lanes.get(BY_TIME);
    const waiting = lane?.items.slice(lane.next).map(({ pending }) => pending) ?? [];
    const ends = [...this.#taken, ...waiting].filter(({ transition }) => isByTime(transition));
    const first = ends.toSorted((a, b) => a.transition.at - b.transition.at)[0];
    return first?.transition.at ?? null;
  }

  *#laneFirsts(): Iterable<Pending> {
    for (const { items, next } of this.#lanes.values()) {
      const first = items[next];
      if (first !== undefined) yield first.pending;
    }
  }

  #firstLane(): { readonly lane: Lane; readonly item: Numbered } | undefined {
    let first: { readonly lane: Lane; readonly item: Numbered } | undefined;
    for (const lane of this.#lanes.values()) {
      const item = lane.items[lane.next];
      if (item === undefined) continue;
      if (first === undefined || item.number < first.item.number) first = { lane, item };
    }
    return first;
  }
}

function laneOf({ trigger }: Transition): string {
  return trigger === null ? BY_TIME : `${trigger.topic}/${trigger.partition}`;
}

function isByTime({ trigger }: Transition): boolean {
  return trigger === null;
}
