/** The namespace of the schemas of seed 0, in both generations. */
export const SEED_NAMESPACE = 'org.jlab.kafka.alarms';

/** The EPICS alarming message, the same in both generations: severity (SEVR) and status (STAT) of the channel. */
export const ALARMING_EPICS = {
  type: 'record',
  name: 'AlarmingEPICS',
  namespace: SEED_NAMESPACE,
  doc: 'Alarm state of an EPICS channel.',
  fields: [
    {
      name: 'sevr',
      type: {
        type: 'enum',
        name: 'SevrEnum',
        namespace: SEED_NAMESPACE,
        doc: 'Severities of an EPICS record (field SEVR).',
        symbols: ['NO_ALARM', 'MINOR', 'MAJOR', 'INVALID'],
      },
      doc: 'Severity (field SEVR).',
    },
    {
      name: 'stat',
      type: {
        type: 'enum',
        name: 'StatEnum',
        namespace: SEED_NAMESPACE,
        doc: 'Statuses of an EPICS record (field STAT).',
        symbols: [
          'NO_ALARM',
          'READ',
          'WRITE',
          'HIHI',
          'HIGH',
          'LOLO',
          'LOW',
          'STATE',
          'COS',
          'COMM',
          'TIMEOUT',
          'HW_LIMIT',
          'CALC',
          'SCAN',
          'LINK',
          'SOFT',
          'BAD_SUB',
          'UDF',
          'DISABLE',
          'SIMM',
          'READ_ACCESS',
          'WRITE_ACCESS',
        ],
      },
      doc: 'Status (field STAT).',
    },
  ],
} as const;

/** The acknowledgement of an EPICS alarm, the same in both generations. There is no level for INVALID. */
export const ACK_EPICS = {
  type: 'record',
  name: 'AckEPICS',
  namespace: SEED_NAMESPACE,
  doc: 'Acknowledgement of an EPICS alarm.',
  fields: [
    {
      name: 'ack',
      type: {
        type: 'enum',
        name: 'EPICSAcknowledgementEnum',
        namespace: SEED_NAMESPACE,
        doc: 'The severity up to which the alarm is acknowledged.',
        symbols: ['NO_ACK', 'MINOR_ACK', 'MAJOR_ACK'],
      },
      doc: 'What is acknowledged.',
    },
  ],
} as const;

/** The key of `active-alarms`: the type is in it, so that compaction keeps the newest of each type. */
export const ACTIVE_ALARM_KEY = {
  type: 'record',
  name: 'ActiveAlarmKey',
  namespace: SEED_NAMESPACE,
  doc: 'Which alarm, and which kind of message.',
  fields: [
    { name: 'name', type: 'string', doc: 'Name of the alarm.' },
    {
      name: 'type',
      type: {
        type: 'enum',
        name: 'ActiveMessageType',
        namespace: SEED_NAMESPACE,
        doc: 'Kinds of message.',
        symbols: ['Alarming', 'Ack', 'AlarmingEPICS', 'AckEPICS'],
      },
      doc: 'Kind of message; part of the key so that compaction keeps the newest of each kind.',
    },
  ],
} as const;

/** The two kinds of producer of a registered alarm, the same in both generations. */
export const REGISTERED_PRODUCERS = [
  {
    type: 'record',
    name: 'DirectCAAlarm',
    namespace: SEED_NAMESPACE,
    doc: 'The alarm comes straight from an EPICS channel.',
    fields: [{ name: 'pv', type: 'string', doc: 'Name of the channel.' }],
  },
  {
    type: 'record',
    name: 'StreamRuleAlarm',
    namespace: SEED_NAMESPACE,
    doc: 'The alarm comes from a rule that runs over streams.',
    fields: [{ name: 'jar', type: 'string', doc: 'Archive that holds the rule.' }],
  },
] as const;
