/** Why a command is refused, in one sentence and one next step for the operator. One table; a test proves it complete. */
export const REFUSAL_CODES = [
  'NotLive',
  'UnknownAlarm',
  'NothingToAcknowledge',
  'AlreadyAcknowledged',
  'AlarmedAgain',
  'NotAcknowledged',
  'AlreadyReturned',
  'ReasonRequired',
  'ShelvingForbidden',
  'DurationOverLimit',
  'EndRequired',
  'EndInPast',
  'NotShelved',
  'NotExpressible',
  'LogRefused',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A refused command: the code, the operator's sentence with the facts of this case, and what to do next. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly nextStep: string;
}
