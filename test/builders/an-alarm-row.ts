import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import { epochMs } from '../../core/lib/units.ts';

/** The row of an EPICS alarm that calls for the operator; override what the test is about. */
export function anAlarmRow(overrides: Partial<AlarmRow> = {}): AlarmRow {
  return {
    name: alarmName('channel1'),
    actual: 'unacknowledged',
    effective: 'unacknowledged',
    level: 'MAJOR',
    status: 'HIHI',
    location: 'INJ',
    category: 'RF',
    isRegistered: true,
    isLatching: false,
    canShelve: true,
    hasUndecodable: false,
    sinceAt: epochMs(1_767_225_000_000),
    isSinceExact: true,
    acknowledgedBy: null,
    acknowledgedAt: null,
    shelvedUntilAt: null,
    shelvedBy: null,
    shelfReason: null,
    calls: { epics: { topic: 'active-alarms', partition: 0, offset: 41 } },
    ...overrides,
  };
}
