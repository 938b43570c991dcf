import { expect } from '@playwright/test';
import { type ConsolePage, consolePage, expectPhase } from '../support/e2e-page.ts';
import { test } from '../support/e2e-site.ts';
import { holdFeed, releaseFeed } from '../support/held-feed.ts';
import { randomName } from '../support/random-name.ts';

test('two operators race for one acknowledgement', async ({ open, other }) => {
  await other.startReading();
  const consoles = await Promise.all([open(), open()]);
  const views = consoles.map(({ page }) => consolePage(page));
  const name = randomName('VIP');
  const bystander = randomName('VIP');
  for (const alarm of [name, bystander]) await other.register(alarm);
  const offset = await other.raise(name, 'MAJOR');
  await other.raise(bystander, 'MAJOR');
  for (const view of views) {
    await expectPhase(view, 'live');
    await view.row(name).click();
    await expect(view.row(bystander)).toContainText('unacknowledged');
  }

  const outcomes = await Promise.all(
    consoles.map(async ({ page }, at) => {
      await page.keyboard.press('a');
      return outcomeIn(views[at]);
    }),
  );
  expect(outcomes.filter((text) => text.includes(`Acknowledged ${name}.`)).length).toBeGreaterThan(
    0,
  );
  for (const text of outcomes) {
    expect(text).toMatch(
      new RegExp(`Acknowledged ${name}\\.|${name} was acknowledged .*Nothing to do`),
    );
  }
  for (const view of views) {
    await expect(view.row(name)).toContainText(/acknowledged \d\d:\d\d/);
    await expect(view.row(bystander)).toContainText('unacknowledged');
  }
  const acknowledgements = other
    .seen('active-alarms', name)
    .filter(({ type }) => type === 'AckEPICS');
  expect(acknowledgements.length).toBeGreaterThan(0);
  for (const { headers } of acknowledgements) {
    expect(headers).toMatchObject({ answers: `active-alarms/0/${offset}` });
  }
  for (const alarm of [name, bystander]) await other.raise(alarm, 'NO_ALARM');
});

test('an acknowledgement made from an older view is refused', async ({ open, other }) => {
  await other.startReading();
  const { app, page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  const name = randomName('VIP');
  await other.register(name);
  await other.raise(name, 'MINOR', 'HIGH');
  await view.row(name).click();
  await expect(view.detail).toContainText('unacknowledged');

  await holdFeed(app);
  const risen = await other.raise(name, 'MAJOR', 'HIHI');
  await expect
    .poll(() =>
      page.evaluate((asked) => window.klaxon.request('alarm:readDetail', asked), { name }),
    )
    .toMatchObject({ value: { records: [{ position: { offset: risen } }, {}] } });
  await expect(view.row(name)).toContainText('MINOR');
  await page.keyboard.press('a');
  await expect(view.results).toContainText(
    new RegExp(`Acknowledging ${name} was refused.*${name} alarmed again at .*, after your view`),
  );
  await releaseFeed(app);

  await expect(view.row(name)).toContainText('MAJOR');
  await expect(view.row(name)).toContainText('unacknowledged');
  expect(other.seen('active-alarms', name).map(({ type }) => type)).not.toContain('AckEPICS');
  await page.keyboard.press('a');
  await expect(view.row(name)).toContainText(/acknowledged \d\d:\d\d/);
});

/** How a window says that its command ended. */
async function outcomeIn(view: ConsolePage | undefined): Promise<string> {
  if (view === undefined) return '';
  await expect(view.results).toContainText(/Acknowledged|refused|unconfirmed/);
  return (await view.results.textContent()) ?? '';
}
