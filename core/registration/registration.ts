/** What is known of an alarm beforehand: the record of `registered-alarms`. */
export interface Registration {
  readonly source: AlarmSource;
  /** Symbols of the site's own enumerations; never a fixed list. */
  readonly location: string;
  readonly category: string;
  /** Longest time in seconds that the alarm may be shelved; 0 = may not be shelved; null = no limit. */
  readonly maxShelvedSeconds: number | null;
  /** Whether the alarm stays until it is acknowledged, even after it has returned to normal. */
  readonly isLatching: boolean;
  /** Guidance for the operator, relative to the site's base address. */
  readonly documentUrl: string;
  /** The operator screen that belongs to it, relative to the site's folder. */
  readonly screenPath: string;
}

export type AlarmSource =
  | { readonly kind: 'epicsChannel'; readonly pv: string }
  | { readonly kind: 'streamRule'; readonly jar: string };
