import { CALL_KINDS } from '../../../core/alarm/call-kind.ts';
import { LEVELS } from '../../../core/alarm/level.ts';
import type { RecordMark } from '../../../core/alarm/record-mark.ts';
import { ACTUAL_STATES } from '../../../core/effective-state/alarm-row.ts';
import type { JournalReach, StreamReach } from '../../../core/journal/journal-reach.ts';
import {
  NOT_COUNTED_REASONS,
  type Standing,
  TRANSITION_KINDS,
  type Transition,
} from '../../../core/journal/transition.ts';
import type { AlarmName } from '../../../core/lib/alarm-name.ts';
import { isObject } from '../../../core/lib/is-object.ts';
import { failure, ok, type Result } from '../../../core/lib/result.ts';
import { unwrapped } from '../avro-values.ts';
import { isCount, readMark, readMoment } from '../dialects/alarm-occurrences.ts';
import type { JournalEntry } from './journal-entry.ts';

type Value = Readonly<Record<string, unknown>>;

/** What a value of `alarm-journal` says of an alarm; the reason where it says something that this program does not know. */
export function readTransition(name: AlarmName, value: unknown): Result<JournalEntry, string> {
  if (!isObject(value)) return failure('the value is no transition');
  const kind = wordOf(TRANSITION_KINDS, value['kind']);
  if (kind === undefined) return failure(`no such transition is known: ${String(value['kind'])}`);
  const at = readMoment(value['at']);
  const records = recordsOf(value);
  const standing = standingOf(value);
  if (at === null || records === null || standing === null) {
    return failure('the transition lacks something that it must say');
  }
  const callKind = wordOf(CALL_KINDS, unwrapped(value['callKind'])) ?? null;
  const refusal = wordOf(NOT_COUNTED_REASONS, unwrapped(value['refusal'])) ?? null;
  const shelf = shelfOf(unwrapped(value['shelf']));
  const transition = { name, kind, at, ...records, callKind, ...standing, shelf, refusal };
  return ok({ transition, reach: reachOf(value) });
}

function recordsOf(value: Value): Pick<Transition, 'cause' | 'trigger' | 'about'> | null {
  const cause = readMark(value['cause']);
  if (cause === null) return null;
  const trigger = value['isByTime'] === true ? null : (markIn(value['trigger']) ?? cause);
  return { cause, trigger, about: markIn(value['about']) };
}

function standingOf(value: Value): Standing | null {
  const stateBefore = wordOf(ACTUAL_STATES, value['stateBefore']);
  const stateAfter = wordOf(ACTUAL_STATES, value['stateAfter']);
  const levelBefore = wordOf(LEVELS, value['levelBefore']);
  const levelAfter = wordOf(LEVELS, value['levelAfter']);
  const highestLevel = wordOf(LEVELS, value['highestLevel']);
  if (stateBefore === undefined || stateAfter === undefined) return null;
  if (levelBefore === undefined || levelAfter === undefined || highestLevel === undefined) {
    return null;
  }
  return {
    stateBefore,
    stateAfter,
    levelBefore,
    levelAfter,
    highestLevel,
    startedAt: readMoment(unwrapped(value['startedAt'])),
    isBeginningKnown: value['isBeginningKnown'] !== false,
    status: typeof value['status'] === 'string' ? value['status'] : '',
  };
}

function shelfOf(value: unknown): Transition['shelf'] {
  if (!isObject(value)) return null;
  const reason = value['reason'];
  return {
    untilAt: readMoment(unwrapped(value['untilAt'])),
    reason: typeof reason === 'string' ? reason : '',
  };
}

function reachOf(value: Value): JournalReach | null {
  const said = value['reach'];
  const streams = Array.isArray(said) ? said.flatMap((one: unknown) => streamOf(one) ?? []) : [];
  const endedBefore = readMoment(unwrapped(value['endedBefore']));
  return streams.length === 0 && endedBefore === null ? null : { streams, endedBefore };
}

function streamOf(value: unknown): StreamReach | null {
  if (!isObject(value)) return null;
  const { topic, partition, below } = value;
  const latestWrittenAt = readMoment(value['latestWrittenAt']);
  if (typeof topic !== 'string' || !isCount(partition) || !isCount(below)) return null;
  return latestWrittenAt === null ? null : { topic, partition, below, latestWrittenAt };
}

function markIn(value: unknown): RecordMark | null {
  return readMark(unwrapped(value));
}

function wordOf<T extends string>(words: readonly T[], said: unknown): T | undefined {
  return words.find((word) => word === said);
}
