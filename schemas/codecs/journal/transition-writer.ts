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
    trigger: trigger === null || trigger === cause ? null : mark(trigger),
    about: transition.about === null ? null : mark(transition.about),
    callKind: optional('string', transition.callKind ?? undefined),
    stateBefore: transition.stateBefore,
    stateAfter: transition.stateAfter,
    levelBefore: transition.levelBefore,
    levelAfter: transition.levelAfter,
    highestLevel: transition.highestLevel,
    startedAt: optional('long', transition.startedAt ?? undefined),
    isBeginningKnown: transition.isBeginningKnown,
    status: transition.status,
    shelf:
      shelf === null
        ? null
        : {
            'klaxon.alarms.Shelf': {
              untilAt: optional('long', shelf.untilAt ?? undefined),
              reason: shelf.reason,
            },
          },
    refusal: optional('string', transition.refusal ?? undefined),
    reach: reach?.streams ?? [],
    endedBefore: optional('long', reach?.endedBefore ?? undefined),
  };
}

function mark(record: RecordMark): Value | null {
  return optional('klaxon.alarms.RecordMark', writeMark(record));
}
