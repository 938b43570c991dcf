import type { CallKind } from '../alarm/call-kind.ts';
import type { Level } from '../alarm/level.ts';
import type { AlarmName } from '../lib/alarm-name.ts';
import type { EpochMs } from '../lib/units.ts';
import type { RecordPosition } from '../ports/alarm-log.ts';

/** An alarm's own state by ISA-18.2, whatever covers it. */
export const ACTUAL_STATES = [
  'normal',
  'unacknowledged',
  'acknowledged',
  'returnedToNormalUnacknowledged',
] as const;
export type ActualState = (typeof ACTUAL_STATES)[number];

/** What the operator is shown: the cover that won, or the alarm's own state. Order of precedence, highest first (decision 4). */
export const EFFECTIVE_STATES = [
  'outOfService',
  'suppressedByDesign',
  'shelved',
  'onDelayed',
  'undecodable',
  'returnedToNormalUnacknowledged',
  'unacknowledged',
  'acknowledged',
  'normal',
] as const;
export type EffectiveState = (typeof EFFECTIVE_STATES)[number];

/** One alarm as a list shows it, at one moment. Plain data. */
export interface AlarmRow {
  readonly name: AlarmName;
  readonly actual: ActualState;
  readonly effective: EffectiveState;
  /** The level now; of a returned alarm the highest that it had. */
  readonly level: Level;
  /** Status of the EPICS record that gives the level, e.g. HIHI; empty where there is none. */
  readonly status: string;
  readonly location: string;
  readonly category: string;
  readonly isRegistered: boolean;
  readonly isLatching: boolean;
  /** Whether the registration lets it be shelved at all. */
  readonly canShelve: boolean;
  /** Some record of it cannot be decoded. */
  readonly hasUndecodable: boolean;
  /** Start of the occurrence; null when normal. */
  readonly sinceAt: EpochMs | null;
  /** False where the start is only "not later than". */
  readonly isSinceExact: boolean;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: EpochMs | null;
  /** End of the shelf that covers it; null = not shelved, or until unshelved (`effective` tells). */
  readonly shelvedUntilAt: EpochMs | null;
  readonly shelvedBy: string | null;
  readonly shelfReason: string | null;
  /** The calling record of each kind that has called: what an acknowledgement made from this row answers. */
  readonly calls: Readonly<Partial<Record<CallKind, RecordPosition>>>;
}
