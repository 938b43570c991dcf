import type { AlarmName } from '../lib/alarm-name.ts';
import { type AlarmState, type HeldRegistration, unknownAlarm } from './alarm-state.ts';

/**
 * The states of all alarms, by name. Of most alarms of a site nothing stands in the log but their registration: of those only
 * it is held, in half of the memory, and the rest is put to it when one is asked for.
 */
export class AlarmStates {
  readonly #held = new Map<AlarmName, AlarmState | HeldRegistration>();

  get size(): number {
    return this.#held.size;
  }

  get(name: AlarmName): AlarmState | undefined {
    const held = this.#held.get(name);
    return held === undefined || 'name' in held ? held : unknownAlarm(name, held);
  }

  set(state: AlarmState): void {
    this.#held.set(state.name, onlyRegistration(state) ?? state);
  }

  /** In the order in which they were first set. One that is set meanwhile comes too. */
  names(): IterableIterator<AlarmName> {
    return this.#held.keys();
  }

  *all(): IterableIterator<AlarmState> {
    for (const [name, held] of this.#held) {
      yield 'name' in held ? held : unknownAlarm(name, held);
    }
  }
}

/** The registration, where nothing else is known. Written out: it is asked with every record. */
function onlyRegistration(state: AlarmState): HeldRegistration | null {
  return state.registration !== null && isElseUnknown(state) ? state.registration : null;
}

function isElseUnknown(state: AlarmState): boolean {
  return (
    state.epics === null &&
    state.simple === null &&
    state.occurrence === null &&
    state.shelf === null &&
    state.snapshot === null &&
    state.deleted === null &&
    state.epicsAck === null &&
    state.simpleAck === null &&
    state.undecodable === null &&
    state.shelfOvertaken === null
  );
}
