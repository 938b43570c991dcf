// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';
import { openWindow } from '../../../support/open-window.tsx';

afterEach(cleanup);

describe('virtual grid', () => {
  it('says of what slid in above the held row how bad it is', async () => {
    const { bridge, step } = await openWindow();
    const held = anAlarmRow({ name: alarmName('held'), level: 'MINOR' });
    await step(() => bridge.sendFeed([held]));
    await step(() => fireEvent.keyDown(screen.getByRole('grid'), { key: 'Home' }));
    const worse = anAlarmRow({ name: alarmName('worse'), level: 'INVALID' });
    await step(() => bridge.sendFeed([worse]));
    expect(screen.getByRole('button', { name: /moved in above/ }).textContent).toBe(
      '▲ 1 moved in above, at the top INVALID',
    );
  });
});
