import type { AlarmDesign, PlantAlarm, PlantLocation } from './plant-alarm.ts';
import {
  anAlarmOf,
  FALLING,
  ON_OR_OFF,
  ONE_SHIFT_SECONDS,
  RISING,
  TRIPPED,
} from './plant-alarm.ts';

/** One accelerating section; `sector` is how its devices are named, `cryomodules` how long it is. */
export interface LinacSection {
  readonly location: PlantLocation;
  readonly sector: string;
  readonly cryomodules: number;
}

const ION_PUMP: AlarmDesign = {
  category: 'Vacuum',
  conditions: RISING,
  maxShelvedSeconds: ONE_SHIFT_SECONDS,
  isLatching: false,
  documentUrl: 'vacuum/ion-pump-current.html',
  screen: 'vacuum/ion-pumps.edl',
};
const GATE_VALVE: AlarmDesign = {
  category: 'Vacuum',
  conditions: TRIPPED,
  maxShelvedSeconds: ONE_SHIFT_SECONDS,
  isLatching: true,
  documentUrl: 'vacuum/gate-valve-closed.html',
  screen: 'vacuum/valves.edl',
};
const QUADRUPOLE: AlarmDesign = {
  category: 'Magnet',
  conditions: FALLING,
  maxShelvedSeconds: null,
  isLatching: false,
  documentUrl: 'magnets/current-off-setpoint.html',
  screen: 'magnets/quadrupoles.edl',
};
const CORRECTOR: AlarmDesign = {
  ...QUADRUPOLE,
  conditions: RISING,
  documentUrl: 'magnets/corrector-saturated.html',
  screen: 'magnets/correctors.edl',
};
const KLYSTRON_BODY: AlarmDesign = {
  category: 'RF',
  conditions: RISING,
  maxShelvedSeconds: ONE_SHIFT_SECONDS,
  isLatching: false,
  documentUrl: 'rf/klystron-body-temperature.html',
  screen: 'rf/klystrons.edl',
};
const CAVITY_TRIP: AlarmDesign = {
  category: 'RF',
  conditions: ON_OR_OFF,
  maxShelvedSeconds: null,
  isLatching: false,
  documentUrl: 'rf/cavity-trip-recovery.html',
  screen: 'rf/cavities.edl',
};
const HELIUM_LEVEL: AlarmDesign = {
  category: 'RF',
  conditions: FALLING,
  maxShelvedSeconds: 3_600,
  isLatching: true,
  documentUrl: 'cryo/cryomodule-helium-level.html',
  screen: 'cryo/levels.edl',
};

/** The alarms of one accelerating section: vacuum, magnets and RF of each cryomodule. */
export function describeLinac(section: LinacSection): readonly PlantAlarm[] {
  return Array.from({ length: section.cryomodules }, (_, index) =>
    describeCryomodule(section, index + 2),
  ).flat();
}

function describeCryomodule(section: LinacSection, zone: number): readonly PlantAlarm[] {
  const { location, sector } = section;
  const at = `${sector}${String(zone).padStart(2, '0')}`;
  const klystron = 1 + ((zone * 3) % 8);
  const cavity = 1 + ((zone * 5) % 8);
  const steering = zone % 2 === 0 ? 'H' : 'V';
  const alarms = [
    anAlarmOf(ION_PUMP, location, `VIP${at}`, `VIP${at}:current`),
    anAlarmOf(QUADRUPOLE, location, `MQA${at}`, `MQA${at}:current`),
    anAlarmOf(
      KLYSTRON_BODY,
      location,
      `Klystron ${sector}${String(zone).padStart(2, '0')}-${klystron} body temp`,
      `R${at}${klystron}KBT`,
    ),
    anAlarmOf(CAVITY_TRIP, location, `Cavity R${at}-${cavity} trip`, `cavity-trip-${at}-${cavity}`),
    anAlarmOf(HELIUM_LEVEL, location, `CM ${at} helium level`, `CLL${at}`),
    anAlarmOf(CORRECTOR, location, `MBC${at}${steering}`, `MBC${at}${steering}:current`),
  ];
  return zone % 2 === 0
    ? [anAlarmOf(GATE_VALVE, location, `Gate valve VBV${at}`, `VBV${at}:status`), ...alarms]
    : alarms;
}
