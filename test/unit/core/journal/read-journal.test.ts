import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmState } from '../../../../core/alarm/alarm-state.ts';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import { actualState } from '../../../../core/effective-state/actual-state.ts';
import {
  dropRepeats,
  foldJournal,
  inOrderOfLife,
  type JournaledAlarm,
} from '../../../../core/journal/read-journal.ts';
import { countedTerm, shelfEndedByTime } from '../../../../core/journal/shelf-transitions.ts';
import { openOccurrence, presentLevel } from '../../../../core/journal/standing.ts';
import type { Transition } from '../../../../core/journal/transition.ts';
import type { EpochMs } from '../../../../core/lib/units.ts';
import { at, epics, epicsAck, mark, shelved } from '../../../builders/alarm-events.ts';
import { anyAlarmLog } from '../../../builders/any-alarm-log.ts';
import { journalOf } from '../../../builders/journal-run.ts';

const END = at(1_000);

/** Registrations come first, as a keeper folds them; those that change in the middle are a case of their own. */
function registeredFirst(log: readonly AlarmEvent[]): AlarmEvent[] {
  const isRegistering = ({ mark }: AlarmEvent) => mark.topic === 'registered-alarms';
  return [...log.filter(isRegistering), ...log.filter((event) => !isRegistering(event))];
}

/** How the fold of the log says that the alarm stands, in the journal's words. */
function journaled(state: AlarmState, now: EpochMs): JournaledAlarm {
  const occurrence = openOccurrence(state);
  const term = state.shelf === null ? null : countedTerm(state, state.shelf);
  const isShelved = term !== null && (term.untilAt === null || term.untilAt > now);
  return {
    actual: actualState(state),
    level: presentLevel(state),
    highestLevel: occurrence?.highestLevel ?? 'NORMAL',
    startedAt: occurrence?.startedAt ?? null,
    shelf:
      isShelved && state.shelf !== null
        ? { record: state.shelf.record, untilAt: term.untilAt }
        : null,
  };
}

function withEnds(log: readonly AlarmEvent[], now: EpochMs) {
  const { transitions, book } = journalOf(log);
  const ended = [...book.states()].flatMap((state) => shelfEndedByTime(state, now) ?? []);
  return { transitions: [...transitions, ...ended], book };
}

function ofAlarm(transitions: readonly Transition[], name: string): Transition[] {
  return transitions.filter((transition) => transition.name === name);
}

describe('the journal of a log', () => {
  it('folded gives the same states as the log', () => {
    fc.assert(
      fc.property(anyAlarmLog, (log) => {
        const { transitions, book } = withEnds(log, END);
        for (const state of book.states()) {
          expect(foldJournal(ofAlarm(transitions, state.name))).toEqual(journaled(state, END));
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('is the same with repeats, and in any order of writing', () => {
    const anyDisorder = anyAlarmLog
      .map((log) => withEnds(registeredFirst(log), END).transitions)
      .chain((transitions) =>
        fc.record({
          transitions: fc.constant(transitions),
          disorder: fc.shuffledSubarray([...transitions, ...transitions], {
            minLength: transitions.length * 2,
          }),
        }),
      );
    fc.assert(
      fc.property(anyDisorder, ({ transitions, disorder }) => {
        for (const name of ['A', 'B', 'C']) {
          const inOrder = inOrderOfLife(ofAlarm(transitions, name));
          expect(inOrderOfLife(dropRepeats(ofAlarm(disorder, name)))).toEqual(inOrder);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never names two changes alike', () => {
    fc.assert(
      fc.property(anyAlarmLog.map(registeredFirst), (log) => {
        const { transitions } = journalOf(log);
        expect(dropRepeats(transitions)).toEqual(transitions);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the order of an alarm’s life', () => {
  it('follows the records of a partition, whatever the clocks of their writers said', () => {
    const early = { ...epicsAck(2, 'MAJOR_ACK'), mark: { ...mark(2), writtenAt: at(-900) } };
    const { transitions } = journalOf([epics(1, 'MAJOR'), early, epics(3, 'NO_ALARM')]);
    const ordered = inOrderOfLife([...transitions].reverse());
    expect(ordered.map(({ kind }) => kind)).toEqual([
      'opened',
      'acknowledged',
      'returned',
      'closed',
    ]);
  });

  it('goes by the moment between partitions and where time alone ends a shelf', () => {
    const { transitions } = withEnds(
      [epics(1, 'MAJOR'), shelved(2, at(5)), epics(9, 'INVALID')],
      END,
    );
    expect(inOrderOfLife(transitions).map(({ kind }) => kind)).toEqual([
      'opened',
      'shelved',
      'shelfEnded',
      'raised',
    ]);
  });
});
