import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../../core/lib/units.ts';
import { BURST_GAP_MS, firstOut } from '../../../../../renderer/features/alarms/first-out.ts';
import { anAlarmRow } from '../../../../builders/an-alarm-row.ts';

function newestFirst(...starts: number[]) {
  const rows = starts.map((at) =>
    anAlarmRow({ name: alarmName(`at ${at}`), sinceAt: epochMs(at) }),
  );
  return { count: () => rows.length, rowAt: (at: number) => rows[at] };
}

describe('first out', () => {
  it('is the oldest alarm of the newest burst', () => {
    const found = firstOut(newestFirst(1_000_000, 990_000, 950_000, 100_000));
    expect([found?.row.name, found?.burst]).toEqual(['at 950000', 3]);
  });

  it('is not said of an alarm that came alone', () => {
    expect(firstOut(newestFirst(1_000_000, 1_000_000 - BURST_GAP_MS - 1))).toBeNull();
    expect(firstOut(newestFirst(5))).toBeNull();
    expect(firstOut(newestFirst())).toBeNull();
  });
});
