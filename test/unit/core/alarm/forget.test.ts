import { describe, expect, it } from 'vitest';
import { createAlarmBook } from '../../../../core/alarm/alarm-book.ts';
import type { AlarmEvent, Slot } from '../../../../core/alarm/events.ts';
import { forgetSlots, sweepSlots } from '../../../../core/alarm/forget.ts';
import type { Occurrence } from '../../../../core/alarm/occurrence.ts';
import { viewAlarm } from '../../../../core/effective-state/view-alarm.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import type { LogSweep } from '../../../../core/ports/alarm-log.ts';
import {
  active,
  anEvent,
  at,
  epics,
  epicsAck,
  mark,
  registered,
  shelved,
  simple,
} from '../../../builders/alarm-events.ts';
import { given, QUIET_ROW, REGISTERED_ROW, stateAfter } from '../../../builders/story.ts';

const ACTIVATIONS: readonly Slot[] = ['simple', 'epics', 'simpleAck', 'epicsAck'];

const LATCHING = registered(0, { isLatching: true });
const OCCURRENCE: Occurrence = {
  openedBy: mark(3),
  startedAt: at(3),
  highestLevel: 'MAJOR',
  calls: { epics: { record: mark(3), level: 'MAJOR' } },
  isKnownFromStart: true,
};
/** The keeper’s word that the alarm rose and fell unseen, and the record that is left of it. */
const RETURNED = anEvent(
  {
    fact: 'occurrenceKept',
    snapshot: {
      occurrence: { ...OCCURRENCE, returnedAt: at(5) },
      upTo: active(5),
      upToWrittenAt: at(5),
    },
  },
  { ...mark(0, 'alarm-occurrences', 'keeper'), writtenAt: at(5) },
);
const CLEARED = epics(5, 'NO_ALARM', { isHistoryWhole: false });

/** A second look at a topic below 100 that finds only these offsets. */
function sweep(topic: string, ...surviving: number[]): LogSweep {
  return { topic, partition: 0, below: 100, survives: (offset) => surviving.includes(offset) };
}

function rowAfterSweep(events: readonly AlarmEvent[], slots: readonly Slot[], look: LogSweep) {
  return viewAlarm(sweepSlots(stateAfter(events), slots, look), at(50));
}

