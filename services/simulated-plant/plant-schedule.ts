import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { DurationMs } from '../../core/lib/units.ts';
import { startCalmLife } from './calm-life.ts';
import { createEventQueue } from './event-queue.ts';
import { breakOut } from './flood.ts';
import { describeMachine } from './machine.ts';
import type { PlantPicture } from './opening.ts';
import { openThePicture } from './opening.ts';
import type { PlantFloor } from './plant-floor.ts';
import { createPlantFloor } from './plant-floor.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';

export interface PlantScheduleOptions {
  /** A whole number; the same one gives the same orders. */
  readonly seed: number;
  readonly picture: PlantPicture;
  /** A flood breaks out about every so often, give or take 15 %; null = only when asked for. */
  readonly floodEveryMs: DurationMs | null;
}

/** What the simulated machine does and when, in milliseconds since its start. No clock, no effect: the same each time. */
export interface PlantSchedule {
  /** When the next order is due. */
  readonly nextAtMs: number;
  /** What is due up to that moment, in order. */
  takeDue(untilMs: number): readonly AlarmOrder[];
  /** Lets a flood break out at that moment, besides those that are planned. */
  flood(atMs: number): void;
}

/** Floods have their own chance, so that one that a trainer asks for does not change the calm hours around it. */
const FLOOD_SEED = 0x5eed_f100;
const FLOOD_SPREAD = 0.15;

/** Plans the life of the machine from its first moment on. */
export function createPlantSchedule(options: PlantScheduleOptions): PlantSchedule {
  const orders: AlarmOrder[] = [];
  const queue = createEventQueue();
  const floor = createPlantFloor(describeMachine(), queue, (order) => orders.push(order));
  const random = createRandom(options.seed);
  const floodRandom = createRandom(options.seed ^ FLOOD_SEED);
  queue.plan(0, () => openThePicture(floor, random, options.picture));
  startCalmLife(floor, random);
  if (options.floodEveryMs !== null) {
    planFloods(floor, floodRandom, { everyMs: options.floodEveryMs, fromMs: 0 });
  }
  return {
    get nextAtMs() {
      return queue.nextAtMs;
    },
    takeDue: (untilMs) => {
      queue.runUntil(untilMs);
      return orders.splice(0);
    },
    flood: (atMs) => queue.plan(atMs, (now) => breakOut(floor, floodRandom, now)),
  };
}

function planFloods(
  floor: PlantFloor,
  random: Random,
  { everyMs, fromMs }: { everyMs: number; fromMs: number },
): void {
  const share = 1 + FLOOD_SPREAD * (2 * random.next() - 1);
  floor.queue.plan(fromMs + everyMs * share, (now) => {
    breakOut(floor, random, now);
    planFloods(floor, random, { everyMs, fromMs: now });
  });
}
