/** The topics of seed 0 and our own; every other place names them through these. */
export const REGISTERED_ALARMS = 'registered-alarms';
export const ACTIVE_ALARMS = 'active-alarms';
export const SHELVED_ALARMS = 'shelved-alarms';
/** Our own: what compaction would forget of open occurrences (decision 15). */
export const ALARM_OCCURRENCES = 'alarm-occurrences';
/** Our own: every transition of every alarm, kept by time. No state is read from it. */
export const ALARM_JOURNAL = 'alarm-journal';

/** In the order in which a reader wants them: snapshots and registrations before activations. */
export const ALARM_TOPICS = [
  ALARM_OCCURRENCES,
  REGISTERED_ALARMS,
  SHELVED_ALARMS,
  ACTIVE_ALARMS,
] as const;
export type AlarmTopic = (typeof ALARM_TOPICS)[number];
