import { expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import { alarmTable } from '../../../../main/report/alarm-table.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';

const row = (name: string, overrides: Parameters<typeof anAlarmRow>[0] = {}) =>
  anAlarmRow({ name: alarmName(name), ...overrides });

it('prints abnormal alarms in columns, the worst and newest first', () => {
  const rows = [
    row('minor', { level: 'MINOR' }),
    row('older', { sinceAt: epochMs(1) }),
    row('newer', { sinceAt: epochMs(2) }),
    row('calm', { effective: 'normal', actual: 'normal', level: 'NORMAL', sinceAt: null }),
  ];
  expect(alarmTable(rows, (at) => `t${at}`).split('\n')).toEqual([
    'LEVEL  STATE           ALARM  LOCATION  CATEGORY  SINCE',
    'MAJOR  unacknowledged  newer  INJ       RF        t2',
    'MAJOR  unacknowledged  older  INJ       RF        t1',
    'MINOR  unacknowledged  minor  INJ       RF        t1767225000000',
    '',
    '3 of 4 alarms are not normal.',
  ]);
});

it('says so when nothing is active', () => {
  expect(alarmTable([], () => '')).toBe('No alarm is active. Watching 0 alarms.');
});
