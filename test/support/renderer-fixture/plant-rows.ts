import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import { alarmName } from '../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../core/lib/units.ts';
import { anAlarmRow } from '../../builders/an-alarm-row.ts';

const LOCATIONS = ['INJ', 'NL', 'SL', 'HA', 'HB', 'HC', 'HD'];
const CATEGORIES = ['Magnet', 'Vacuum', 'RF', 'RADCON', 'Safety'];
const LEVELS = ['MAJOR', 'MINOR', 'MINOR', 'ALARM', 'INVALID'] as const;
const PEOPLE = ['anna', 'ben', 'zoë'];

/** One alarm of the fixture plant by number: always the same for the same number. */
export function plantRow(at: number, nowAt: number): AlarmRow {
  const prefix = ['VIP', 'R', 'MQA', 'BPM ', 'IBC', 'Gate valve VBV'][at % 6] ?? '';
  return anAlarmRow({
    name: alarmName(`${prefix}${(at % 9) + 1}${'LRH'[at % 3] ?? ''}${String(at).padStart(2, '0')}`),
    actual: 'normal',
    effective: 'normal',
    level: 'NORMAL',
    status: '',
    location: LOCATIONS[at % 7] ?? '',
    category: CATEGORIES[at % 5] ?? '',
    isLatching: at % 7 === 1,
    canShelve: at % 9 !== 4,
    sinceAt: null,
    calls: {},
    acknowledgedAt: at % 2 === 0 ? null : epochMs(nowAt),
  });
}

/** An alarm of the plant that calls, `agoMs` before now. */
export function calling(at: number, nowAt: number, agoMs: number): AlarmRow {
  const level = LEVELS[(at * 7) % 5] ?? 'MINOR';
  return {
    ...plantRow(at, nowAt),
    actual: 'unacknowledged',
    effective: 'unacknowledged',
    level,
    status: level === 'ALARM' ? '' : level === 'MAJOR' ? 'HIHI' : 'HIGH',
    sinceAt: epochMs(nowAt - agoMs),
    acknowledgedAt: null,
    calls: { epics: { topic: 'active-alarms', partition: 0, offset: 1_000 + at } },
  };
}

/** The same, acknowledged. */
export function answered(at: number, nowAt: number, agoMs: number): AlarmRow {
  return {
    ...calling(at, nowAt, agoMs),
    actual: 'acknowledged',
    effective: 'acknowledged',
    acknowledgedBy: PEOPLE[at % 3] ?? 'anna',
    acknowledgedAt: epochMs(nowAt - agoMs + 60_000),
  };
}

/** A latching one that has returned without an answer. */
export function returned(at: number, nowAt: number, agoMs: number): AlarmRow {
  return {
    ...calling(at, nowAt, agoMs),
    actual: 'returnedToNormalUnacknowledged',
    effective: 'returnedToNormalUnacknowledged',
    isLatching: true,
  };
}

/** One on the shelf, for `leftMs` more (null = until somebody unshelves it). */
export function shelved(at: number, nowAt: number, leftMs: number | null): AlarmRow {
  return {
    ...answered(at, nowAt, 4_000_000),
    effective: 'shelved',
    shelvedUntilAt: leftMs === null ? null : epochMs(nowAt + leftMs),
    shelvedBy: PEOPLE[at % 3] ?? 'anna',
    shelfReason: 'Maintenance: pump 2 is out until the seal has come',
  };
}

/** 248 alarms: the scene of the still picture, or all of them calling. */
export function plant(kind: 'calm' | 'busy' | 'all', nowAt: number): AlarmRow[] {
  const rows = Array.from({ length: 248 }, (_, at) => plantRow(at, nowAt));
  if (kind === 'calm') return rows;
  if (kind === 'all') {
    return rows.map((_, at) =>
      at % 4 === 3 ? answered(at, nowAt, at * 90_000) : calling(at, nowAt, at * 4_000),
    );
  }
  const abnormal = [
    ...[7, 20, 31, 48, 62, 75].map((at, step) => calling(at, nowAt, 60_000 + step * 9_000)),
    ...[90, 122].map((at) => returned(at, nowAt, 540_000)),
    ...[101, 111, 133, 140, 151].map((at, step) => answered(at, nowAt, 4_900_000 * (step + 1))),
    ...[160, 171, 182].map((at, step) =>
      shelved(at, nowAt, [440_000, 9_400_000, null][step] ?? null),
    ),
  ];
  const byName = new Map(rows.map((row) => [row.name, row]));
  for (const row of abnormal) byName.set(row.name, row);
  const stranger = {
    ...answered(301, nowAt, 21_300_000),
    isRegistered: false,
    location: '',
    category: '',
  };
  byName.set(stranger.name, stranger);
  return [...byName.values()];
}
