import { describe, expect, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import type { AlarmRow } from '../../../../core/effective-state/alarm-row.ts';
import {
  active,
  at,
  epics,
  epicsAck,
  mark,
  registered,
  simple,
  simpleAck,
} from '../../../builders/alarm-events.ts';
import { answeredAt, given, standing, stateAfter } from '../../../builders/story.ts';

const ioc = (offset: number) => mark(offset, 'active-alarms', 'ioc');
const HIHI = { status: 'HIHI' } as const;
const LATCHING: AlarmEvent = registered(0, { isLatching: true });

describe('active and its level', () => {
  it.each<[string, AlarmEvent[], Partial<AlarmRow>]>([
    ['nothing was ever written', [], {}],
    ['v1 alarming: false', [simple(1, false)], {}],
    ['EPICS NO_ALARM', [epics(1, 'NO_ALARM')], {}],
    [
      'a live simple alarm',
      [simple(1, true)],
      standing('unacknowledged', 'ALARM', { sinceAt: at(1), calls: { simple: active(1) } }),
    ],
    [
      'EPICS MINOR',
      [epics(1, 'MINOR')],
      standing('unacknowledged', 'MINOR', { ...HIHI, sinceAt: at(1), calls: { epics: active(1) } }),
    ],
    [
      'EPICS INVALID',
      [epics(1, 'INVALID')],
      standing('unacknowledged', 'INVALID', {
        ...HIHI,
        sinceAt: at(1),
        calls: { epics: active(1) },
      }),
    ],
    [
      'both kinds: the higher level, MAJOR over ALARM',
      [simple(1, true), epics(2, 'MAJOR')],
      standing('unacknowledged', 'MAJOR', {
        ...HIHI,
        sinceAt: at(1),
        calls: { simple: active(1), epics: active(2) },
      }),
    ],
    [
      'both kinds: the higher level, ALARM over MINOR, whose status is not the one of the level',
      [simple(1, true), epics(2, 'MINOR')],
      standing('unacknowledged', 'ALARM', {
        sinceAt: at(1),
        calls: { simple: active(1), epics: active(2) },
      }),
    ],
    [
      'either is enough: the simple one clears, the EPICS one stays',
      [simple(1, true), epics(2, 'MAJOR'), simple(3, false)],
      standing('unacknowledged', 'MAJOR', {
        ...HIHI,
        sinceAt: at(1),
        calls: { simple: active(1), epics: active(2) },
      }),
    ],
    [
      'both clear',
      [simple(1, true), epics(2, 'MAJOR'), simple(3, false), epics(4, 'NO_ALARM')],
      {},
    ],
  ])('%s', (_case, events, row) => {
    given(...events).shows(row);
  });
});

describe('the occurrence', () => {
  it('opens with the alarming record after normal, and remembers start and highest level', () => {
    given(epics(1, 'NO_ALARM'), epics(2, 'MAJOR'), epics(3, 'MINOR')).hasOccurrence({
      openedBy: ioc(2),
      startedAt: at(2),
      highestLevel: 'MAJOR',
      calls: { epics: { record: ioc(2), level: 'MAJOR' } },
      isKnownFromStart: true,
    });
  });

  it('opens anew after a return', () => {
    given(epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), epics(3, 'MINOR')).hasOccurrence({
      openedBy: ioc(3),
      startedAt: at(3),
      highestLevel: 'MINOR',
      calls: { epics: { record: ioc(3), level: 'MINOR' } },
      isKnownFromStart: true,
    });
  });

  it('goes on while the other kind is active, and keeps the start', () => {
    given(simple(1, true), epics(2, 'MAJOR'), simple(3, false), simple(4, true)).hasOccurrence({
      openedBy: ioc(1),
      startedAt: at(1),
      highestLevel: 'MAJOR',
      calls: {
        simple: { record: ioc(1), level: 'ALARM' },
        epics: { record: ioc(2), level: 'MAJOR' },
      },
      isKnownFromStart: true,
    });
  });

  it('of a latching alarm closes when it has returned and is acknowledged, in either order', () => {
    given(
      LATCHING,
      epics(1, 'MAJOR'),
      epicsAck(2, 'MAJOR_ACK'),
      epics(3, 'NO_ALARM'),
    ).hasOccurrence(null);
    given(
      LATCHING,
      epics(1, 'MAJOR'),
      epics(2, 'NO_ALARM'),
      epicsAck(3, 'MAJOR_ACK'),
    ).hasOccurrence(null);
  });
});

describe('the calling record', () => {
  const callsAfter = (...events: AlarmEvent[]) => {
    const calls = stateAfter(events).occurrence?.calls ?? {};
    return {
      simple: calls.simple?.record.offset,
      epics: calls.epics?.record.offset,
    };
  };
  it.each<[string, AlarmEvent[], { simple?: number; epics?: number }]>([
    ['the record that joined', [epics(1, 'MINOR')], { epics: 1 }],
    ['a repeat is none', [epics(1, 'MAJOR'), epics(2, 'MAJOR')], { epics: 1 }],
    ['a rise is one', [epics(1, 'MINOR'), epics(2, 'MAJOR')], { epics: 2 }],
    ['INVALID above MAJOR is one', [epics(1, 'MAJOR'), epics(2, 'INVALID')], { epics: 2 }],
    ['a fall is none', [epics(1, 'MAJOR'), epics(2, 'MINOR')], { epics: 1 }],
    [
      'a rise to a level that it had is none',
      [epics(1, 'MAJOR'), epics(2, 'MINOR'), epics(3, 'MAJOR')],
      { epics: 1 },
    ],
    [
      'a rise above all levels that it had is one',
      [epics(1, 'MAJOR'), epics(2, 'MINOR'), epics(3, 'INVALID')],
      { epics: 3 },
    ],
    ['each kind has its own', [simple(1, true), epics(2, 'MINOR')], { simple: 1, epics: 2 }],
    [
      'a kind that left and came back at the same level is none',
      [simple(1, true), epics(2, 'MAJOR'), epics(3, 'NO_ALARM'), epics(4, 'MAJOR')],
      { simple: 1, epics: 2 },
    ],
    [
      'a kind that left and came back higher is one',
      [simple(1, true), epics(2, 'MINOR'), epics(3, 'NO_ALARM'), epics(4, 'MAJOR')],
      { simple: 1, epics: 4 },
    ],
    [
      'after a return every kind begins anew',
      [epics(1, 'MAJOR'), epics(2, 'NO_ALARM'), simple(3, true)],
      { simple: 3 },
    ],
  ])('%s', (_case, events, calls) => {
    expect(callsAfter(...events)).toEqual({ simple: undefined, epics: undefined, ...calls });
  });
});

