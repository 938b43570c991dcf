import type { ActualState, EffectiveState } from './alarm-row.ts';

/** What can cover an alarm's own state. A cover never changes what the alarm is, only what is shown first. */
export interface Covers {
  readonly isOutOfService: boolean;
  readonly isSuppressedByDesign: boolean;
  readonly isShelved: boolean;
  readonly isOnDelayed: boolean;
  /** The newest activation cannot be decoded: the alarm's own state is not known. */
  readonly isUndecodable: boolean;
}

/**
 * The one order of precedence (decision 4): the first cover in the list wins, else the alarm's own state shows.
 * docs/precedence.md prints it; a test walks every combination.
 */
export const COVER_ORDER = [
  ['isOutOfService', 'outOfService'],
  ['isSuppressedByDesign', 'suppressedByDesign'],
  ['isShelved', 'shelved'],
  ['isOnDelayed', 'onDelayed'],
  ['isUndecodable', 'undecodable'],
] as const satisfies readonly (readonly [keyof Covers, EffectiveState])[];

/** What the operator is shown of an alarm with this state of its own under these covers. */
export function effectiveState(actual: ActualState, covers: Covers): EffectiveState {
  for (const [cover, state] of COVER_ORDER) if (covers[cover]) return state;
  return actual;
}
