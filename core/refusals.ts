import { assertNever } from './lib/invariant.ts';
import type { EpochMs } from './lib/units.ts';

/** Why a command is refused. One table below gives each its sentence and its next step; a test proves the table complete. */
export const REFUSAL_CODES = [
  'NotLive',
  'UnknownAlarm',
  'NothingToAcknowledge',
  'NotReadable',
  'AlreadyAcknowledged',
  'AlarmedAgain',
  'NotAcknowledged',
  'AlreadyReturned',
  'ReasonRequired',
  'ShelvingForbidden',
  'LimitUnknown',
  'DurationOverLimit',
  'EndRequired',
  'EndInPast',
  'NotShelved',
  'NotExpressible',
  'LogRefused',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A refused command as a screen shows it. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The operator's sentence, with the facts of this case. */
  readonly message: string;
  readonly nextStep: string;
}

/** A refused command as `decide` answers it: the code and the facts of the case, no words yet. */
export interface RefusalReason {
  readonly code: RefusalCode;
  readonly alarm: string;
  /** The moment that matters: when it alarmed again, when it was acknowledged, the latest end allowed. */
  readonly at?: EpochMs;
  readonly limitSeconds?: number;
  /** What another part said, e.g. the log's own sentence. */
  readonly detail?: string;
  readonly by?: string;
}

const NEXT_STEPS: Readonly<Record<RefusalCode, string>> = {
  NotLive: 'Wait until the console is live, or look at the problem that the status strip names.',
  UnknownAlarm: 'Check the name; the alarm may have been unregistered.',
  NothingToAcknowledge: 'Nothing to do: the alarm has returned to normal.',
  NotReadable:
    'Look at the quarantine, and ask who runs the alarm’s source to write its record anew.',
  AlreadyAcknowledged: 'Nothing to do.',
  AlarmedAgain: 'Look at the alarm as it stands now, then acknowledge it.',
  NotAcknowledged: 'Nothing to do.',
  AlreadyReturned: 'Nothing to do: what has returned cannot be taken back.',
  ReasonRequired: 'Say why the alarm is shelved.',
  ShelvingForbidden: 'Ask an alarm administrator if its registration should allow shelving.',
  LimitUnknown: 'Ask an alarm administrator to register the alarm anew.',
  DurationOverLimit: 'Choose an earlier end.',
  EndRequired: 'Choose when the shelf ends.',
  EndInPast: 'Choose an end in the future.',
  NotShelved: 'Nothing to do.',
  NotExpressible: 'Ask an alarm administrator: the site’s schemas cannot hold this.',
  LogRefused: 'Try again; if it is refused again, ask who runs the broker.',
};

/** The refusal in words. `formatTime` gives a moment as the operator reads it. */
export function explainRefusal(
  reason: RefusalReason,
  formatTime: (at: EpochMs) => string,
): Refusal {
  const at = reason.at === undefined ? '' : formatTime(reason.at);
  return { code: reason.code, message: sentence(reason, at), nextStep: NEXT_STEPS[reason.code] };
}

function sentence(reason: RefusalReason, at: string): string {
  const { code, alarm } = reason;
  switch (code) {
    case 'NotLive':
      return `The console is not live, so ${alarm} may not be as it is shown.${detailOf(reason)}`;
    case 'UnknownAlarm':
      return `No alarm is called ${alarm}.`;
    case 'NothingToAcknowledge':
      return `${alarm} does not call for an acknowledgement.`;
    case 'NotReadable':
      return `How ${alarm} stands is not known: its newest record cannot be decoded.`;
    case 'AlreadyAcknowledged':
      return `${alarm} was acknowledged${at === '' ? '' : ` at ${at}`}${byOf(reason)} already.`;
    case 'AlarmedAgain':
      return `${alarm} alarmed again at ${at}, after your view.`;
    case 'NotAcknowledged':
      return `${alarm} is not acknowledged.`;
    case 'AlreadyReturned':
      return `${alarm} has returned to normal.`;
    case 'ReasonRequired':
      return `A reason is needed to shelve ${alarm}.`;
    case 'ShelvingForbidden':
      return `${alarm} may not be shelved: its registration says so.`;
    case 'LimitUnknown':
      return `${alarm} cannot be shelved: its registration cannot be decoded, so its limit is not known.`;
    case 'DurationOverLimit':
      return `${alarm} may be shelved for at most ${formatSeconds(reason.limitSeconds ?? 0)}, until ${at}.`;
    case 'EndRequired':
      return endRequired(reason);
    case 'EndInPast':
      return `The end of the shelf of ${alarm} lies in the past.`;
    case 'NotShelved':
      return `${alarm} is not shelved.`;
    case 'NotExpressible':
      return `This cannot be written for ${alarm}.${detailOf(reason)}`;
    case 'LogRefused':
      return `The log did not take the record for ${alarm}.${detailOf(reason)}`;
    default:
      return assertNever(code);
  }
}

function endRequired(reason: RefusalReason): string {
  return reason.limitSeconds === undefined
    ? `A shelf of ${reason.alarm} needs an end.${detailOf(reason)}`
    : `A shelf of ${reason.alarm} needs an end: it may last at most ${formatSeconds(reason.limitSeconds)}.`;
}

function detailOf(reason: RefusalReason): string {
  return reason.detail === undefined ? '' : ` ${reason.detail}`;
}

function byOf(reason: RefusalReason): string {
  return reason.by === undefined || reason.by === '' ? '' : ` by ${reason.by}`;
}

/** A length of time in whole units: "8 h", "1 h 30 min", "45 s". */
export function formatSeconds(seconds: number): string {
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const rest = Math.floor(seconds % 60);
  const parts = [
    hours > 0 ? `${hours} h` : '',
    minutes > 0 ? `${minutes} min` : '',
    rest > 0 ? `${rest} s` : '',
  ];
  return parts.filter((part) => part !== '').join(' ') || '0 s';
}
