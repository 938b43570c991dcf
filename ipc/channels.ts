/** Requests of a window to main: one object in, one `Result` out. Named `area:verbNoun`. */
export const REQUESTS = [
  'session:readSession',
  'session:createTopics',
  'feed:openFeed',
  'feed:acknowledgeMessage',
  'alarm:readDetail',
  'alarm:acknowledgeAlarms',
  'alarm:unacknowledgeAlarms',
  'shelf:shelveAlarms',
  'shelf:unshelveAlarms',
  'quarantine:readRecords',
  'preferences:readPreferences',
  'preferences:savePreferences',
] as const;
export type RequestName = (typeof REQUESTS)[number];

/** Events of main to a window. Named `area:pastTense`. */
export const EVENTS = ['feed:changed', 'session:changed', 'command:settled'] as const;
export type EventName = (typeof EVENTS)[number];
