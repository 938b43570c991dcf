/** The namespace of seed 1's schemas. */
const NAMESPACE = 'org.jlab';

/**
 * Seed 1 (kafka-alarm-scripts), by its topics: other schemas under two of the names that seed 0 uses too, and plain-text
 * keys throughout. Written by the command line alone, where a site still runs it.
 */
export const SEED_1_VALUES = {
  'monitored-pvs': {
    type: 'record',
    name: 'MonitoredPV',
    namespace: NAMESPACE,
    doc: 'A channel that is watched.',
    fields: [
      { name: 'topic', type: 'string', doc: 'Where its values go.' },
      {
        name: 'mask',
        type: {
          type: 'enum',
          name: 'MonitorMask',
          namespace: NAMESPACE,
          symbols: ['VALUE', 'VALUE_ALARM', 'VALUE_ALARM_ATTRIBUTE'],
        },
        doc: 'What of the channel is watched.',
      },
    ],
  },
  alarms: {
    type: 'record',
    name: 'Alarm',
    namespace: NAMESPACE,
    doc: 'What is known of an alarm beforehand.',
    fields: [
      {
        name: 'producer',
        type: [
          {
            type: 'record',
            name: 'DirectCAAlarm',
            namespace: NAMESPACE,
            fields: [{ name: 'pv', type: 'string' }],
          },
          {
            type: 'record',
            name: 'StreamRuleAlarm',
            namespace: NAMESPACE,
            fields: [{ name: 'jar', type: 'string' }],
          },
        ],
      },
      {
        name: 'location',
        type: {
          type: 'enum',
          name: 'AlarmLocation',
          namespace: NAMESPACE,
          symbols: ['INJ', 'NL', 'SL', 'HA', 'HB', 'HC', 'HD'],
        },
      },
      {
        name: 'category',
        type: {
          type: 'enum',
          name: 'AlarmCategory',
          namespace: NAMESPACE,
          symbols: ['Magnet', 'Vacuum', 'RF', 'RADCON', 'Safety'],
        },
      },
      { name: 'docUrl', type: 'string' },
      { name: 'edmPath', type: 'string' },
    ],
  },
  'active-alarms': {
    type: 'record',
    name: 'ActiveAlarm',
    namespace: NAMESPACE,
    doc: 'An alarm that is active.',
    fields: [
      {
        name: 'priority',
        type: {
          type: 'enum',
          name: 'AlarmPriority',
          namespace: NAMESPACE,
          symbols: ['P1_LIFE', 'P2_PROPERTY', 'P3_PRODUCTIVITY', 'P4_DIAGNOSTIC'],
        },
      },
    ],
  },
  'shelved-alarms': {
    type: 'record',
    name: 'ActiveAlarm',
    namespace: NAMESPACE,
    doc: 'A shelf; the name of the record is seed 1’s own slip.',
    fields: [
      { name: 'user', type: 'string' },
      {
        name: 'duration',
        type: [
          {
            type: 'record',
            name: 'AcknowledgedAlarm',
            namespace: NAMESPACE,
            doc: 'Out of sight until an end.',
            fields: [{ name: 'expiration', type: 'long' }],
          },
          {
            type: 'record',
            name: 'DisabledAlarm',
            namespace: NAMESPACE,
            doc: 'Out of sight without an end.',
            fields: [{ name: 'reason', type: 'string' }],
          },
        ],
      },
    ],
  },
} as const;
export type Seed1Topic = keyof typeof SEED_1_VALUES;

/** Seed 1's topics. */
export const SEED_1_TOPICS = [
  'monitored-pvs',
  'alarms',
  'active-alarms',
  'shelved-alarms',
] as const satisfies readonly Seed1Topic[];

/** The fields by which a schema of each topic is known to be seed 1's, whatever its id or version. */
export const SEED_1_SIGNS: Readonly<Record<Seed1Topic, readonly string[]>> = {
  'monitored-pvs': ['topic', 'mask'],
  alarms: ['producer', 'docUrl'],
  'active-alarms': ['priority'],
  'shelved-alarms': ['user', 'duration'],
};
