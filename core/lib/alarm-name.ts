declare const named: unique symbol;

/** The name of one alarm: the record key of registrations and shelves, the `name` of an activation's key. Any text. */
export type AlarmName = string & { readonly [named]: 'AlarmName' };

/** Takes text as an alarm's name. Every text is one: names in use hold spaces, quotes, `|` and any script. */
export function alarmName(text: string): AlarmName {
  return isAlarmName(text) ? text : alarmName('');
}

function isAlarmName(text: string): text is AlarmName {
  return typeof text === 'string';
}
