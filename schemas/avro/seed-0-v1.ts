import {
  ACK_EPICS,
  ACTIVE_ALARM_KEY,
  ALARMING_EPICS,
  REGISTERED_PRODUCERS,
  SEED_NAMESPACE,
} from './activation-messages.ts';

/**
 * The four schemas of seed 0 (generation v1): what a new site's registry is given.
 * Names, order of fields and symbols are the wire and never change; only the doc texts are ours.
 */
export const SEED_0_V1 = {
  'active-alarms-key': ACTIVE_ALARM_KEY,
  'active-alarms-value': {
    type: 'record',
    name: 'ActiveAlarmValue',
    namespace: SEED_NAMESPACE,
    doc: 'One message about an alarm. The union is nested, as a union at the root is awkward in many clients.',
    fields: [
      {
        name: 'msg',
        type: [
          {
            type: 'record',
            name: 'Alarming',
            namespace: SEED_NAMESPACE,
            doc: 'State of a simple alarm.',
            fields: [{ name: 'alarming', type: 'boolean', doc: 'Whether the alarm is active.' }],
          },
          {
            type: 'record',
            name: 'Ack',
            namespace: SEED_NAMESPACE,
            doc: 'Acknowledgement of a simple alarm.',
            fields: [{ name: 'acknowledged', type: 'boolean', doc: 'Whether it is acknowledged.' }],
          },
          ALARMING_EPICS,
          ACK_EPICS,
        ],
        doc: 'The message; its kind is what the key says.',
      },
    ],
  },
  'registered-alarms-value': {
    type: 'record',
    name: 'RegisteredAlarm',
    namespace: SEED_NAMESPACE,
    doc: 'What is known of an alarm beforehand.',
    fields: [
      { name: 'producer', type: REGISTERED_PRODUCERS, doc: 'Where the alarm comes from.' },
      {
        name: 'location',
        type: {
          type: 'enum',
          name: 'AlarmLocation',
          namespace: SEED_NAMESPACE,
          doc: 'Locations of the site.',
          symbols: ['INJ', 'NL', 'SL', 'HA', 'HB', 'HC', 'HD'],
        },
        doc: 'Where the equipment stands.',
      },
      {
        name: 'category',
        type: {
          type: 'enum',
          name: 'AlarmCategory',
          namespace: SEED_NAMESPACE,
          doc: 'Categories of the site.',
          symbols: ['Magnet', 'Vacuum', 'RF', 'RADCON', 'Safety'],
        },
        doc: 'Which kind of equipment.',
      },
      {
        name: 'maxshelveduration',
        type: ['null', 'int'],
        doc: 'Longest time in seconds that it may be shelved; 0 = never, null = no limit.',
        default: null,
      },
      {
        name: 'latching',
        type: 'boolean',
        doc: 'Whether it stays until it is acknowledged.',
        default: false,
      },
      { name: 'docurl', type: 'string', doc: 'Guidance, relative to the base of the site.' },
      {
        name: 'edmpath',
        type: 'string',
        doc: 'Operator screen, relative to the folder of the site.',
      },
    ],
  },
  'shelved-alarms-value': {
    type: 'record',
    name: 'ShelvedAlarm',
    namespace: SEED_NAMESPACE,
    doc: 'An alarm that is out of sight until an end.',
    fields: [
      {
        name: 'expiration',
        type: 'long',
        logicalType: 'timestamp-millis',
        doc: 'End of the shelf, in milliseconds since 1970.',
      },
      { name: 'reason', type: 'string', doc: 'Why it is shelved.' },
    ],
  },
} as const;
