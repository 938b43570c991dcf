const NAMESPACE = 'klaxon.alarms';

/** A record as our own schemas name it. */
export const RECORD_MARK = {
  type: 'record',
  name: 'RecordMark',
  namespace: NAMESPACE,
  doc: 'A record of the log: where it stands, when it was written and by whom.',
  fields: [
    { name: 'topic', type: 'string' },
    { name: 'partition', type: 'int' },
    { name: 'offset', type: 'long' },
    { name: 'writtenAt', type: 'long', doc: 'Milliseconds since 1970.' },
    { name: 'user', type: ['null', 'string'], default: null },
    { name: 'producer', type: ['null', 'string'], default: null },
    { name: 'host', type: ['null', 'string'], default: null },
  ],
} as const;

/** How bad an alarm is, as our own schemas say it. */
export const LEVEL = {
  type: 'enum',
  name: 'Level',
  namespace: NAMESPACE,
  symbols: ['NORMAL', 'MINOR', 'ALARM', 'MAJOR', 'INVALID'],
} as const;

const CALL = {
  type: 'record',
  name: 'Call',
  namespace: NAMESPACE,
  doc: 'The record with which one kind called for the operator, and what answers it.',
  fields: [
    { name: 'record', type: 'RecordMark' },
    { name: 'level', type: 'Level' },
    {
      name: 'answer',
      type: [
        'null',
        {
          type: 'record',
          name: 'Answer',
          namespace: NAMESPACE,
          doc: 'The acknowledgement that answers.',
          fields: [
            { name: 'record', type: 'RecordMark' },
            {
              name: 'level',
              type: {
                type: 'enum',
                name: 'AckLevel',
                namespace: NAMESPACE,
                symbols: ['NO_ACK', 'MINOR_ACK', 'MAJOR_ACK'],
              },
            },
          ],
        },
      ],
      default: null,
    },
  ],
} as const;

/**
 * What the keeper writes of an alarm whose occurrence is open (decision 15). Our own topic and subject.
 * Later additions come as fields with defaults, at the end.
 */
export const ALARM_OCCURRENCES_VALUE = {
  type: 'record',
  name: 'OccurrenceSnapshot',
  namespace: NAMESPACE,
  doc: 'The open occurrence of an alarm, true up to a position of the log.',
  fields: [
    { name: 'openedBy', type: RECORD_MARK },
    { name: 'startedAt', type: 'long', doc: 'Milliseconds since 1970.' },
    { name: 'highestLevel', type: LEVEL },
    { name: 'simple', type: ['null', CALL], default: null },
    { name: 'epics', type: ['null', 'Call'], default: null },
    {
      name: 'returnedAt',
      type: ['null', 'long'],
      doc: 'When it returned to normal unanswered; null while active.',
      default: null,
    },
    { name: 'isKnownFromStart', type: 'boolean' },
    { name: 'upToTopic', type: 'string' },
    { name: 'upToPartition', type: 'int' },
    { name: 'upToOffset', type: 'long' },
    { name: 'upToWrittenAt', type: 'long', doc: 'Milliseconds since 1970.' },
  ],
} as const;
