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
    return held === undefined || 'name' in held ? held : registeredAlarm(name, held);
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
      yield 'name' in held ? held : registeredAlarm(name, held);
    }
  }
}

function registeredAlarm(name: AlarmName, registration: HeldRegistration): AlarmState {
  return { ...unknownAlarm(name), registration };
}

/** The registration, where nothing else is known. */
function onlyRegistration(state: AlarmState): HeldRegistration | null {
  const { registration } = state;
  return registration !== null && BESIDES.every((held) => state[held] === null)
    ? registration
    : null;
}

/** All that an alarm may hold besides its name and its registration; what changes most often first. */
const BESIDES = [
  'epics',
  'simple',
  'occurrence',
  'shelf',
  'snapshot',
  'deleted',
  'epicsAck',
  'simpleAck',
  'undecodable',
  'shelfOvertaken',
] as const satisfies readonly (keyof AlarmState)[];
