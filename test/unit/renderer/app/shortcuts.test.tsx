// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';
import { type OpenedWindow, openWindow } from '../../../support/open-window.tsx';

afterEach(cleanup);

const first = anAlarmRow({ name: alarmName('VIP2R08') });
const second = anAlarmRow({ name: alarmName('BPM 3H02'), level: 'MINOR' });

async function openedOnFirst(): Promise<OpenedWindow> {
  const opened = await openWindow();
  await opened.step(() => opened.bridge.sendFeed([first, second]));
  await opened.step(() => fireEvent.keyDown(grid(), { key: 'Home' }));
  return opened;
}

function grid(): HTMLElement {
  return screen.getByRole('grid');
}

function actions(): HTMLElement {
  return screen.getByRole('group', { name: 'Actions' });
}

describe('shortcuts', () => {
  it('acknowledges once, however often A is pressed before the record is back, and says why not again', async () => {
    const { bridge, step } = await openedOnFirst();
    for (let press = 0; press < 3; press += 1) {
      await step(() => fireEvent.keyDown(grid(), { key: 'a' }));
    }
    expect(bridge.asked('alarm:acknowledgeAlarms')).toHaveLength(1);
    expect(screen.getByText(/^It is on its way/)).toBeTruthy();
  });

  it('takes a key that is held down for one press', async () => {
    const { bridge, step } = await openedOnFirst();
    await step(() => fireEvent.keyDown(grid(), { key: 'a', repeat: true }));
    expect(bridge.asked('alarm:acknowledgeAlarms')).toEqual([]);
  });

  it('acknowledges nothing by a letter that is typed in a list of choices', async () => {
    const { bridge, step } = await openedOnFirst();
    const filter = screen.getByRole('region', { name: 'Filter' });
    await step(() => fireEvent.click(within(filter).getByRole('button', { name: /^State/ })));
    await step(() =>
      fireEvent.keyDown(screen.getByRole('checkbox', { name: 'acknowledged' }), { key: 'a' }),
    );
    expect(bridge.asked('alarm:acknowledgeAlarms')).toEqual([]);
  });

  it('names the alarm that the actions are for where the keyboard stands on another', async () => {
    const { bridge, step } = await openedOnFirst();
    await step(() => fireEvent.keyDown(grid(), { key: 'ArrowDown', ctrlKey: true }));
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('BPM 3H02');
    expect(actions().textContent).toContain('The actions are for VIP2R08.');
    await step(() => fireEvent.keyDown(grid(), { key: 'a' }));
    expect(bridge.asked('alarm:acknowledgeAlarms')).toMatchObject([
      { alarms: [{ name: 'VIP2R08' }] },
    ]);
  });

  it('orders the list from the palette', async () => {
    const { stores, step } = await openedOnFirst();
    await step(() => fireEvent.keyDown(grid(), { key: 'k', ctrlKey: true }));
    const field = screen.getByRole('combobox');
    await step(() => fireEvent.change(field, { target: { value: 'order by name' } }));
    await step(() => fireEvent.keyDown(field, { key: 'Enter' }));
    await expect.poll(() => stores.console.getState().orders.alarms.column).toBe('name');
  });

  it('says what of a filter is not understood and how many alarms the rest of it hides', async () => {
    const { step } = await openedOnFirst();
    const field = screen.getByRole('textbox', { name: 'Filter' });
    await step(() => fireEvent.change(field, { target: { value: 'level:mayor BPM' } }));
    const said = screen.getByText(/hidden by filter/).textContent;
    expect(said).toContain('No level is called "mayor"');
    expect(said).toContain('1 hidden by filter');
  });
});
