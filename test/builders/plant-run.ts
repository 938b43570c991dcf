import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { DurationMs } from '../../core/lib/units.ts';
import { describeMachine } from '../../services/simulated-plant/machine.ts';
import type { PlantPicture } from '../../services/simulated-plant/opening.ts';
import type { PlantAlarm } from '../../services/simulated-plant/plant-alarm.ts';
import { createPlantSchedule } from '../../services/simulated-plant/plant-schedule.ts';

/** One change of an alarm: when, and to which level (`NORMAL`, an EPICS severity, or `ALARM`). */
export interface Change {
  readonly atMs: number;
  readonly alarm: PlantAlarm;
  readonly level: string;
}

/** A log that knows nothing of the plant. */
export const NOTHING_KNOWN: PlantPicture = { isRegistered: () => false, isActive: () => false };

const BY_NAME = new Map<string, PlantAlarm>(describeMachine().map((alarm) => [alarm.name, alarm]));

/** Everything that a plant of that seed writes in so many milliseconds, with the moment of each. */
export function runPlant(options: {
  readonly seed: number;
  readonly forMs: number;
  readonly picture?: PlantPicture;
  readonly floodEveryMs?: DurationMs | null;
  readonly floodAtMs?: number;
}): readonly { readonly atMs: number; readonly order: AlarmOrder }[] {
  const schedule = createPlantSchedule({
    seed: options.seed,
    picture: options.picture ?? NOTHING_KNOWN,
    floodEveryMs: options.floodEveryMs ?? null,
  });
  if (options.floodAtMs !== undefined) {
    schedule.flood(options.floodAtMs);
  }
  const written: { readonly atMs: number; readonly order: AlarmOrder }[] = [];
  while (schedule.nextAtMs <= options.forMs) {
    const atMs = schedule.nextAtMs;
    written.push(...schedule.takeDue(atMs).map((order) => ({ atMs, order })));
  }
  return written;
}

/** The changes of activation among what was written. */
export function changesOf(
  written: readonly { readonly atMs: number; readonly order: AlarmOrder }[],
): readonly Change[] {
  return written.flatMap(({ atMs, order }) => {
    const alarm = BY_NAME.get(order.name);
    const level = levelOf(order);
    return alarm === undefined || level === undefined ? [] : [{ atMs, alarm, level }];
  });
}

/** The level of every alarm that is active after the changes, by name. */
export function activeAfter(changes: readonly Change[]): ReadonlyMap<string, string> {
  const active = new Map<string, string>();
  for (const { alarm, level } of changes) {
    if (level === 'NORMAL') {
      active.delete(alarm.name);
    } else {
      active.set(alarm.name, level);
    }
  }
  return active;
}

function levelOf({ fact }: AlarmOrder): string | undefined {
  if (fact.fact === 'simpleChanged') {
    return fact.isActive ? 'ALARM' : 'NORMAL';
  }
  if (fact.fact === 'epicsChanged') {
    return fact.severity === 'NO_ALARM' ? 'NORMAL' : fact.severity;
  }
  return undefined;
}
