import type { RecordMark } from '../../../core/alarm/record-mark.ts';
import type { JournalReach } from '../../../core/journal/journal-reach.ts';
import type { Transition } from '../../../core/journal/transition.ts';
import { optional, writeMark } from '../dialects/occurrence-writer.ts';

type Value = Readonly<Record<string, unknown>>;

/** The fields that we write: a registered schema that asks for others is not ours. */
export const TRANSITION_FIELDS = [
  'kind',
  'at',
  'cause',
  'isByTime',
  'trigger',
  'about',
  'callKind',
  'stateBefore',
  'stateAfter',
  'levelBefore',
  'levelAfter',
  'highestLevel',
  'startedAt',
  'isBeginningKnown',
  'status',
  'shelf',
  'refusal',
  'reach',
  'endedBefore',
] as const;

/** A transition as the value of `alarm-journal`, for avsc; `reach` where this record says how far the journal is. */
export function writeTransition(transition: Transition, reach: JournalReach | null): Value {
  const { cause, trigger, shelf } = transition;
  return {
    kind: transition.kind,
    at: transition.at,
    cause: writeMark(cause),
    isByTime: trigger === null,
    trigger: trigger === cause ? null : mark(trigger),
    about: mark(transition.about),
    callKind: orNull('string', transition.callKind),
    stateBefore: transition.stateBefore,
    stateAfter: transition.stateAfter,
    levelBefore: transition.levelBefore,
    levelAfter: transition.levelAfter,
    highestLevel: transition.highestLevel,
    startedAt: orNull('long', transition.startedAt),
    isBeginningKnown: transition.isBeginningKnown,
    status: transition.status,
    shelf: shelf === null ? null : writeShelf(shelf),
    refusal: orNull('string', transition.refusal),
    reach: reach?.streams ?? [],
    endedBefore: orNull('long', reach?.endedBefore ?? null),
  };
}

function writeShelf({ untilAt, reason }: NonNullable<Transition['shelf']>): Value {
  return { 'klaxon.alarms.Shelf': { untilAt: orNull('long', untilAt), reason } };
}

function mark(record: RecordMark | null): Value | null {
  return record === null ? null : optional('klaxon.alarms.RecordMark', writeMark(record));
}

function orNull(branch: string, value: string | number | null): Value | null {
  return value === null ? null : optional(branch, value);
}
