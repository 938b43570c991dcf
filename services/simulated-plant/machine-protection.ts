import type { AlarmDesign, PlantAlarm, PlantLocation } from './plant-alarm.ts';
import {
  anAlarmOf,
  FALLING,
  ON_OR_OFF,
  ONE_SHIFT_SECONDS,
  PLANT_LOCATIONS,
  RISING,
} from './plant-alarm.ts';

const OXYGEN: AlarmDesign = {
  category: 'Safety',
  conditions: FALLING,
  maxShelvedSeconds: 0,
  isLatching: true,
  documentUrl: 'safety/oxygen-deficiency-evacuate.html',
  screen: 'safety/oxygen.edl',
};
const ACCESS_DOOR: AlarmDesign = {
  category: 'Safety',
  conditions: ON_OR_OFF,
  maxShelvedSeconds: 0,
  isLatching: true,
  documentUrl: 'safety/access-door-open.html',
  screen: 'safety/access.edl',
};
const SMOKE: AlarmDesign = { ...ACCESS_DOOR, documentUrl: 'safety/smoke-call-fire-brigade.html' };
const AREA_MONITOR: AlarmDesign = {
  category: 'RADCON',
  conditions: RISING,
  maxShelvedSeconds: 0,
  isLatching: true,
  documentUrl: 'radcon/area-monitor-rate.html',
  screen: 'radcon/area-monitors.edl',
};
const SAMPLER: AlarmDesign = {
  category: 'RADCON',
  conditions: ON_OR_OFF,
  maxShelvedSeconds: ONE_SHIFT_SECONDS,
  isLatching: false,
  documentUrl: 'radcon/air-sampler-flow.html',
  screen: 'radcon/samplers.edl',
};

/** How many oxygen sensors a place has; they are numbered through the whole site. */
const OXYGEN_SENSORS: Readonly<Record<PlantLocation, number>> = {
  INJ: 1,
  NL: 3,
  SL: 3,
  HA: 1,
  HB: 1,
  HC: 1,
  HD: 1,
};

/** What protects people: oxygen, access, smoke, radiation. Most of it may never be shelved. */
export function describeProtection(): readonly PlantAlarm[] {
  let sensor = 0;
  return PLANT_LOCATIONS.flatMap((location) => {
    const oxygen = Array.from({ length: OXYGEN_SENSORS[location] }, () => {
      sensor += 1;
      return anAlarmOf(OXYGEN, location, `ODH sensor ${sensor}`, `ODH${sensor}:oxygen`);
    });
    const place = location.toLowerCase();
    return [
      ...oxygen,
      anAlarmOf(ACCESS_DOOR, location, `${location} access door`, `access-door-${place}`),
      anAlarmOf(SMOKE, location, `${location} smoke detector`, `smoke-${place}`),
      anAlarmOf(AREA_MONITOR, location, `${location} neutron rate`, `RM${location}:neutron`),
      anAlarmOf(AREA_MONITOR, location, `${location} gamma rate`, `RM${location}:gamma`),
      anAlarmOf(SAMPLER, location, `${location} air sampler`, `air-sampler-${place}`),
    ];
  });
}