describe('a second look that no longer finds a record: its tombstone is gone too', () => {
  it('a registration is deleted', () => {
    const row = rowAfterSweep([registered(1)], ['registration'], sweep('registered-alarms'));
    expect(row).toEqual(QUIET_ROW);
  });

  it('a shelf is ended', () => {
    const row = rowAfterSweep([shelved(1, null)], ['shelf'], sweep('shelved-alarms'));
    expect(row).toEqual(QUIET_ROW);
  });

  it('a simple alarm and an EPICS alarm are cleared', () => {
    const events = [simple(1, true), epics(2, 'MAJOR')];
    expect(rowAfterSweep(events, ACTIVATIONS, sweep('active-alarms'))).toEqual(QUIET_ROW);
  });

  it('of a latching alarm the return is unacknowledged', () => {
    const events = [registered(0, { isLatching: true }), epics(2, 'MAJOR')];
    expect(rowAfterSweep(events, ACTIVATIONS, sweep('active-alarms')).actual).toBe(
      'returnedToNormalUnacknowledged',
    );
  });

  it('an acknowledgement is taken back', () => {
    const events = [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK')];
    expect(rowAfterSweep(events, ACTIVATIONS, sweep('active-alarms', 1)).actual).toBe(
      'unacknowledged',
    );
  });

  it('a record that could not be decoded is gone', () => {
    const broken = anEvent({ fact: 'undecodable', slot: 'epics', reason: 'truncated' }, mark(3));
    expect(rowAfterSweep([broken], ACTIVATIONS, sweep('active-alarms'))).toEqual(QUIET_ROW);
  });

  it.each<[string, LogSweep]>([
    ['it still stands there', sweep('registered-alarms', 1)],
    ['it looked at another topic', sweep('shelved-alarms')],
    ['it looked at another partition', { ...sweep('registered-alarms'), partition: 1 }],
    ['it looked only below the record', { ...sweep('registered-alarms'), below: 1 }],
  ])('changes nothing where %s', (_case, look) => {
    const state = stateAfter([registered(1)]);
    expect(sweepSlots(state, ['registration'], look)).toBe(state);
  });

  it('the record that comes after it counts again', () => {
    const book = createAlarmBook();
    book.apply(registered(1));
    book.sweep(['registration'], sweep('registered-alarms'));
    book.apply(registered(101));
    expect(book.takeChanges(at(500)).rows).toEqual([{ ...QUIET_ROW, ...REGISTERED_ROW }]);
  });
});

describe('a topic that was made anew or has lost its history', () => {
  const everything = [
    registered(5),
    simple(6, true),
    epics(7, 'MAJOR'),
    epicsAck(8, 'MAJOR_ACK'),
    shelved(9, null),
  ];

  it('is forgotten as if it had never been read', () => {
    const all: Slot[] = [...ACTIVATIONS, 'registration', 'shelf', 'snapshot'];
    expect(forgetSlots(stateAfter(everything), all)).toEqual(stateAfter([]));
  });

  it('takes nothing of the other topics with it', () => {
    expect(forgetSlots(stateAfter(everything), ACTIVATIONS)).toEqual(
      stateAfter([registered(5), shelved(9, null)]),
    );
  });

  it('begins again at offset 0: an older offset is no repetition then', () => {
    const book = createAlarmBook();
    book.apply(registered(5));
    book.apply(anEvent({ fact: 'unregistered' }, mark(6, 'registered-alarms')));
    book.forget(['registration']);
    book.apply(registered(0));
    expect(book.takeChanges(at(500)).rows).toEqual([{ ...QUIET_ROW, ...REGISTERED_ROW }]);
  });

  it('has no undecodable record any more', () => {
    const broken = anEvent({ fact: 'undecodable', slot: 'shelf', reason: 'truncated' }, mark(3));
    expect(forgetSlots(stateAfter([broken]), ['shelf'])).toEqual(stateAfter([]));
  });

  it.each<[string, readonly Slot[], AlarmEvent[]]>([
    ['the activations', ACTIVATIONS, [CLEARED]],
    ['the snapshots', ['snapshot'], [RETURNED]],
    ['both', [...ACTIVATIONS, 'snapshot'], [RETURNED, CLEARED]],
  ])(
    'read again is as it was when read first, with the keeper’s word: %s',
    (_case, slots, readAgain) => {
      const book = createAlarmBook();
      for (const event of [LATCHING, RETURNED, CLEARED]) book.apply(event);
      const before = book.state(alarmName('channel1'));
      book.forget(slots);
      for (const event of readAgain) book.apply(event);
      expect([before?.occurrence, book.state(alarmName('channel1'))]).toEqual([
        { ...OCCURRENCE, returnedAt: at(5) },
        before,
      ]);
    },
  );

  it('an occurrence that is known from the keeper alone goes with the keeper’s word', () => {
    const all: Slot[] = [...ACTIVATIONS, 'snapshot'];
    const state = stateAfter([RETURNED, CLEARED]);
    expect([forgetSlots(state, all), forgetSlots(state, all.toReversed())]).toEqual([
      stateAfter([]),
      stateAfter([]),
    ]);
  });

  it('a list loses the rows of what is no more', () => {
    const book = createAlarmBook();
    book.apply(registered(5));
    book.takeChanges(at(10));
    book.forget(['registration']);
    expect(book.takeChanges(at(10))).toEqual({ rows: [], removed: [alarmName('channel1')] });
  });
});

it('forgetting what was never read changes nothing that is shown', () => {
  given().shows({});
  expect(forgetSlots(stateAfter([]), ACTIVATIONS)).toEqual(stateAfter([]));
});
