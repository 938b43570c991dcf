// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { alarmName } from '../../../../../core/lib/alarm-name.ts';
import { anAlarmRow } from '../../../../builders/an-alarm-row.ts';
import { aDetail } from '../../../../fakes/fake-bridge.ts';
import { NOW_AT, type OpenedWindow, openWindow } from '../../../../support/open-window.tsx';

afterEach(cleanup);

const HOUR_MS = 3_600_000;

async function dialogOver(...names: string[]): Promise<OpenedWindow> {
  const opened = await openWindow();
  const rows = names.map((name) => anAlarmRow({ name: alarmName(name) }));
  await opened.step(() => opened.bridge.sendFeed(rows));
  await opened.step(() => opened.stores.console.dialogOpened({ dialog: 'shelve', names }));
  return opened;
}

function dialog() {
  return within(screen.getByRole('dialog'));
}

async function choose(opened: OpenedWindow, reason: string): Promise<void> {
  await opened.step(() =>
    fireEvent.change(dialog().getByLabelText('Reason'), { target: { value: reason } }),
  );
}

describe('shelve dialog', () => {
  it('says what will happen, asks for a reason, and sends both', async () => {
    const opened = await dialogOver('a', 'b');
    expect(
      dialog().getByText('Shelves 2 alarms until 13:05. They come back by themselves.'),
    ).toBeTruthy();
    const send = dialog().getByRole('button', { name: 'Shelve' });
    expect(send.title).toBe('Choose a reason.');
    await opened.step(() => fireEvent.click(send));
    expect(opened.bridge.asked('shelf:shelveAlarms')).toEqual([]);
    await choose(opened, 'Maintenance');
    await opened.step(() => fireEvent.click(send));
    expect(opened.bridge.asked('shelf:shelveAlarms')).toEqual([
      { names: ['a', 'b'], untilAt: NOW_AT + HOUR_MS, reason: 'Maintenance' },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('offers no open end and no preset beyond the limits of the registrations', async () => {
    const opened = await openWindow();
    opened.bridge.answers['alarm:readDetail'] = ({ name }) => {
      const detail = aDetail(name);
      const { registration } = detail;
      if (registration === null) return { ok: true, value: detail };
      return {
        ok: true,
        value: { ...detail, registration: { ...registration, maxShelvedSeconds: 1_800 } },
      };
    };
    await opened.step(() => opened.bridge.sendFeed([anAlarmRow()]));
    await opened.step(() =>
      opened.stores.console.dialogOpened({ dialog: 'shelve', names: ['channel1'] }),
    );
    expect(dialog().getByRole('button', { name: '8 h' }).title).toBe(
      'At most 30 min is allowed here.',
    );
    expect(dialog().queryByRole('button', { name: 'until unshelved' })).toBeNull();
    expect(dialog().getByText('Its registration allows at most 30 min.')).toBeTruthy();
  });

  it('stays open with what was typed when it is refused, and lists why alarm by alarm', async () => {
    const opened = await dialogOver('a', 'b');
    opened.bridge.answers['shelf:shelveAlarms'] = () => ({
      ok: true,
      value: [
        { name: 'a', state: 'pending', commandId: '1' },
        {
          name: 'b',
          state: 'refused',
          refusal: {
            code: 'DurationOverLimit',
            message: 'b may be shelved at most 15 min.',
            nextStep: 'Choose an earlier end.',
          },
        },
      ],
    });
    await choose(opened, 'Test');
    await opened.step(() =>
      fireEvent.change(dialog().getByLabelText('Note'), { target: { value: 'beam study' } }),
    );
    await opened.step(() => fireEvent.click(dialog().getByRole('button', { name: 'Shelve' })));
    expect(dialog().getByRole('alert').textContent).toContain(
      'b: b may be shelved at most 15 min. Choose an earlier end.',
    );
    expect(dialog().getByLabelText<HTMLInputElement>('Note').value).toBe('beam study');
    await opened.step(() => fireEvent.click(dialog().getByRole('button', { name: '15 min' })));
    await opened.step(() => fireEvent.click(dialog().getByRole('button', { name: 'Shelve' })));
    expect(opened.bridge.asked('shelf:shelveAlarms').at(-1)).toMatchObject({ names: ['b'] });
  });

  it('closes with Esc and sends nothing', async () => {
    const opened = await dialogOver('a');
    await opened.step(() => fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(opened.bridge.asked('shelf:shelveAlarms')).toEqual([]);
  });
});
