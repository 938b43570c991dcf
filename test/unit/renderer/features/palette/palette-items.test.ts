import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../../core/lib/alarm-name.ts';
import { paletteItems } from '../../../../../renderer/features/palette/palette-items.ts';
import { createAlarmIndex } from '../../../../../renderer/stores/alarm-index.ts';
import { anAlarmRow } from '../../../../builders/an-alarm-row.ts';

const index = createAlarmIndex();
index.apply(
  ['R2 VIP', 'VIP1', 'VIP2'].map((name) => anAlarmRow({ name: alarmName(name) })),
  [],
);
const shelve = { id: 's', text: 'Shelve…', shortcut: 'S', reasonOff: null, run: () => undefined };

function found(typed: string): string[] {
  return paletteItems(typed, [shelve], index).map((item) =>
    item.item === 'action' ? item.action.text : item.row.name,
  );
}

describe('palette items', () => {
  it('lists the actions before anything is typed', () => {
    expect(found('')).toEqual(['Shelve…']);
  });

  it('finds alarms by any part of the name, those that begin with it first', () => {
    expect(found('vip')).toEqual(['VIP1', 'VIP2', 'R2 VIP']);
    expect(found('vip r')).toEqual(['R2 VIP']);
  });

  it('finds actions and alarms with one word', () => {
    expect(found('she')).toEqual(['Shelve…']);
    expect(found('nothing')).toEqual([]);
  });
});
