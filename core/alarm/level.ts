/** How bad an alarm is, as its source says. `ALARM` is a simple alarm, which has no severity. */
export const LEVELS = ['NORMAL', 'MINOR', 'ALARM', 'MAJOR', 'INVALID'] as const;
export type Level = (typeof LEVELS)[number];

/** The severities of an EPICS record (menuAlarmSevr). */
export const SEVERITIES = ['NO_ALARM', 'MINOR', 'MAJOR', 'INVALID'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The levels of an EPICS acknowledgement. There is none for INVALID: MAJOR_ACK answers it. */
export const ACK_LEVELS = ['NO_ACK', 'MINOR_ACK', 'MAJOR_ACK'] as const;
export type AckLevel = (typeof ACK_LEVELS)[number];

const RANK: Readonly<Record<Level, number>> = {
  NORMAL: 0,
  MINOR: 1,
  ALARM: 2,
  MAJOR: 3,
  INVALID: 4,
};

/** 0 (NORMAL) to 4 (INVALID): a higher rank is worse. INVALID counts as the worst (decision 5). */
export function levelRank(level: Level): number {
  return RANK[level];
}

/** The worse of two levels. */
export function worseLevel(a: Level, b: Level): Level {
  return RANK[a] >= RANK[b] ? a : b;
}

/** The level of an EPICS severity. */
export function levelOfSeverity(severity: Severity): Level {
  return severity === 'NO_ALARM' ? 'NORMAL' : severity;
}
