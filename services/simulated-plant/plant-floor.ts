import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { EventQueue } from './event-queue.ts';
import type { PlantAlarm, PlantCondition } from './plant-alarm.ts';
import type { Random } from './random.ts';

/** The state of the simulated machine, and the hand that changes it. Each change is written as one order. */
export interface PlantFloor {
  readonly alarms: readonly PlantAlarm[];
  readonly queue: EventQueue;
  /** How many alarms are active now. */
  readonly activeCount: number;
  isActive(alarm: PlantAlarm): boolean;
  /** Makes the alarm active, or reports another condition of it; null is a simple alarm's. Nothing where it is so already. */
  raise(alarm: PlantAlarm, condition: PlantCondition | null): void;
  /** Returns the alarm to normal at that moment, unless something else has happened to it meanwhile. */
  planReturn(alarm: PlantAlarm, atMs: number): void;
  /** Returns the alarm to normal now. */
  returnToNormal(alarm: PlantAlarm): void;
  /** Writes an order that changes no activation. */
  write(order: AlarmOrder): void;
  /** An alarm that is normal and fits; undefined where there is none. */
  pickNormal(random: Random, fits: (alarm: PlantAlarm) => boolean): PlantAlarm | undefined;
}

/** Puts the machine together, everything normal; orders go to `write` in the order in which things happen. */
export function createPlantFloor(
  alarms: readonly PlantAlarm[],
  queue: EventQueue,
  write: (order: AlarmOrder) => void,
): PlantFloor {
  const active = new Map<PlantAlarm, PlantCondition | null>();
  /** Counts what happened to an alarm, so that a planned return knows whether it is still meant. */
  const episodes = new Map<PlantAlarm, number>();

  function begin(alarm: PlantAlarm): void {
    episodes.set(alarm, (episodes.get(alarm) ?? 0) + 1);
  }

  function raise(alarm: PlantAlarm, condition: PlantCondition | null): void {
    begin(alarm);
    if (active.has(alarm) && active.get(alarm) === condition) {
      return;
    }
    active.set(alarm, condition);
    write(raising(alarm, condition));
  }

  function returnToNormal(alarm: PlantAlarm): void {
    begin(alarm);
    active.delete(alarm);
    write(returning(alarm));
  }

  function planReturn(alarm: PlantAlarm, atMs: number): void {
    const episode = episodes.get(alarm);
    queue.plan(atMs, () => {
      if (active.has(alarm) && episodes.get(alarm) === episode) {
        returnToNormal(alarm);
      }
    });
  }

  return {
    alarms,
    queue,
    get activeCount() {
      return active.size;
    },
    isActive: (alarm) => active.has(alarm),
    raise,
    planReturn,
    returnToNormal,
    write,
    pickNormal: (random, fits) =>
      random.pick(alarms.filter((alarm) => !active.has(alarm) && fits(alarm))),
  };
}

function raising(alarm: PlantAlarm, condition: PlantCondition | null): AlarmOrder {
  return condition === null
    ? { name: alarm.name, fact: { fact: 'simpleChanged', isActive: true } }
    : { name: alarm.name, fact: { fact: 'epicsChanged', ...condition } };
}

function returning(alarm: PlantAlarm): AlarmOrder {
  return alarm.conditions.length === 0
    ? { name: alarm.name, fact: { fact: 'simpleChanged', isActive: false } }
    : {
        name: alarm.name,
        fact: { fact: 'epicsChanged', severity: 'NO_ALARM', status: 'NO_ALARM' },
      };
}
