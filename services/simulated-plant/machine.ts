import { describeExperimentHalls } from './machine-halls.ts';
import { describeLinac } from './machine-linacs.ts';
import { describeOddNames } from './machine-odd-names.ts';
import { describeProtection } from './machine-protection.ts';
import type { PlantAlarm } from './plant-alarm.ts';

/** Every alarm of the simulated machine: always the same, whatever the seed, so that shelves and notes stay true. */
export function describeMachine(): readonly PlantAlarm[] {
  return [
    ...describeLinac({ location: 'INJ', sector: '0L', cryomodules: 4 }),
    ...describeLinac({ location: 'NL', sector: '1L', cryomodules: 9 }),
    ...describeLinac({ location: 'SL', sector: '2L', cryomodules: 9 }),
    ...describeExperimentHalls(),
    ...describeProtection(),
    ...describeOddNames(),
  ];
}
