import { describe, expect, it } from 'vitest';
import type { AlarmRow } from '../../../../core/effective-state/alarm-row.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { createAlarmIndex } from '../../../../renderer/stores/alarm-index.ts';
import type { Entry } from '../../../../renderer/stores/command-store.ts';
import { type Entries, offersFor, undoOffer } from '../../../../renderer/stores/offers.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';

const calling = anAlarmRow();
const answered = anAlarmRow({
  name: alarmName('b'),
  actual: 'acknowledged',
  effective: 'acknowledged',
  canShelve: false,
});

const NONE: Entries = new Map();

function entryOf(row: AlarmRow, verb: 'acknowledge' | 'unacknowledge'): Entry {
  const command = { verb, rows: [row] } as const;
  return { name: row.name, command, commandId: 'id', sentAt: 0, state: 'pending' };
}

describe('offers', () => {
  it('offers each command to the selected alarms that it fits', () => {
    const offers = offersFor([calling, answered], null, NONE);
    expect(offers.acknowledge.rows).toEqual([calling]);
    expect(offers.shelve.rows).toEqual([calling]);
    expect(offers.unshelve.reasonOff).toBe('No selected alarm is shelved.');
  });

  it('offers the acknowledgement of an alarm that is shelved while unacknowledged', () => {
    const covered = anAlarmRow({ effective: 'shelved' });
    expect(offersFor([covered], null, NONE).acknowledge.rows).toEqual([covered]);
  });

  it('says why a command does not fit one alarm', () => {
    expect(offersFor([answered], null, NONE).shelve.reasonOff).toBe(
      'This alarm may not be shelved: its registration forbids it.',
    );
    const unread = { ...answered, isRegistered: false };
    expect(offersFor([unread], null, NONE).shelve.reasonOff).toContain('cannot be decoded');
  });

  it('offers no command once more while its own record is awaited', () => {
    const other = anAlarmRow({ name: alarmName('c') });
    const entries = new Map([[calling.name, entryOf(calling, 'acknowledge')]]);
    expect(offersFor([calling, other], null, entries).acknowledge.rows).toEqual([other]);
    const { acknowledge, shelve } = offersFor([calling], null, entries);
    expect(acknowledge).toMatchObject({ rows: [], reasonOff: expect.stringMatching(/on its way/) });
    expect(shelve.rows).toEqual([calling]);
  });

  it('waits for the row after the record is back, but not when the alarm has called anew', () => {
    const entries = new Map([
      [calling.name, { ...entryOf(calling, 'acknowledge'), state: 'done' } as const],
    ]);
    expect(offersFor([calling], null, entries).acknowledge.rows).toEqual([]);
    const position = { topic: 'active-alarms', partition: 0, offset: 42 };
    const again = { ...calling, calls: { epics: position } };
    expect(offersFor([again], null, entries).acknowledge.rows).toEqual([again]);
  });

  it('offers nothing while the console is not live, with the reason', () => {
    const offers = offersFor([calling], 'Not live: connecting.', NONE);
    expect(Object.values(offers).map((offer) => offer.reasonOff)).toEqual(
      Array.from({ length: 3 }, () => 'Not live: connecting.'),
    );
    expect(Object.values(offers).flatMap((offer) => offer.rows)).toEqual([]);
  });

  it('takes back the last acknowledgement as long as it stands', () => {
    const index = createAlarmIndex();
    index.apply([answered], []);
    const undoable = { verb: 'acknowledge', rows: [answered] } as const;
    const state = { undoable, entries: NONE };
    expect(undoOffer(state, index, null).rows).toEqual([answered]);
    const entries = new Map([[answered.name, entryOf(answered, 'unacknowledge')]]);
    expect(undoOffer({ undoable, entries }, index, null)).toMatchObject({
      rows: [],
      reasonOff: expect.stringMatching(/on its way/),
    });
    index.apply([{ ...answered, actual: 'unacknowledged' }], []);
    expect(undoOffer(state, index, null).reasonOff).toBe(
      'Your last action can no longer be undone.',
    );
  });
});
