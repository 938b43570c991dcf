import type { AlarmDesign, PlantAlarm, PlantLocation } from './plant-alarm.ts';
import { anAlarmOf, FALLING, ON_OR_OFF, RISING } from './plant-alarm.ts';

const BEAM: AlarmDesign = {
  category: 'RADCON',
  conditions: RISING,
  maxShelvedSeconds: 3_600,
  isLatching: false,
  documentUrl: 'radcon/beam-loss.html',
  screen: 'diagnostics/beam.edl',
};
const WATER: AlarmDesign = {
  category: 'Magnet',
  conditions: FALLING,
  maxShelvedSeconds: null,
  isLatching: false,
  documentUrl: 'facilities/water-level.html',
  screen: 'facilities/water.edl',
};
const CONTROL: AlarmDesign = {
  category: 'RF',
  conditions: ON_OR_OFF,
  maxShelvedSeconds: null,
  isLatching: false,
  documentUrl: 'controls/front-end-computer.html',
  screen: 'controls/front-ends.edl',
};

type OddName = readonly [AlarmDesign, PlantLocation, string, string];

/** Names as sites really have them: other scripts, quotes, bars, slashes, long ones. */
const ODD_NAMES: readonly OddName[] = [
  [BEAM, 'HA', 'Δp/p feedback off limits', 'FB1C:dpp'],
  [BEAM, 'HD', 'γ flux after collimator', 'COL5C:gamma'],
  [BEAM, 'SL', 'β-function monitor 2L', 'BPM2L:beta'],
  [BEAM, 'NL', 'Beam loss "north arc"', 'BLM1A:loss'],
  [BEAM, 'HC', "Beam loss 3C12 (O'Neill shield)", 'BLM3C12:loss'],
  [WATER, 'HA', 'Beam dump "A" water level', 'DUMPA:level'],
  [WATER, 'HC', 'Beam dump "C" water level', 'DUMPC:level'],
  [WATER, 'INJ', '冷却水 流量 INJ', 'LCW0L:flow'],
  [WATER, 'SL', '電磁石 温度 2L', 'MAG2L:temperature'],
  [WATER, 'NL', 'LCW pump 3 | discharge', 'LCWP3:pressure'],
  [CONTROL, 'INJ', 'iocin0/heartbeat', 'ioc-heartbeat-in0'],
  [CONTROL, 'NL', 'iocnl4/heartbeat', 'ioc-heartbeat-nl4'],
  [CONTROL, 'SL', 'iocsl7/heartbeat', 'ioc-heartbeat-sl7'],
  [
    CONTROL,
    'HB',
    'Hall B trigger supervisor: crate 3, slot 14, temperature of the power module',
    'crate-temperature-hb-3-14',
  ],
];

/** Alarms whose names try what a console, a script and a file must all keep whole. */
export function describeOddNames(): readonly PlantAlarm[] {
  return ODD_NAMES.map(([design, location, text, channel]) =>
    anAlarmOf(design, location, text, channel),
  );
}
