import type { PlantAlarm, PlantCategory, PlantCondition, PlantLocation } from './plant-alarm.ts';
import { PLANT_LOCATIONS } from './plant-alarm.ts';
import type { PlantFloor } from './plant-floor.ts';
import type { Random } from './random.ts';

/** How trouble spreads: what comes first, and which share of what follows within which time. */
interface Scenario {
  readonly isFirstOut: (alarm: PlantAlarm) => boolean;
  readonly followers: readonly Follower[];
  /** Whether the followers are lost from sight (INVALID) rather than in trouble. */
  readonly losesSight: boolean;
}

interface Follower {
  readonly category: PlantCategory;
  readonly share: number;
  readonly fromMs: number;
  readonly toMs: number;
}

const SCENARIOS: readonly Scenario[] = [
  {
    // A valve closes: the pumps beside it see gas, the RF interlocks, the magnets ramp down.
    isFirstOut: ({ registration }) => registration.documentUrl === 'vacuum/gate-valve-closed.html',
    followers: [
      { category: 'Vacuum', share: 0.7, fromMs: 200, toMs: 4_000 },
      { category: 'RF', share: 0.75, fromMs: 900, toMs: 8_000 },
      { category: 'Magnet', share: 0.6, fromMs: 3_000, toMs: 15_000 },
      { category: 'RADCON', share: 0.3, fromMs: 6_000, toMs: 20_000 },
    ],
    losesSight: false,
  },
  {
    // Cooling fails: klystrons warm up and trip, magnets follow.
    isFirstOut: ({ registration }) =>
      registration.documentUrl === 'rf/klystron-body-temperature.html',
    followers: [
      { category: 'RF', share: 0.85, fromMs: 400, toMs: 9_000 },
      { category: 'Magnet', share: 0.8, fromMs: 2_000, toMs: 14_000 },
      { category: 'Vacuum', share: 0.3, fromMs: 8_000, toMs: 20_000 },
    ],
    losesSight: false,
  },
  {
    // A front-end computer stops: nobody knows any more what its channels read.
    isFirstOut: ({ registration }) =>
      registration.documentUrl === 'controls/front-end-computer.html',
    followers: [
      { category: 'RF', share: 0.6, fromMs: 1_000, toMs: 6_000 },
      { category: 'Vacuum', share: 0.8, fromMs: 1_000, toMs: 6_000 },
      { category: 'Magnet', share: 0.8, fromMs: 1_000, toMs: 6_000 },
    ],
    losesSight: true,
  },
];

/** Only where so many alarms are together can there be a flood: more than an operator can take in. */
const LEAST_ALARMS = 30;
const RECOVERS_MS = [60_000, 180_000] as const;
const FOLLOWS_BACK_MS = [3_000, 60_000] as const;
const SHARE_STAYING = 0.1;
const STAYS_MS = [300_000, 900_000] as const;

/**
 * Lets a flood break out now: one first-out alarm at once, and at its place dozens more within twenty seconds.
 * Most return within minutes; some stay, and the latching ones wait for their acknowledgement.
 */
export function breakOut(floor: PlantFloor, random: Random, nowMs: number): void {
  const location = random.pick(PLANT_LOCATIONS.filter((place) => isLarge(floor, place)));
  const there = floor.alarms.filter((alarm) => alarm.location === location);
  // What stands already cannot be what came first.
  const normal = there.filter((alarm) => !floor.isActive(alarm));
  const scenario = random.pick(SCENARIOS.filter(({ isFirstOut }) => normal.some(isFirstOut)));
  const firstOut = scenario && random.pick(normal.filter(scenario.isFirstOut));
  if (scenario === undefined || firstOut === undefined) {
    return;
  }
  const recoversMs = nowMs + random.wholeBetween(...RECOVERS_MS);
  floor.raise(firstOut, worstOf(firstOut, false));
  floor.planReturn(firstOut, recoversMs);
  for (const follower of scenario.followers) {
    for (const alarm of there) {
      const follows = random.chance(follower.share);
      const atMs = nowMs + random.wholeBetween(follower.fromMs, follower.toMs);
      const backMs = planBack(random, recoversMs);
      if (alarm !== firstOut && alarm.category === follower.category && follows) {
        floor.queue.plan(atMs, () => {
          floor.raise(alarm, worstOf(alarm, scenario.losesSight));
          floor.planReturn(alarm, backMs);
        });
      }
    }
  }
}

function planBack(random: Random, recoversMs: number): number {
  const [soonest, latest] = random.chance(SHARE_STAYING) ? STAYS_MS : FOLLOWS_BACK_MS;
  return recoversMs + random.wholeBetween(soonest, latest);
}

function isLarge(floor: PlantFloor, location: PlantLocation): boolean {
  return floor.alarms.filter((alarm) => alarm.location === location).length >= LEAST_ALARMS;
}

function worstOf(alarm: PlantAlarm, isOutOfSight: boolean): PlantCondition | null {
  const wanted = isOutOfSight ? 'INVALID' : 'MAJOR';
  const { conditions } = alarm;
  return conditions.find(({ severity }) => severity === wanted) ?? conditions[0] ?? null;
}
