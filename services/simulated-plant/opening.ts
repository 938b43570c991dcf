import type { Severity } from '../../core/alarm/level.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import type { PlantAlarm, PlantCondition } from './plant-alarm.ts';
import type { PlantFloor } from './plant-floor.ts';
import type { Random } from './random.ts';

/** What the log already says when the plant starts. */
export interface PlantPicture {
  isRegistered(name: AlarmName): boolean;
  isActive(name: AlarmName): boolean;
}

/** How many stand at each level at the beginning: a calm shift, and yet one of everything. */
const STANDING_AT_START: readonly (readonly [Severity | 'ALARM', number])[] = [
  ['INVALID', 1],
  ['MAJOR', 2],
  ['ALARM', 3],
  ['MINOR', 6],
];

const FIRST_AT_MS = 150;
const GAP_MS = 120;
const RETURN_AFTER_MS = 900;
const SHORTEST_MS = 600_000;
const LONGEST_MS = 2_400_000;

/**
 * Registers what is not registered yet, returns to normal what an earlier run has left active, and then,
 * within three seconds, builds the picture that a newcomer meets: a dozen standing alarms of every level
 * and one latching alarm that has returned unseen.
 */
export function openThePicture(floor: PlantFloor, random: Random, picture: PlantPicture): void {
  for (const alarm of floor.alarms) {
    if (!picture.isRegistered(alarm.name)) {
      const { name, registration } = alarm;
      floor.write({ name, fact: { fact: 'registered', registration } });
    }
  }
  for (const alarm of floor.alarms) {
    if (picture.isActive(alarm.name)) {
      floor.returnToNormal(alarm);
    }
  }
  planPicture(floor, random);
}

function planPicture(floor: PlantFloor, random: Random): void {
  const order = random.shuffle(floor.alarms.filter((alarm) => alarm.category !== 'Safety'));
  const isFree = createPicker(order);
  let atMs = FIRST_AT_MS;
  for (const [level, count] of STANDING_AT_START) {
    for (let index = 0; index < count; index += 1) {
      const found = isFree((alarm) => conditionAt(alarm, level) !== undefined);
      const condition = found === undefined ? undefined : conditionAt(found, level);
      if (found !== undefined && condition !== undefined) {
        const lastsMs = random.wholeBetween(SHORTEST_MS, LONGEST_MS);
        floor.queue.plan(atMs, (now) => {
          floor.raise(found, condition);
          floor.planReturn(found, now + lastsMs);
        });
        atMs += GAP_MS;
      }
    }
  }
  const latching = isFree(({ registration }) => registration.isLatching);
  if (latching !== undefined) {
    floor.queue.plan(FIRST_AT_MS, (now) => {
      floor.raise(latching, latching.conditions[0] ?? null);
      floor.planReturn(latching, now + RETURN_AFTER_MS);
    });
  }
}

/** Takes the first that fits out of the list, each only once. */
function createPicker(alarms: readonly PlantAlarm[]) {
  const left = new Set(alarms);
  return (fits: (alarm: PlantAlarm) => boolean): PlantAlarm | undefined => {
    const found = [...left].find(fits);
    if (found !== undefined) {
      left.delete(found);
    }
    return found;
  };
}

function conditionAt(
  alarm: PlantAlarm,
  level: Severity | 'ALARM',
): PlantCondition | null | undefined {
  return level === 'ALARM'
    ? alarm.conditions.length === 0
      ? null
      : undefined
    : alarm.conditions.find(({ severity }) => severity === level);
}
