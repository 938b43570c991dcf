import type { PlantAlarm, PlantCondition } from './plant-alarm.ts';
import type { PlantFloor } from './plant-floor.ts';
import type { Random } from './random.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** When the machine begins to live, after its opening picture. */
const BEGIN_MS = 3_500;

/** Standing alarms: one every so often, so that about ten stand at any time. */
const STANDING_EVERY_MS = 50 * SECOND_MS;
const STANDING_LASTS_MS = 8 * MINUTE_MS;
const STANDING_LEAST_MS = MINUTE_MS;
const MOST_STANDING = 24;

/** Fleeting alarms return before anybody can act: in under ten seconds. */
const FLEETING_EVERY_MS = 22 * SECOND_MS;
const FLEETING_MS = [800, 9_500] as const;

/** Chattering alarms come and go at least three times a minute, for a minute or two, then rest. */
const CHATTERING_ALARMS = 3;
const CHATTER_REST_MS = 2 * MINUTE_MS;
const CHATTER_LASTS_MS = [60 * SECOND_MS, 150 * SECOND_MS] as const;
const CHATTER_HALF_MS = [3_500, 8_000] as const;

/** People's protection does not come and go by itself every minute. */
const PROTECTION_SHARE = 0.04;

const SHARE_MAJOR = 0.35;
const SHARE_INVALID = 0.07;
const SHARE_WORSENING = 0.3;

/** Starts what goes on between floods: standing, fleeting and chattering alarms, 6 to 20 changes a minute. */
export function startCalmLife(floor: PlantFloor, random: Random): void {
  planStanding(floor, random, BEGIN_MS + random.waitMs(STANDING_EVERY_MS));
  planFleeting(floor, random, BEGIN_MS + random.wholeBetween(1_000, 8_000));
  const candidates = floor.alarms.filter(
    ({ category, conditions }) => !isProtection(category) && conditions.length > 0,
  );
  const chattering = random.shuffle(candidates).slice(0, CHATTERING_ALARMS);
  planChatter(floor, random, { chattering, atMs: 20 * SECOND_MS });
}

function planStanding(floor: PlantFloor, random: Random, atMs: number): void {
  floor.queue.plan(atMs, (now) => {
    const alarm =
      floor.activeCount < MOST_STANDING ? pickAlarm(floor, random, () => true) : undefined;
    if (alarm !== undefined) {
      const endMs = now + STANDING_LEAST_MS + random.waitMs(STANDING_LASTS_MS);
      floor.raise(alarm, pickCondition(alarm, random));
      floor.planReturn(alarm, endMs);
      planWorsening(floor, random, { alarm, now, endMs });
    }
    planStanding(floor, random, now + random.waitMs(STANDING_EVERY_MS));
  });
}

function planWorsening(
  floor: PlantFloor,
  random: Random,
  { alarm, now, endMs }: { alarm: PlantAlarm; now: number; endMs: number },
): void {
  const major = alarm.conditions.find(({ severity }) => severity === 'MAJOR');
  if (major === undefined || !random.chance(SHARE_WORSENING)) {
    return;
  }
  floor.queue.plan(now + (endMs - now) * random.next(), () => {
    if (floor.isActive(alarm)) {
      floor.raise(alarm, major);
      floor.planReturn(alarm, endMs);
    }
  });
}

function planFleeting(floor: PlantFloor, random: Random, atMs: number): void {
  floor.queue.plan(atMs, (now) => {
    const alarm = pickAlarm(floor, random, () => true);
    if (alarm !== undefined) {
      floor.raise(alarm, pickCondition(alarm, random));
      floor.planReturn(alarm, now + random.wholeBetween(...FLEETING_MS));
    }
    planFleeting(floor, random, now + random.waitMs(FLEETING_EVERY_MS));
  });
}

function planChatter(
  floor: PlantFloor,
  random: Random,
  { chattering, atMs }: { chattering: readonly PlantAlarm[]; atMs: number },
): void {
  floor.queue.plan(atMs, (now) => {
    const alarm = random.pick(chattering);
    const endMs = now + random.wholeBetween(...CHATTER_LASTS_MS);
    const condition = alarm?.conditions[0];
    if (alarm !== undefined && condition !== undefined && !floor.isActive(alarm)) {
      planToggle(floor, random, { alarm, condition, atMs: now, endMs });
    }
    const restMs = CHATTER_REST_MS / 2 + random.waitMs(CHATTER_REST_MS / 2);
    planChatter(floor, random, { chattering, atMs: endMs + restMs });
  });
}

interface Toggle {
  readonly alarm: PlantAlarm;
  readonly condition: PlantCondition;
  readonly atMs: number;
  readonly endMs: number;
}

function planToggle(floor: PlantFloor, random: Random, toggle: Toggle): void {
  const { alarm, condition, atMs, endMs } = toggle;
  floor.queue.plan(atMs, (now) => {
    if (now >= endMs) {
      return;
    }
    const backMs = now + random.wholeBetween(...CHATTER_HALF_MS);
    floor.raise(alarm, condition);
    floor.planReturn(alarm, backMs);
    planToggle(floor, random, {
      ...toggle,
      atMs: backMs + random.wholeBetween(...CHATTER_HALF_MS),
    });
  });
}

function pickAlarm(
  floor: PlantFloor,
  random: Random,
  fits: (alarm: PlantAlarm) => boolean,
): PlantAlarm | undefined {
  const wantsProtection = random.chance(PROTECTION_SHARE);
  return floor.pickNormal(
    random,
    (alarm) => isProtection(alarm.category) === wantsProtection && fits(alarm),
  );
}

function pickCondition(alarm: PlantAlarm, random: Random): PlantCondition | null {
  const share = random.next();
  const wanted =
    share < SHARE_INVALID ? 'INVALID' : share < SHARE_INVALID + SHARE_MAJOR ? 'MAJOR' : 'MINOR';
  const { conditions } = alarm;
  return conditions.find(({ severity }) => severity === wanted) ?? conditions[0] ?? null;
}

function isProtection(category: PlantAlarm['category']): boolean {
  return category === 'Safety' || category === 'RADCON';
}
