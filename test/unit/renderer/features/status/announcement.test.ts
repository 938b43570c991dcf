import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../../core/lib/alarm-name.ts';
import { announcementOf } from '../../../../../renderer/features/status/announcement.ts';
import { anAlarmRow } from '../../../../builders/an-alarm-row.ts';

describe('announcement', () => {
  it('names one alarm with level and place, and interrupts for MAJOR', () => {
    expect(announcementOf([anAlarmRow()])).toEqual({
      text: 'MAJOR channel1 unacknowledged, INJ, RF.',
      isUrgent: true,
    });
  });

  it('is polite for a lower level', () => {
    expect(announcementOf([anAlarmRow({ level: 'MINOR' })])?.isUrgent).toBe(false);
  });

  it('sums up many in one sentence', () => {
    const rows = [
      anAlarmRow({ name: alarmName('VIP2R08'), level: 'MINOR' }),
      anAlarmRow({ level: 'INVALID' }),
    ];
    expect(announcementOf(rows)?.text).toBe('2 new alarms, worst INVALID, first VIP2R08.');
  });

  it('says nothing of nothing', () => {
    expect(announcementOf([])).toBeNull();
  });
});
