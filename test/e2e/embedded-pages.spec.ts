import { expect } from '@playwright/test';
import { test } from '../support/e2e-console.ts';
import { consolePage, expectPhase, numberOf } from '../support/e2e-page.ts';
import { standingAlarm } from '../support/standing-alarms.ts';

test('a filter says how many alarms it hides, and clears', async ({ open }) => {
  const { page } = await open();
  const view = consolePage(page);
  const { name } = standingAlarm(() => true);
  await expect(view.row(name)).toBeVisible();
  await page.keyboard.press('/');
  await expect(view.filter).toBeFocused();
  await page.keyboard.type(name);
  await expect(view.rows).toHaveCount(1);
  await expect(page.getByText(/\d+ hidden by filter/)).toBeVisible();
  await page.getByRole('button', { name: 'clear', exact: true }).click();
  await expect(view.filter).toHaveValue('');
  await expect.poll(() => view.rows.count()).toBeGreaterThan(9);

  await view.filter.fill('no alarm is called so');
  await expect(page.getByText(/No alarm passes the filter: it hides \d+ alarms/)).toBeVisible();
  await view.filter.fill('');
  await view.count('unacknowledged').click();
  await expect(view.filter).toHaveValue('state:unacknowledged');
  await expect(view.count('unacknowledged')).toHaveAttribute('aria-pressed', 'true');
});

test('the definitions list every registered alarm in any state', async ({ open }) => {
  const { page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  await expect.poll(() => numberOf(view.count('normal'))).toBeGreaterThan(200);
  await view.openPage('Definitions');
  const account = page.getByText(/ registered alarms shown$/);
  await expect(account).toHaveText(/^(\d+) of \1 registered/);
  const registered = Number((await account.textContent())?.split(' ')[0]);
  await expect(view.grid).toHaveAttribute('aria-rowcount', String(registered + 1));
  await view.grid.focus();
  await page.keyboard.press('End');
  await expect(view.rows.last()).toHaveAttribute('aria-rowindex', String(registered + 1));
  await view.count('normal').click();
  await expect(view.filter).toHaveValue('state:normal');
  await expect(view.rows.first()).toContainText('normal');
});

test('everything is found by keyboard', async ({ open }) => {
  const { page } = await open();
  const view = consolePage(page);
  const { name } = standingAlarm(() => true);
  await expect(view.row(name)).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('acknowledge');
  await page.keyboard.press('Escape');
  await expect(view.dialog).toHaveCount(0);

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Find an action or an alarm' });
  await palette.getByRole('combobox').fill(name);
  await expect(palette.getByRole('option', { name })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(view.detail.getByRole('heading', { name })).toBeVisible();
  await expect(view.grid).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(view.detail).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(view.grid).toBeFocused();

  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('Go to Shelf');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No alarm is shelved.')).toBeVisible();

  await view.openPage('Alarms');
  await view.grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(view.grid.getByRole('row', { selected: true })).toHaveCount(2);
  await expect(view.detail.getByRole('button', { name: /^Acknowledge 2/ })).toBeVisible();
});
