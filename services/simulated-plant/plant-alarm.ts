import type { Severity } from '../../core/alarm/level.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import type { Registration } from '../../core/registration/registration.ts';

/** Parts of the simulated machine: symbols of seed 0's enumeration of locations. */
export const PLANT_LOCATIONS = ['INJ', 'NL', 'SL', 'HA', 'HB', 'HC', 'HD'] as const;
export type PlantLocation = (typeof PLANT_LOCATIONS)[number];

/** Symbols of seed 0's enumeration of categories. */
export const PLANT_CATEGORIES = ['Magnet', 'Vacuum', 'RF', 'RADCON', 'Safety'] as const;
export type PlantCategory = (typeof PLANT_CATEGORIES)[number];

/** What an alarm can report: a severity with the EPICS status that goes with it. */
export interface PlantCondition {
  readonly severity: Exclude<Severity, 'NO_ALARM'>;
  readonly status: string;
}

/** One alarm of the simulated machine: its definition, and how it behaves. */
export interface PlantAlarm {
  readonly name: AlarmName;
  readonly location: PlantLocation;
  readonly category: PlantCategory;
  readonly registration: Registration;
  /** What it can report, mildest first; none for a simple alarm, which is only on or off. */
  readonly conditions: readonly PlantCondition[];
}

/** How a group of alike alarms is described before places and numbers are known. */
export interface AlarmDesign {
  readonly category: PlantCategory;
  readonly conditions: readonly PlantCondition[];
  /** Longest shelving in seconds; 0 = never, null = no limit. */
  readonly maxShelvedSeconds: number | null;
  readonly isLatching: boolean;
  /** Guidance, relative to the site's documents. */
  readonly documentUrl: string;
  /** Operator screen, relative to the site's screens; the location is put before it. */
  readonly screen: string;
}

/** Longest shelving of equipment that a shift must look at again. */
export const ONE_SHIFT_SECONDS = 28_800;

/** Rises above its limit, then far above. */
export const RISING: readonly PlantCondition[] = [
  { severity: 'MINOR', status: 'HIGH' },
  { severity: 'MAJOR', status: 'HIHI' },
  { severity: 'INVALID', status: 'COMM' },
];

/** Falls below its limit, then far below. */
export const FALLING: readonly PlantCondition[] = [
  { severity: 'MINOR', status: 'LOW' },
  { severity: 'MAJOR', status: 'LOLO' },
  { severity: 'INVALID', status: 'TIMEOUT' },
];

/** Is in the wrong state: a valve, a contactor, an interlock. */
export const TRIPPED: readonly PlantCondition[] = [
  { severity: 'MAJOR', status: 'STATE' },
  { severity: 'INVALID', status: 'UDF' },
];

/** A simple alarm: on or off. */
export const ON_OR_OFF: readonly PlantCondition[] = [];

/** Makes the alarm of a design at a place. `pv` is its channel; a simple alarm comes from a stream rule instead. */
export function anAlarmOf(
  design: AlarmDesign,
  location: PlantLocation,
  text: string,
  pv: string,
): PlantAlarm {
  const isSimple = design.conditions.length === 0;
  return {
    name: alarmName(text),
    location,
    category: design.category,
    conditions: design.conditions,
    registration: {
      source: isSimple ? { kind: 'streamRule', jar: `${pv}.jar` } : { kind: 'epicsChannel', pv },
      location,
      category: design.category,
      maxShelvedSeconds: design.maxShelvedSeconds,
      isLatching: design.isLatching,
      documentUrl: design.documentUrl,
      screenPath: `${location.toLowerCase()}/${design.screen}`,
    },
  };
}
