import type { AlarmName } from '../lib/alarm-name.ts';
import type { Registration } from '../registration/registration.ts';
import type { AnswersClaim, RecordMark, ShelfOrder, Slot } from './events.ts';
import type { AckLevel, Severity } from './level.ts';
import type { Occurrence } from './occurrence.ts';

/** The newest record of one slot, and what it says. */
export interface Held<T> {
  readonly record: RecordMark;
  readonly says: T;
}

/** What the log says of one alarm: the newest record of each slot, and the occurrence folded from all of them. */
export interface AlarmState {
  readonly name: AlarmName;
  readonly registration?: Held<Registration>;
  readonly simple?: Held<{ readonly isActive: boolean }>;
  readonly epics?: Held<{ readonly severity: Severity; readonly status: string }>;
  readonly simpleAck?: Held<{ readonly isAcknowledged: boolean; readonly answers: AnswersClaim }>;
  readonly epicsAck?: Held<{ readonly level: AckLevel; readonly answers: AnswersClaim }>;
  readonly shelf?: Held<ShelfOrder>;
  /** The occurrence that is open, or that has returned unanswered. */
  readonly occurrence?: Occurrence;
  /** The keeper's snapshot that was taken over last: activations up to it change no occurrence. */
  readonly snapshot?: RecordMark & { readonly upTo: RecordMark['position'] };
  /** Slots whose newest record cannot be decoded, with the reason. */
  readonly undecodable?: Readonly<
    Partial<Record<Slot, { readonly record: RecordMark; readonly reason: string }>>
  >;
}
