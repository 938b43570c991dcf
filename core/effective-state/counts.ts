/** How many alarms are in which state. registered + notRegistered = the sum of all states. */
export interface AlarmCounts {
  readonly registered: number;
  readonly notRegistered: number;
  readonly normal: number;
  readonly unacknowledged: number;
  readonly acknowledged: number;
  readonly returned: number;
  readonly shelved: number;
  readonly suppressed: number;
  readonly outOfService: number;
  readonly undecodable: number;
}
