import { LEVEL, RECORD_MARK } from './alarm-occurrences.ts';

const NAMESPACE = 'klaxon.alarms';

const NO_MARK = ['null', 'RecordMark'] as const;

/**
 * What the keeper writes of each transition of an alarm (docs/decisions/0009-journal.md). Kinds, states and refusals are
 * text, so that a later program can tell of others without another schema. Later additions come as fields with defaults.
 */
export const ALARM_JOURNAL_VALUE = {
  type: 'record',
  name: 'AlarmTransition',
  namespace: NAMESPACE,
  doc: 'One change of one alarm. Cause and kind are its identity: what comes again with both counts once.',
  fields: [
    { name: 'kind', type: 'string' },
    { name: 'at', type: 'long', doc: 'When it happened, in milliseconds since 1970.' },
    { name: 'cause', type: RECORD_MARK, doc: 'The record that it is a consequence of.' },
    {
      name: 'isByTime',
      type: 'boolean',
      doc: 'True where no record brought it about: the time of a shelf was over.',
    },
    {
      name: 'trigger',
      type: NO_MARK,
      doc: 'The record with which it came to pass, where that is not the cause.',
      default: null,
    },
    {
      name: 'about',
      type: NO_MARK,
      doc: 'The call that is answered, the shelf that ends, the record that opened what is over.',
      default: null,
    },
    { name: 'callKind', type: ['null', 'string'], default: null },
    { name: 'stateBefore', type: 'string' },
    { name: 'stateAfter', type: 'string' },
    { name: 'levelBefore', type: LEVEL },
    { name: 'levelAfter', type: 'Level' },
    { name: 'highestLevel', type: 'Level' },
    { name: 'startedAt', type: ['null', 'long'], default: null },
    { name: 'isBeginningKnown', type: 'boolean' },
    { name: 'status', type: 'string' },
    {
      name: 'shelf',
      type: [
        'null',
        {
          type: 'record',
          name: 'Shelf',
          namespace: NAMESPACE,
          fields: [
            { name: 'untilAt', type: ['null', 'long'], default: null },
            { name: 'reason', type: 'string' },
          ],
        },
      ],
      default: null,
    },
    { name: 'refusal', type: ['null', 'string'], default: null },
    {
      name: 'reach',
      type: {
        type: 'array',
        items: {
          type: 'record',
          name: 'StreamReach',
          namespace: NAMESPACE,
          doc: 'What every record of the partition below the offset did is in the journal.',
          fields: [
            { name: 'topic', type: 'string' },
            { name: 'partition', type: 'int' },
            { name: 'below', type: 'long' },
            { name: 'latestWrittenAt', type: 'long' },
          ],
        },
      },
      doc: 'Up to where the journal tells everything; empty where this record does not say.',
      default: [],
    },
    {
      name: 'endedBefore',
      type: ['null', 'long'],
      doc: 'Every shelf whose time was over before this is in the journal as ended.',
      default: null,
    },
  ],
} as const;
