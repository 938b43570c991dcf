import { userInfo } from 'node:os';
import { expect, type Locator } from '@playwright/test';
import { test } from '../support/e2e-console.ts';
import { consolePage, expectPhase } from '../support/e2e-page.ts';
import { standingAlarm } from '../support/standing-alarms.ts';

const { username } = userInfo();
const EIGHT_HOURS = 28_800;

test('an acknowledgement is pending until its record comes back, then done, and can be undone', async ({
  open,
}) => {
  const { page } = await open();
  const view = consolePage(page);
  const { name } = standingAlarm(() => true);
  await view.row(name).click();
  await expect(view.detail.getByRole('heading', { name })).toBeVisible();

  const said = await recordTexts(view.row(name));
  await page.keyboard.press('a');
  await expect(view.row(name)).toContainText(/ ?acknowledged \d\d:\d\d/);
  await expect(view.row(name)).toContainText(username);
  const texts = await said();
  const pendingAt = texts.findIndex((text) => text.includes('acknowledging… pending'));
  const doneAt = texts.findIndex((text) => /[^n]acknowledged \d\d:\d\d/.test(text));
  expect(pendingAt).toBeGreaterThanOrEqual(0);
  expect(doneAt).toBeGreaterThan(pendingAt);
  await expect(view.detail).toContainText(`${username} · klaxon-console`);

  await page.keyboard.press('z');
  await expect(view.row(name)).toContainText('unacknowledged');
});

test('the limit of the alarm itself rules what may be shelved', async ({ open }) => {
  const { page } = await open();
  const view = consolePage(page);
  const never = standingAlarm(({ maxShelvedSeconds }) => maxShelvedSeconds === 0);
  await view.row(never.name).click();
  await expect(view.detail).toContainText('may not be shelved');
  const shelve = view.detail.getByRole('button', { name: /^Shelve/ });
  await expect(shelve).toBeDisabled();
  await page.keyboard.press('s');
  await expect(
    page.getByText('This alarm may not be shelved: its registration forbids it.'),
  ).toBeVisible();
  await expect(view.dialog).toHaveCount(0);

  const limited = standingAlarm(({ maxShelvedSeconds }) => maxShelvedSeconds === EIGHT_HOURS);
  await view.row(limited.name).click();
  await page.keyboard.press('s');
  await expect(view.dialog).toContainText('8 h');
  await view.dialog.getByRole('button', { name: 'until…' }).click();
  await view.dialog.getByLabel('Shelve until').fill(localText(Date.now() + 2 * 86_400_000));
  await view.dialog.getByLabel('Reason').selectOption('Maintenance');
  await view.dialog.getByLabel('Note').fill('pump 3 is out');
  await expect(view.dialog).toContainText(`${limited.name} may be shelved at most 8 h`);
  await view.dialog.getByRole('button', { name: 'Shelve', exact: true }).click();
  await expect(view.dialog.getByRole('alert')).toContainText(
    `${limited.name} may be shelved for at most 8 h`,
  );
  await expect(view.dialog.getByLabel('Note')).toHaveValue('pump 3 is out');

  await view.dialog.getByRole('button', { name: '15 min' }).click();
  await view.dialog.getByRole('button', { name: 'Shelve', exact: true }).click();
  await expect(view.dialog).toHaveCount(0);
  await expect(view.row(limited.name)).toContainText(/shelved, 1[45]:\d\d left/);
  await view.letGo();
  await expect(view.row(limited.name)).toHaveCount(0);

  await view.count('shelved').click();
  await expect(view.row(limited.name)).toContainText(/1[45]:\d\d/);
  await expect(view.row(limited.name)).toContainText('Maintenance: pump 3 is out');
  await expect(view.row(limited.name)).toContainText(username);
  await view
    .row(limited.name)
    .getByRole('button', { name: `Unshelve ${limited.name}` })
    .click();
  await expect(page.getByText('No alarm is shelved.')).toBeVisible();
  await view.openPage('Alarms');
  await expect(view.row(limited.name)).toContainText('unacknowledged');
});

test('a shelf that ends brings its alarm back by itself', async ({ open }) => {
  const { page } = await open();
  const view = consolePage(page);
  const { name } = standingAlarm(({ maxShelvedSeconds }) => maxShelvedSeconds === null);
  await expect(view.row(name)).toContainText('unacknowledged');
  await expectPhase(view, 'live');
  const shelf = { names: [name], untilAt: Date.now() + 4_000, reason: 'Test' };
  await page.evaluate((asked) => window.klaxon.request('shelf:shelveAlarms', asked), shelf);
  await expect(view.row(name)).toHaveCount(0);
  await expect(view.count('shelved')).toContainText('1');
  await expect(view.row(name)).toContainText('unacknowledged');
  await expect(view.count('shelved')).toContainText('0');
});

/** Everything that is said in an element from now on, in order. */
async function recordTexts(element: Locator): Promise<() => Promise<readonly string[]>> {
  const texts = await element.evaluateHandle((watched) => {
    const said: string[] = [];
    const note = (): void => void said.push(watched.textContent ?? '');
    new MutationObserver(note).observe(watched, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return said;
  });
  return () => texts.jsonValue();
}

/** A moment as a field for date and time takes it, in local time. */
function localText(at: number): string {
  const date = new Date(at);
  const local = new Date(at - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
