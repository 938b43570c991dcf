import type { Registration } from '../../core/registration/registration.ts';
import { createPlantSchedule } from '../../services/simulated-plant/plant-schedule.ts';

/** An alarm of the simulated plant. */
export interface StandingAlarm {
  readonly name: string;
  readonly registration: Registration;
}

/** By when the picture of the start stands, and how long a test may last, in the plant's milliseconds. */
const STANDS_AT_MS = 3_500;
const TESTS_END_MS = 300_000;

/** What the plant raises at its start and leaves alone for as long as a test lasts. `seed` is the plant's; 1 where a console is told nothing. */
export function standingAlarms(seed = 1): readonly StandingAlarm[] {
  const nothingYet = { isRegistered: () => false, isActive: () => false };
  const schedule = createPlantSchedule({ seed, picture: nothingYet, floodEveryMs: null });
  const registrations = new Map<string, Registration>();
  const raised = new Set<string>();
  for (const { name, fact } of schedule.takeDue(STANDS_AT_MS)) {
    if (fact.fact === 'registered') registrations.set(name, fact.registration);
    if (fact.fact === 'epicsChanged' && fact.severity === 'NO_ALARM') raised.delete(name);
    else if (fact.fact !== 'registered') raised.add(name);
  }
  const restless = new Set(schedule.takeDue(TESTS_END_MS).map(({ name }) => String(name)));
  return [...raised].flatMap((name) => {
    const registration = registrations.get(name);
    return registration === undefined || restless.has(name) ? [] : [{ name, registration }];
  });
}

/** Every alarm that the plant registers, in its order. */
export function plantAlarms(seed = 1): readonly StandingAlarm[] {
  const known = { isRegistered: () => false, isActive: () => false };
  const schedule = createPlantSchedule({ seed, picture: known, floodEveryMs: null });
  return schedule
    .takeDue(0)
    .flatMap(({ name, fact }) =>
      fact.fact === 'registered' ? [{ name, registration: fact.registration }] : [],
    );
}

/** The first standing alarm that fits. Throws where the plant has none. */
export function standingAlarm(fits: (registration: Registration) => boolean): StandingAlarm {
  const found = standingAlarms().find(({ registration }) => fits(registration));
  if (found === undefined) throw new Error('the plant lets no such alarm stand at its start');
  return found;
}
