import type { AlarmDesign, PlantAlarm, PlantLocation } from './plant-alarm.ts';
import {
  anAlarmOf,
  FALLING,
  ON_OR_OFF,
  ONE_SHIFT_SECONDS,
  RISING,
  TRIPPED,
} from './plant-alarm.ts';

interface HallDevice {
  readonly design: AlarmDesign;
  readonly text: (hall: Hall) => string;
  readonly channel: (hall: Hall) => string;
}

interface Hall {
  readonly location: PlantLocation;
  readonly letter: string;
  readonly line: string;
}

const HALLS: readonly Hall[] = [
  { location: 'HA', letter: 'A', line: '1C' },
  { location: 'HB', letter: 'B', line: '2C' },
  { location: 'HC', letter: 'C', line: '3C' },
  { location: 'HD', letter: 'D', line: '5C' },
];

const VACUUM: AlarmDesign = {
  category: 'Vacuum',
  conditions: RISING,
  maxShelvedSeconds: ONE_SHIFT_SECONDS,
  isLatching: false,
  documentUrl: 'vacuum/beamline-pressure.html',
  screen: 'vacuum/beamline.edl',
};
const MAGNET: AlarmDesign = {
  category: 'Magnet',
  conditions: FALLING,
  maxShelvedSeconds: null,
  isLatching: false,
  documentUrl: 'magnets/current-off-setpoint.html',
  screen: 'magnets/beamline.edl',
};
const SUPPLY_FAULT: AlarmDesign = {
  ...MAGNET,
  conditions: ON_OR_OFF,
  isLatching: true,
  documentUrl: 'magnets/power-supply-fault.html',
};

const VACUUM_DEVICES: readonly HallDevice[] = [
  {
    design: { ...VACUUM, conditions: TRIPPED, isLatching: true },
    text: ({ line }) => `Gate valve VBV${line}04`,
    channel: ({ line }) => `VBV${line}04:status`,
  },
  ...[8, 12, 20].map((place) => ({
    design: VACUUM,
    text: ({ line }: Hall) => `VIP${line}${String(place).padStart(2, '0')}`,
    channel: ({ line }: Hall) => `VIP${line}${String(place).padStart(2, '0')}:current`,
  })),
  {
    design: { ...VACUUM, documentUrl: 'vacuum/cold-cathode-gauge.html' },
    text: ({ line }) => `VCG${line}16 pressure`,
    channel: ({ line }) => `VCG${line}16:pressure`,
  },
];

const MAGNET_DEVICES: readonly HallDevice[] = [
  ...[5, 8, 11, 18].map((place) => ({
    design: MAGNET,
    text: ({ line }: Hall) => `MQA${line}${String(place).padStart(2, '0')}`,
    channel: ({ line }: Hall) => `MQA${line}${String(place).padStart(2, '0')}:current`,
  })),
  {
    design: {
      ...MAGNET,
      conditions: RISING,
      documentUrl: 'magnets/cooling-water-temperature.html',
    },
    text: ({ letter }) => `Hall ${letter} dipole cooling water temp`,
    channel: ({ line }) => `LCW${line}:temperature`,
  },
  {
    design: { ...MAGNET, documentUrl: 'magnets/cooling-water-flow.html', isLatching: true },
    text: ({ letter }) => `Hall ${letter} dipole cooling water flow`,
    channel: ({ line }) => `LCW${line}:flow`,
  },
  {
    design: SUPPLY_FAULT,
    text: ({ letter }) => `Hall ${letter} spectrometer supply fault`,
    channel: ({ letter }) => `supply-fault-hall-${letter.toLowerCase()}`,
  },
];

const OTHER_DEVICES: readonly HallDevice[] = [
  {
    design: {
      category: 'RF',
      conditions: RISING,
      maxShelvedSeconds: null,
      isLatching: false,
      documentUrl: 'rf/separator-phase.html',
      screen: 'rf/separator.edl',
    },
    text: ({ letter }) => `Separator ${letter} phase error`,
    channel: ({ line }) => `RSEP${line}:phase`,
  },
  {
    design: {
      category: 'Safety',
      conditions: FALLING,
      maxShelvedSeconds: ONE_SHIFT_SECONDS,
      isLatching: false,
      documentUrl: 'safety/target-cryogen-pressure.html',
      screen: 'targets/cryogenics.edl',
    },
    text: ({ letter }) => `Hall ${letter} target cryogen pressure`,
    channel: ({ line }) => `TGT${line}:pressure`,
  },
];

/** The alarms of the four experiment halls and the lines that lead there. */
export function describeExperimentHalls(): readonly PlantAlarm[] {
  const devices = [...VACUUM_DEVICES, ...MAGNET_DEVICES, ...OTHER_DEVICES];
  return HALLS.flatMap((hall) =>
    devices.map(({ design, text, channel }) =>
      anAlarmOf(design, hall.location, text(hall), channel(hall)),
    ),
  );
}
