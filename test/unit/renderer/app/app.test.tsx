// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import { aFeedStatus } from '../../../builders/a-feed-status.ts';
import { aSessionView } from '../../../builders/a-session-view.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';
import { FakeBridge } from '../../../fakes/fake-bridge.ts';
import { NOW_AT, type OpenedWindow, openWindow } from '../../../support/open-window.tsx';

afterEach(cleanup);

const major = anAlarmRow({ name: alarmName('VIP2R08') });
const minor = anAlarmRow({ name: alarmName('BPM 3H02'), level: 'MINOR', category: 'Magnet' });

async function openedWith(...rows: (typeof major)[]): Promise<OpenedWindow> {
  const opened = await openWindow();
  await opened.step(() => opened.bridge.sendFeed(rows));
  return opened;
}

function grid(): HTMLElement {
  return screen.getByRole('grid');
}

function shownNames(): (string | null)[] {
  return within(grid())
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.getAttribute('data-alarm'));
}

describe('the window', () => {
  it('shows phase, counts and alarms of the feed', async () => {
    await openedWith(minor, major);
    expect(screen.getByRole('status', { name: 'State of the watch' }).dataset['phase']).toBe(
      'live',
    );
    expect(screen.getByRole('button', { name: '2 unacknowledged' })).toBeTruthy();
    expect(shownNames()).toEqual(['VIP2R08', 'BPM 3H02']);
    expect(grid().getAttribute('aria-rowcount')).toBe('3');
  });

  it('says that nothing is known yet before the log has been read', async () => {
    await openWindow();
    expect(screen.getByText(/Nothing is known of the alarms yet/)).toBeTruthy();
    expect(screen.getByRole('status', { name: 'State of the watch' }).textContent).toContain(
      'CONNECTING',
    );
  });

  it('moves by keyboard and acknowledges with A what the operator saw', async () => {
    const { bridge, step } = await openedWith(major, minor);
    await step(() => fireEvent.keyDown(grid(), { key: 'ArrowDown' }));
    await step(() => fireEvent.keyDown(grid(), { key: 'a' }));
    expect(bridge.asked('alarm:acknowledgeAlarms')).toEqual([
      { alarms: [{ name: 'VIP2R08', calls: major.calls }] },
    ]);
    expect(screen.getByText('acknowledging… pending')).toBeTruthy();
  });

  it('acknowledges everything that is selected with Ctrl+A, one command an alarm', async () => {
    const { bridge, step } = await openedWith(major, minor);
    await step(() => fireEvent.keyDown(grid(), { key: 'a', ctrlKey: true }));
    await step(() => fireEvent.keyDown(grid(), { key: 'a' }));
    expect(bridge.asked('alarm:acknowledgeAlarms')).toMatchObject([
      { alarms: [{ name: 'VIP2R08' }, { name: 'BPM 3H02' }] },
    ]);
  });

  it('finds a row by the beginning of its name, without taking letters of it for commands', async () => {
    const { bridge, stores, step } = await openedWith(
      major,
      anAlarmRow({ name: alarmName('bay') }),
    );
    await step(() => fireEvent.keyDown(grid(), { key: 'b' }));
    await step(() => fireEvent.keyDown(grid(), { key: 'a' }));
    expect(stores.selection.getState().active).toBe('bay');
    expect(bridge.asked('alarm:acknowledgeAlarms')).toEqual([]);
  });

  it('opens the keys with ? and goes to the filter with /, from the list too', async () => {
    const { step } = await openedWith(minor, major);
    await step(() => fireEvent.keyDown(grid(), { key: '?' }));
    expect(screen.getByRole('dialog')).toBeTruthy();
    await step(() => fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' }));
    await step(() => fireEvent.keyDown(grid(), { key: '/' }));
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Filter' }));
  });

  it('turns every command off while it is not live, with the reason', async () => {
    const { bridge, step } = await openedWith(major);
    const phase = { phase: 'stale', sinceAt: NOW_AT - 7_000 } as const;
    await step(() => bridge.sendFeed([], { status: aFeedStatus({ phase }) }));
    await step(() => fireEvent.click(screen.getByText('VIP2R08', { selector: '.name-text' })));
    const button = screen.getByRole('button', { name: /^Acknowledge/ });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.title).toContain('Not live');
    await step(() => fireEvent.click(button));
    await step(() => fireEvent.keyDown(grid(), { key: 'a' }));
    expect(bridge.asked('alarm:acknowledgeAlarms')).toEqual([]);
    expect(document.querySelector('.frame-deaf')).not.toBeNull();
    expect(screen.getByRole('status', { name: 'State of the watch' }).textContent).toBe(
      'STALE for 7 s',
    );
  });

  it('keeps the selected row in its place when it is acknowledged, and lets it go afterwards', async () => {
    const { bridge, step } = await openedWith(major, minor);
    await step(() => fireEvent.keyDown(grid(), { key: 'Home' }));
    const done = { ...major, actual: 'acknowledged', effective: 'acknowledged' } as const;
    await step(() => bridge.sendFeed([done]));
    expect(shownNames()).toEqual(['VIP2R08', 'BPM 3H02']);
    await step(() => fireEvent.keyDown(grid(), { key: 'ArrowDown' }));
    expect(shownNames()).toEqual(['BPM 3H02', 'VIP2R08']);
  });

  it('filters as typed, says how many are hidden, and clears', async () => {
    const { step } = await openedWith(major, minor);
    const field = screen.getByRole('textbox', { name: 'Filter' });
    await step(() => fireEvent.change(field, { target: { value: 'level:minor' } }));
    expect(shownNames()).toEqual(['BPM 3H02']);
    expect(screen.getByText(/1 hidden by filter/)).toBeTruthy();
    await step(() => fireEvent.click(screen.getByRole('button', { name: 'clear' })));
    expect(shownNames()).toHaveLength(2);
  });

  it('filters by a count that is clicked, and takes it back by another click', async () => {
    const shelved = anAlarmRow({ name: alarmName('s'), effective: 'acknowledged' });
    const { step } = await openedWith(major, shelved);
    const count = screen.getByRole('button', { name: '1 acknowledged' });
    await step(() => fireEvent.click(count));
    expect(shownNames()).toEqual(['s']);
    expect(count.getAttribute('aria-pressed')).toBe('true');
    await step(() => fireEvent.click(count));
    expect(shownNames()).toHaveLength(2);
  });

  it('never leaves an alarm selected that a filter hides', async () => {
    const { stores, step } = await openedWith(major, minor);
    await step(() => fireEvent.keyDown(grid(), { key: 'Home' }));
    await step(() => stores.console.filterChanged('alarms', 'level:minor'));
    expect(stores.selection.getState().selected.size).toBe(0);
  });

  it('lists a refusal with its sentence and next step until it is closed', async () => {
    const { bridge, step } = await openedWith(major);
    bridge.answers['alarm:acknowledgeAlarms'] = ({ alarms }) => ({
      ok: true,
      value: alarms.map(({ name }) => ({
        name,
        state: 'refused',
        refusal: {
          code: 'AlarmedAgain',
          message: `${name} alarmed again at 12:03:58, after your view.`,
          nextStep: 'Look at it again.',
        },
      })),
    });
    await step(() => fireEvent.keyDown(grid(), { key: 'Home' }));
    await step(() => fireEvent.keyDown(grid(), { key: 'a' }));
    const results = screen.getByRole('region', { name: 'Results of commands' });
    expect(results.textContent).toContain('VIP2R08 alarmed again at 12:03:58, after your view.');
    await step(() => fireEvent.click(within(results).getByRole('button', { name: 'Close' })));
    expect(results.textContent).toBe('');
  });

  it('offers to create what is missing, and creates nothing before it is told to', async () => {
    const bridge = new FakeBridge({
      'session:readSession': () => ({
        ok: true,
        value: aSessionView({ missing: ['active-alarms'] }),
      }),
    });
    const { step } = await openWindow(bridge);
    expect(bridge.asked('session:createTopics')).toEqual([]);
    await step(() => fireEvent.click(screen.getByRole('button', { name: 'Create topics' })));
    expect(bridge.asked('session:createTopics')).toHaveLength(1);
    expect(screen.queryByRole('region', { name: 'Missing topics' })).toBeNull();
  });

  it('says that no keeper runs while that may hide an alarm', async () => {
    const { bridge, step } = await openedWith(major);
    await step(() => bridge.sendFeed([], { status: aFeedStatus({ isKeeperSeen: false }) }));
    expect(screen.getByRole('region', { name: 'Notices' }).textContent).toContain('No keeper runs');
  });

  it('shows the shelf with reason and person, and unshelves from there', async () => {
    const shelved = anAlarmRow({
      name: alarmName('quiet'),
      effective: 'shelved',
      shelvedUntilAt: epochMs(NOW_AT + 424_000),
      shelvedBy: 'anna',
      shelfReason: 'Maintenance',
    });
    const { bridge, step } = await openedWith(major, shelved);
    expect(shownNames()).toEqual(['VIP2R08']);
    await step(() => fireEvent.click(screen.getByRole('button', { name: 'Shelf' })));
    const row = within(grid()).getAllByRole('row')[1];
    expect(row?.textContent).toContain('7:04');
    expect(row?.textContent).toContain('annaMaintenance');
    await step(() => fireEvent.click(screen.getByRole('button', { name: 'Unshelve quiet' })));
    expect(bridge.asked('shelf:unshelveAlarms')).toEqual([{ names: ['quiet'] }]);
  });

  it('shows every registered alarm among the definitions, normal ones too', async () => {
    const calm = anAlarmRow({ name: alarmName('calm'), effective: 'normal', level: 'NORMAL' });
    const stranger = anAlarmRow({ name: alarmName('stranger'), isRegistered: false });
    const { step } = await openedWith(major, calm, stranger);
    await step(() => fireEvent.click(screen.getByRole('button', { name: 'Definitions' })));
    expect(shownNames()).toEqual(['calm', 'VIP2R08']);
  });

  it('says that definitions are still to come, until they are there', async () => {
    const { bridge, step } = await openedWith(major);
    await step(() => fireEvent.click(screen.getByRole('button', { name: 'Definitions' })));
    await step(() => bridge.sendFeed([], { rowsToCome: 1_200 }));
    expect(document.querySelector('.account')?.textContent).toContain('1,200 more are being read');
    await step(() => bridge.sendFeed([], { rowsToCome: 0 }));
    expect(document.querySelector('.account')?.textContent).toBe('1 of 1 registered alarms shown');
  });

  it('takes back the last acknowledgement with Z once it is done', async () => {
    const { bridge, step } = await openedWith(major);
    await step(() => fireEvent.keyDown(grid(), { key: 'Home' }));
    await step(() => fireEvent.keyDown(grid(), { key: 'a' }));
    await step(() => {
      bridge.emit('command:settled', {
        commandId: 'id-VIP2R08',
        name: 'VIP2R08',
        outcome: 'done',
      });
      bridge.sendFeed([{ ...major, actual: 'acknowledged', effective: 'acknowledged' }]);
    });
    await step(() => fireEvent.keyDown(grid(), { key: 'z' }));
    expect(bridge.asked('alarm:unacknowledgeAlarms')).toEqual([{ names: ['VIP2R08'] }]);
  });

  it('draws only the rows in sight of 10,000, and the last one when asked for', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) =>
      anAlarmRow({ name: alarmName(`alarm ${at}`), sinceAt: epochMs(NOW_AT - at) }),
    );
    const { step } = await openedWith(...rows);
    expect(shownNames().length).toBeLessThan(60);
    expect(grid().getAttribute('aria-rowcount')).toBe('10001');
    await step(() => fireEvent.keyDown(grid(), { key: 'End' }));
    const active = document.getElementById(grid().getAttribute('aria-activedescendant') ?? '');
    expect(active?.getAttribute('aria-rowindex')).toBe('10001');
    expect(shownNames().length).toBeLessThan(80);
  });
});
