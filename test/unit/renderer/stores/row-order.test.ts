import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { sortKeyOf } from '../../../../renderer/stores/row-order.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';

const order = { column: 'level', isReversed: false } as const;

describe('row order', () => {
  it('keeps an unanswered alarm with a record that cannot be decoded among the unanswered', () => {
    const rows = [
      anAlarmRow({ name: alarmName('minor'), level: 'MINOR' }),
      anAlarmRow({ name: alarmName('unreadable'), level: 'MAJOR', effective: 'undecodable' }),
      anAlarmRow({ name: alarmName('unknown'), actual: 'normal', effective: 'undecodable' }),
      anAlarmRow({ name: alarmName('done'), actual: 'acknowledged', effective: 'acknowledged' }),
    ];
    const sorted = [...rows]
      .reverse()
      .sort((a, b) => sortKeyOf(a, order).first - sortKeyOf(b, order).first);
    expect(sorted.map((row) => row.name)).toEqual(['unreadable', 'minor', 'unknown', 'done']);
  });
});