describe('unacknowledged again', () => {
  const row = (level: AlarmRow['level'], call: number) =>
    standing('unacknowledged', level, { ...HIHI, sinceAt: at(1), calls: { epics: active(call) } });
  const answered = (level: AlarmRow['level'], call: number, ack: number) =>
    standing('acknowledged', level, {
      ...HIHI,
      ...answeredAt(ack),
      sinceAt: at(1),
      calls: { epics: active(call) },
    });
  it.each<[string, AlarmEvent[], Partial<AlarmRow>]>([
    [
      'by a rise',
      [epics(1, 'MINOR'), epicsAck(2, 'MAJOR_ACK'), epics(3, 'MAJOR')],
      row('MAJOR', 3),
    ],
    [
      'by a rise to INVALID, the worst',
      [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epics(3, 'INVALID')],
      row('INVALID', 3),
    ],
    [
      'not when the source repeats itself',
      [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epics(3, 'MAJOR'), epics(4, 'MAJOR')],
      answered('MAJOR', 1, 2),
    ],
    [
      'not on a fall',
      [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epics(3, 'MINOR')],
      answered('MINOR', 1, 2),
    ],
    [
      'not when it rises again to a level already answered',
      [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epics(3, 'MINOR'), epics(4, 'MAJOR')],
      answered('MAJOR', 1, 2),
    ],
    [
      'by taking the acknowledgement back',
      [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epicsAck(3, 'NO_ACK')],
      row('MAJOR', 1),
    ],
    [
      'and acknowledged once more after that',
      [
        epics(1, 'MAJOR'),
        epicsAck(2, 'MAJOR_ACK'),
        epicsAck(3, 'NO_ACK'),
        epicsAck(4, 'MAJOR_ACK'),
      ],
      answered('MAJOR', 1, 4),
    ],
  ])('%s', (_case, events, shown) => {
    given(...events).shows(shown);
  });

  it('by a new occurrence', () => {
    const first = [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epics(3, 'NO_ALARM')];
    given(...first, epics(4, 'MAJOR')).shows(
      standing('unacknowledged', 'MAJOR', {
        ...HIHI,
        sinceAt: at(4),
        calls: { epics: active(4) },
      }),
    );
  });

  it('when the other kind joins an acknowledged alarm', () => {
    given(epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), simple(3, true)).shows(
      standing('unacknowledged', 'MAJOR', {
        ...HIHI,
        sinceAt: at(1),
        calls: { simple: active(3), epics: active(1) },
      }),
    );
  });
});

describe('only the remains of a log', () => {
  const remaining = { isHistoryWhole: false } as const;

  it('an alarming record newer than the acknowledgement is unanswered', () => {
    given(epicsAck(3, 'MAJOR_ACK', remaining), epics(4, 'MAJOR', remaining)).shows(
      standing('unacknowledged', 'MAJOR', {
        ...HIHI,
        sinceAt: at(4),
        isSinceExact: false,
        calls: { epics: active(4) },
      }),
    );
  });

  it('an acknowledgement after the record that is left answers it', () => {
    given(epics(4, 'MAJOR', remaining), epicsAck(5, 'MAJOR_ACK', remaining)).shows(
      standing('acknowledged', 'MAJOR', {
        ...HIHI,
        ...answeredAt(5),
        sinceAt: at(4),
        isSinceExact: false,
        calls: { epics: active(4) },
      }),
    );
  });

  it('MINOR_ACK does not count: before the record that is left the alarm may have stood higher', () => {
    given(epics(4, 'MINOR', remaining), epicsAck(5, 'MINOR_ACK', remaining)).shows(
      standing('unacknowledged', 'MINOR', {
        ...HIHI,
        sinceAt: at(4),
        isSinceExact: false,
        calls: { epics: active(4) },
      }),
    );
  });

  it('a kind met in the remains calls even where the other kind was known', () => {
    const events = [simple(4, true), simpleAck(5, true), epics(9, 'MINOR', remaining)];
    given(...events).shows(
      standing('unacknowledged', 'ALARM', {
        sinceAt: at(4),
        isSinceExact: false,
        calls: { simple: active(4), epics: active(9) },
      }),
    );
  });

  it('MINOR_ACK does not count for a kind met in the remains, though the other kind was known', () => {
    const events = [simple(4, true), simpleAck(5, true), epics(9, 'MINOR', remaining)];
    given(...events, epicsAck(10, 'MINOR_ACK')).shows(
      standing('unacknowledged', 'ALARM', {
        sinceAt: at(4),
        isSinceExact: false,
        calls: { simple: active(4), epics: active(9) },
      }),
    );
  });
});
