import type { Level } from '../alarm/level.ts';
import type { RecordMark } from '../alarm/record-mark.ts';
import type { ActualState } from '../effective-state/alarm-row.ts';
import { assertNever } from '../lib/invariant.ts';
import type { EpochMs } from '../lib/units.ts';
import { identityOf, TRANSITION_KINDS, type Transition } from './transition.ts';

/** The transitions without what comes again: of each identity the first, in the order in which they came. */
export function dropRepeats(transitions: Iterable<Transition>): Transition[] {
  const first = new Map<string, Transition>();
  for (const transition of transitions) {
    const identity = identityOf(transition);
    if (!first.has(identity)) first.set(identity, transition);
  }
  return [...first.values()];
}

/**
 * The transitions of one alarm in the order of its life. What records of one partition did stays in their order, whatever
 * clock stamped them; between partitions, and where time alone did something, the moment decides.
 */
export function inOrderOfLife(transitions: readonly Transition[]): Transition[] {
  const streams = new Map<string, Transition[]>();
  for (const transition of transitions) {
    const key = streamOf(transition.trigger);
    const stream = streams.get(key);
    if (stream === undefined) streams.set(key, [transition]);
    else stream.push(transition);
  }
  const waiting = [...streams]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, stream]) => ({ stream: stream.sort(byRecord), next: 0 }));
  const ordered: Transition[] = [];
  while (ordered.length < transitions.length) {
    let earliest: (typeof waiting)[number] | undefined;
    for (const one of waiting) if (isEarlier(one, earliest)) earliest = one;
    const taken = earliest?.stream[earliest.next];
    if (earliest === undefined || taken === undefined) break;
    ordered.push(taken);
    earliest.next += 1;
  }
  return ordered;
}

/** How one alarm stands, as far as its journal tells. */
export interface JournaledAlarm {
  readonly actual: ActualState;
  /** How bad it is now; NORMAL where nothing is active. */
  readonly level: Level;
  /** Of the occurrence that is open; NORMAL and null where none is. */
  readonly highestLevel: Level;
  readonly startedAt: EpochMs | null;
  /** The record of the shelf that hides it, and until when; null = none. */
  readonly shelf: { readonly record: RecordMark; readonly untilAt: EpochMs | null } | null;
}

/** An alarm of which the journal tells nothing. */
export const NOTHING_JOURNALED: JournaledAlarm = {
  actual: 'normal',
  level: 'NORMAL',
  highestLevel: 'NORMAL',
  startedAt: null,
  shelf: null,
};

/** The alarm after one more of its transitions. One whose beginning has left the journal stands as each transition says. */
export function evolveJournaled(alarm: JournaledAlarm, transition: Transition): JournaledAlarm {
  switch (transition.kind) {
    case 'shelved':
      return {
        ...alarm,
        shelf: {
          record: transition.about ?? transition.cause,
          untilAt: transition.shelf?.untilAt ?? null,
        },
      };
    case 'shelfEnded':
      return endsShelf(alarm, transition.about ?? transition.cause)
        ? { ...alarm, shelf: null }
        : alarm;
    case 'unshelved':
      return endsShelf(alarm, transition.about) ? { ...alarm, shelf: null } : alarm;
    case 'shelfNotCounted':
    case 'acknowledgementNotCounted':
      return alarm;
    case 'opened':
    case 'raised':
    case 'calledAgain':
    case 'levelChanged':
    case 'acknowledged':
    case 'acknowledgementTakenBack':
    case 'returned':
    case 'closed':
    case 'reassessed':
      return standingAs(alarm, transition);
    default:
      return assertNever(transition.kind);
  }
}

/** How one alarm stands after these of its transitions, in any order and with repeats. */
export function foldJournal(transitions: Iterable<Transition>): JournaledAlarm {
  return inOrderOfLife(dropRepeats(transitions)).reduce(evolveJournaled, NOTHING_JOURNALED);
}

function standingAs(alarm: JournaledAlarm, transition: Transition): JournaledAlarm {
  const { stateAfter: actual, levelAfter: level, highestLevel, startedAt } = transition;
  const isOpen = actual !== 'normal';
  return {
    actual,
    level,
    highestLevel: isOpen ? highestLevel : 'NORMAL',
    startedAt: isOpen ? startedAt : null,
    shelf: alarm.shelf,
  };
}

function endsShelf({ shelf }: JournaledAlarm, ended: RecordMark | null): boolean {
  if (shelf === null || ended === null) return false;
  return recordOf(shelf.record) === recordOf(ended);
}

function recordOf({ topic, partition, offset, writtenAt }: RecordMark): string {
  return `${topic}/${partition}/${offset}@${writtenAt}`;
}

function streamOf(trigger: RecordMark | null): string {
  return trigger === null ? '' : `${trigger.topic}/${trigger.partition}`;
}

function byRecord(a: Transition, b: Transition): number {
  const byPosition =
    a.trigger === null || b.trigger === null ? a.at - b.at : a.trigger.offset - b.trigger.offset;
  if (byPosition !== 0) return byPosition;
  return TRANSITION_KINDS.indexOf(a.kind) - TRANSITION_KINDS.indexOf(b.kind);
}

interface Waiting {
  readonly stream: readonly Transition[];
  readonly next: number;
}

function isEarlier(a: Waiting, b: Waiting | undefined): boolean {
  const first = a.stream[a.next];
  if (first === undefined) return false;
  const other = b?.stream[b.next];
  return other === undefined || first.at < other.at;
}
