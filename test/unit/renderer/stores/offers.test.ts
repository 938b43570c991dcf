import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { createAlarmIndex } from '../../../../renderer/stores/alarm-index.ts';
import { offersFor, undoOffer } from '../../../../renderer/stores/offers.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';

const calling = anAlarmRow();
const answered = anAlarmRow({
  name: alarmName('b'),
  actual: 'acknowledged',
  effective: 'acknowledged',
  canShelve: false,
});

describe('offers', () => {
  it('offers each command to the selected alarms that it fits', () => {
    const offers = offersFor([calling, answered], null);
    expect(offers.acknowledge.rows).toEqual([calling]);
    expect(offers.shelve.rows).toEqual([calling]);
    expect(offers.unshelve.reasonOff).toBe('No selected alarm is shelved.');
  });

  it('offers the acknowledgement of an alarm that is shelved while unacknowledged', () => {
    const covered = anAlarmRow({ effective: 'shelved' });
    expect(offersFor([covered], null).acknowledge.rows).toEqual([covered]);
  });

  it('says why a command does not fit one alarm', () => {
    expect(offersFor([answered], null).shelve.reasonOff).toBe('This alarm may not be shelved.');
  });

  it('offers nothing while the console is not live, with the reason', () => {
    const offers = offersFor([calling], 'Not live: connecting.');
    expect(Object.values(offers).map((offer) => offer.reasonOff)).toEqual(
      Array.from({ length: 3 }, () => 'Not live: connecting.'),
    );
    expect(Object.values(offers).flatMap((offer) => offer.rows)).toEqual([]);
  });

  it('takes back the last acknowledgement as long as it stands', () => {
    const index = createAlarmIndex();
    index.apply([answered], []);
    const undoable = { verb: 'acknowledge', rows: [answered] } as const;
    expect(undoOffer(undoable, index, null).rows).toEqual([answered]);
    index.apply([{ ...answered, actual: 'unacknowledged' }], []);
    expect(undoOffer(undoable, index, null).reasonOff).toBe(
      'Your last action can no longer be taken back.',
    );
  });
});
