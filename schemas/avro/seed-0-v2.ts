import {
  ACK_EPICS,
  ACTIVE_ALARM_KEY,
  ALARMING_EPICS,
  REGISTERED_PRODUCERS,
  SEED_NAMESPACE,
} from './activation-messages.ts';

/**
 * The last generation that seed 0 wrote before it became another system (v2): simple messages are empty records,
 * a shelf may have no end, the longest shelf has another name. We read and write it where a site has it, and never register it.
 */
export const SEED_0_V2 = {
  'active-alarms-key': ACTIVE_ALARM_KEY,
  'active-alarms-value': {
    type: 'record',
    name: 'ActiveAlarmValue',
    namespace: SEED_NAMESPACE,
    doc: 'One message about an alarm; that there is one is the message.',
    fields: [
      {
        name: 'msg',
        type: [
          {
            type: 'record',
            name: 'Alarming',
            namespace: SEED_NAMESPACE,
            doc: 'Active.',
            fields: [],
          },
          {
            type: 'record',
            name: 'Ack',
            namespace: SEED_NAMESPACE,
            doc: 'Acknowledged.',
            fields: [],
          },
          ALARMING_EPICS,
          ACK_EPICS,
        ],
      },
    ],
  },
  'registered-alarms-value': {
    type: 'record',
    name: 'RegisteredAlarm',
    namespace: SEED_NAMESPACE,
    doc: 'What is known of an alarm beforehand.',
    fields: [
      { name: 'producer', type: REGISTERED_PRODUCERS },
      {
        name: 'location',
        type: {
          type: 'enum',
          name: 'AlarmLocation',
          namespace: SEED_NAMESPACE,
          symbols:
            'S1D S2D S3D S4D S5D L1 L2 L3 L4 L5 L6 L7 L8 L9 LA LB A1 A2 A3 A4 A5 A6 A7 A8 A9 AA BSY2 BSY4 BSY6 BSY8 BSYA BSYD INJ NL SL EA WA BSY HA HB HC HD ACC CHL MCC LERF UITF'.split(
              ' ',
            ),
        },
      },
      {
        name: 'category',
        type: {
          type: 'enum',
          name: 'AlarmCategory',
          namespace: SEED_NAMESPACE,
          symbols:
            'Aperture BCM Box BPM CAMAC Crate Dump Gun Harp Helicity IC IOC Laser LCW Misc ODH RADCON RF Vacuum'.split(
              ' ',
            ),
        },
      },
      { name: 'maxshelvedduration', type: ['null', 'int'], default: null },
      { name: 'latching', type: 'boolean', default: false },
      { name: 'docurl', type: 'string' },
      { name: 'edmpath', type: 'string' },
    ],
  },
  'shelved-alarms-value': {
    type: 'record',
    name: 'ShelvedAlarm',
    namespace: SEED_NAMESPACE,
    doc: 'An alarm that is out of sight until an end, or until somebody brings it back.',
    fields: [
      { name: 'expiration', type: ['null', 'long'], default: null },
      { name: 'reason', type: 'string' },
    ],
  },
} as const;
