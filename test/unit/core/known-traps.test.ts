import { describe, expect, it } from 'vitest';
import { createAlarmBook } from '../../../core/alarm/alarm-book.ts';
import { decideAcknowledge } from '../../../core/alarm/decide-acknowledge.ts';
import type { AlarmEvent } from '../../../core/alarm/events.ts';
import { viewAlarm } from '../../../core/effective-state/view-alarm.ts';
import { decideKeep } from '../../../core/keeping/decide-keep.ts';
import { alarmName } from '../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../core/lib/units.ts';
import { decideShelve } from '../../../core/shelving/decide-shelve.ts';
import {
  active,
  anEvent,
  answering,
  at,
  epics,
  epicsAck,
  mark,
  registered,
  shelved,
  simple,
  simpleAck,
} from '../../builders/alarm-events.ts';
import { given, stateAfter } from '../../builders/story.ts';

/** The row of channel1 after these records. */
const rowAfter = (events: readonly AlarmEvent[], now = at(1_000)) =>
  viewAlarm(stateAfter(events), now);
const actualAfter = (...events: AlarmEvent[]) => rowAfter(events).actual;

describe('traps of the systems whose records we read', () => {
  it('quick start without --alarming writes alarming=false: that is no alarm', () => {
    given(simple(1, false)).shows({});
  });

  it('an empty Ack stored in the branch of Alarming: the key tells the slot, and it opens nothing', () => {
    given(simpleAck(1, true)).shows({});
  });

  it('the shelf service that nobody shipped: a shelf ends without any record', () => {
    const events = [registered(0), shelved(1, at(60))];
    expect([at(59), at(60)].map((now) => rowAfter(events, now).effective)).toEqual([
      'shelved',
      'normal',
    ]);
  });

  it('two orders of precedence: ours shows a shelved alarm as shelved, its own state beside it', () => {
    const row = rowAfter([registered(0), epics(1, 'MAJOR'), shelved(2, null)]);
    expect([row.actual, row.effective]).toEqual(['unacknowledged', 'shelved']);
  });

  it('an ack that is tied to no message: ours answers the record that was seen, and no later one', () => {
    const risen = [epics(1, 'MINOR'), epics(2, 'MAJOR'), epicsAck(3, 'MAJOR_ACK', answering(1))];
    expect(actualAfter(...risen)).toBe('unacknowledged');
  });

  it('INVALID does not drop AckEPICS in the seed’s client: here a rise to INVALID calls again', () => {
    const events = [epics(1, 'MAJOR'), epicsAck(2, 'MAJOR_ACK'), epics(3, 'INVALID')];
    expect(actualAfter(...events)).toBe('unacknowledged');
  });

  it('AckEPICS has no INVALID_ACK: MAJOR_ACK answers INVALID', () => {
    expect(actualAfter(epics(1, 'INVALID'), epicsAck(2, 'MAJOR_ACK'))).toBe('acknowledged');
  });

  it('a repeated Alarming drops the ack in the seed’s client: here a repeat changes nothing', () => {
    expect(actualAfter(simple(1, true), simpleAck(2, true), simple(3, true))).toBe('acknowledged');
  });

  it('latching is a flag that nobody enforces: here it stays', () => {
    const latching = registered(0, { isLatching: true });
    expect(actualAfter(latching, simple(1, true), simple(2, false))).toBe(
      'returnedToNormalUnacknowledged',
    );
  });

  it('maxshelveduration is never enforced: here it holds against what was written', () => {
    const events = [registered(0, { maxShelvedSeconds: 60 }), shelved(10, at(9_000))];
    expect([at(69), at(70)].map((now) => rowAfter(events, now).effective)).toEqual([
      'shelved',
      'normal',
    ]);
  });

  it('maxshelveduration 0 is "never", not "no limit"', () => {
    const state = stateAfter([registered(0, { maxShelvedSeconds: 0 }), shelved(1, null)]);
    const decision = decideShelve(state, { untilAt: at(2_000), reason: 'noisy' }, at(1_000));
    expect([viewAlarm(state, at(2)).effective, decision]).toEqual([
      'normal',
      { ok: false, error: { code: 'ShelvingForbidden', alarm: 'channel1' } },
    ]);
  });

  it('"broker provided timestamp" is the writer’s: a clock that runs ahead lengthens no shelf beyond its limit', () => {
    const ahead = {
      ...shelved(1, at(9_000)),
      mark: { ...mark(1, 'shelved-alarms'), writtenAt: at(30) },
    };
    const row = rowAfter([registered(0, { maxShelvedSeconds: 60 }), ahead], at(2));
    expect(row.shelvedUntilAt).toBe(at(90));
  });

  it('one partition is assumed for the order of acks: an ack that is read first still answers its record', () => {
    const early = {
      ...epicsAck(2, 'MAJOR_ACK', answering(1)),
      mark: mark(2, 'active-alarms', 'anna', 1),
    };
    expect(actualAfter(early, epics(1, 'MAJOR'))).toBe('acknowledged');
  });

  it('delete.retention.ms=100 lets a reader miss a tombstone: a second look clears what is gone', () => {
    const book = createAlarmBook();
    for (const event of [registered(0), epics(1, 'MAJOR')]) book.apply(event);
    book.sweep(['simple', 'epics', 'simpleAck', 'epicsAck'], {
      topic: 'active-alarms',
      partition: 0,
      below: 10,
      survives: () => false,
    });
    expect(book.takeChanges(at(5)).rows.map((row) => row.actual)).toEqual(['normal']);
  });

  it('v1 clears with false and NO_ALARM, v2 with a tombstone: both are the same fact and leave a record', () => {
    given(simple(1, true), epics(2, 'MAJOR'), simple(3, false), epics(4, 'NO_ALARM')).shows({});
  });

  it('client.py shows other acks before and after compaction: ours are the same with the keeper’s word', () => {
    const latching = registered(0, { isLatching: true });
    const full = [latching, simpleAck(1, true), simple(2, true), simple(3, false)];
    const order = decideKeep(stateAfter(full));
    const word: AlarmEvent[] =
      order === null ? [] : [anEvent(order.fact, mark(0, 'alarm-occurrences', 'keeper'))];
    const remains = { isHistoryWhole: false };
    const compacted = [latching, ...word, simpleAck(1, true), simple(3, false, remains)];
    const actual = [actualAfter(...full), actualAfter(...compacted)];
    expect(actual).toEqual(['returnedToNormalUnacknowledged', 'returnedToNormalUnacknowledged']);
  });

  it.each([2 ** 53 + 1, 2 ** 63])(
    'an expiration of %d is no safe number: the alarm stays shelved',
    (end) => {
      const row = rowAfter([registered(0), shelved(1, end)]);
      expect([row.effective, row.shelvedUntilAt]).toEqual(['shelved', epochMs(end)]);
    },
  );

  it.each([-1, 0, 1])('an expiration of %d is long over', (end) => {
    expect(rowAfter([registered(0), shelved(1, end)]).effective).toBe('normal');
  });

  it('names with spaces, other scripts, | and quotes are names', () => {
    const names = ['a b', 'Ω θερμό', 'ポンプ', 'a|b', `"x" 'y'`];
    const book = createAlarmBook();
    for (const name of names) book.apply({ ...epics(1, 'MAJOR'), name: alarmName(name) });
    expect(book.takeChanges(at(5)).rows.map((row) => row.name)).toEqual(names);
  });

  it('records without headers: nobody is named, and nothing fails', () => {
    const nameless = { ...epicsAck(2, 'MAJOR_ACK'), mark: { ...mark(2), audit: {} } };
    const state = stateAfter([epics(1, 'MAJOR'), nameless]);
    expect([
      viewAlarm(state, at(5)).acknowledgedBy,
      decideAcknowledge(state, { epics: active(1) }),
    ]).toEqual([
      '',
      { ok: false, error: { code: 'AlreadyAcknowledged', alarm: 'channel1', at: at(2), by: '' } },
    ]);
  });

  it('only names with an alarming record are shown by the seed: here every registered one is', () => {
    const book = createAlarmBook();
    book.apply(registered(0));
    expect(book.takeChanges(at(5)).rows.map((row) => row.effective)).toEqual(['normal']);
  });
});
