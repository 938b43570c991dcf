import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { showAlarm } from '../../../../renderer/app/show-alarm.ts';
import { createStores, type Stores } from '../../../../renderer/stores/stores.tsx';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';
import { FakeBridge } from '../../../fakes/fake-bridge.ts';
import { ManualFrames } from '../../../fakes/manual-frames.ts';

function storesWith(...rows: ReturnType<typeof anAlarmRow>[]): Stores {
  const stores = createStores(new FakeBridge(), new ManualFrames(), () => 0);
  stores.feed.index.apply(rows, []);
  return stores;
}

describe('show alarm', () => {
  it('selects an alarm that the page shows and leaves the filter alone', () => {
    const stores = storesWith(anAlarmRow());
    stores.console.filterChanged('alarms', 'level:major');
    showAlarm(stores, 'channel1');
    expect(stores.console.getState().filters.alarms).toBe('level:major');
    expect(stores.selection.getState().active).toBe('channel1');
  });

  it('clears a filter that hides it', () => {
    const stores = storesWith(anAlarmRow());
    stores.console.filterChanged('alarms', 'level:minor');
    showAlarm(stores, 'channel1');
    expect(stores.console.getState().filters.alarms).toBe('');
  });

  it.each([
    ['shelved', 'shelf'],
    ['normal', 'definitions'],
  ] as const)('opens the page of an alarm that is %s', (effective, page) => {
    const stores = storesWith(anAlarmRow({ name: alarmName('a'), effective }));
    showAlarm(stores, 'a');
    expect(stores.console.getState().page).toBe(page);
  });

  it('does nothing for a name that is not there', () => {
    const stores = storesWith();
    showAlarm(stores, 'nobody');
    expect(stores.selection.getState().active).toBeNull();
  });
});
