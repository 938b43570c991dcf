import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page } from '@playwright/test';
import { projectRoot } from '../../scripts/electron-runtime.mjs';
import { test as embedded, type TestConsole } from '../support/e2e-console.ts';
import { consolePage, expectPhase } from '../support/e2e-page.ts';
import { test as kafka, makeReady, removeTopics } from '../support/e2e-site.ts';
import { holdFeed, releaseFeed } from '../support/held-feed.ts';
import type { OtherClient } from '../support/other-client.ts';
import { startKeeper } from '../support/running-keeper.ts';
import { smallPng } from '../support/small-png.ts';
import {
  plantAlarms,
  type StandingAlarm,
  standingAlarm,
  standingAlarms,
} from '../support/standing-alarms.ts';

/** `KLAXON_SCREENSHOTS=1` makes the pictures of the documents anew; else they are only made, to see that they can be. */
const folder =
  process.env['KLAXON_SCREENSHOTS'] === '1'
    ? join(projectRoot, 'docs', 'images')
    : join(projectRoot, 'test-results', 'images');
const LARGEST_BYTES = 250 * 1024;

embedded('pictures of a calm shift in each theme', async ({ open }) => {
  const { app, page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  const { name } = standingAlarm(({ maxShelvedSeconds }) => maxShelvedSeconds === 28_800);
  for (const alarm of standingAlarms()) await expect(view.row(alarm.name)).toBeVisible();
  for (const alarm of standingAlarms().slice(-3)) {
    await view.row(alarm.name).click();
    await page.keyboard.press('a');
    await expect(view.row(alarm.name)).toContainText(/ ?acknowledged \d\d:\d\d/);
  }
  await view.row(name).click();
  await expect(view.detail.getByRole('heading', { name: 'Definition' })).toBeVisible();
  await expect(view.results).toHaveText('');
  for (const theme of ['grey', 'dark', 'highContrast'] as const) {
    await wear(page, theme);
    await picture({ app, page }, `console-${theme === 'highContrast' ? 'high-contrast' : theme}`);
  }
  await wear(page, 'dark');
  await page.keyboard.press('s');
  await view.dialog.getByRole('button', { name: '15 min' }).click();
  await view.dialog.getByLabel('Reason').selectOption('Chattering or fleeting');
  await expect(view.dialog).toContainText('It comes back by itself.');
  await picture({ app, page }, 'shelve-dialog');
});

kafka.describe('pictures of a site', () => {
  kafka.setTimeout(180_000);

  kafka('a flood, many alarms, an old view, a dead broker', async ({ open, site, other }) => {
    await removeTopics(site);
    await makeReady(site);
    const keeper = startKeeper(site);
    const alarms = plantAlarms();
    for (const alarm of alarms) await register(other, alarm);
    const { app, page } = await open();
    const view = consolePage(page);
    await expectPhase(view, 'live');
    await wear(page, 'dark');
    await picture({ app, page }, 'no-alarm');

    await raiseAll(other, alarms.slice(0, 80));
    await expect(view.count('unacknowledged')).toContainText(/^80/);
    await view.rows.first().click();
    await expect(view.detail.getByRole('heading', { name: 'Definition' })).toBeVisible();
    await picture({ app, page }, 'flood');

    await raiseAll(other, alarms.slice(80, 250));
    await expect(view.count('unacknowledged')).toContainText(/^250/);
    await page.keyboard.press('Home');
    for (let row = 0; row < 8; row += 1) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('a');
    await expect(view.count('acknowledged')).toContainText(/^9/);
    await expect(view.results).toHaveText('');
    await picture({ app, page }, 'many-alarms');

    await refusedPicture({ app, page, other, name: alarms[40]?.name ?? '' });
    await site.broker.kill();
    await expectPhase(view, 'stale');
    await picture({ app, page }, 'stale');

    await keeper.stop();
    await site.broker.restart();
    await expectPhase(view, 'live', 60_000);
  });

  kafka('a replay', async ({ open, site, other }) => {
    await other.writeNormals(40_000);
    site.broker.pause();
    const { app, page } = await open();
    const view = consolePage(page);
    await expectPhase(view, 'connecting');
    await wear(page, 'dark');
    await holdFeed(app, 'replaying');
    site.broker.resume();
    await expectPhase(view, 'replaying', 60_000);
    await picture({ app, page }, 'replaying');
    await releaseFeed(app);
    await expectPhase(view, 'live', 60_000);
  });
});

/** A window whose picture is taken. */
type Shown = Pick<TestConsole, 'app' | 'page'>;

async function register(other: OtherClient, { name, registration }: StandingAlarm): Promise<void> {
  await other.register(name, registration);
}

/** One of each level in turn, the higher the rarer. */
async function raiseAll(other: OtherClient, alarms: readonly StandingAlarm[]): Promise<void> {
  for (const [at, { name }] of alarms.entries()) {
    if (at % 23 === 0) await other.raise(name, 'INVALID', 'COMM');
    else if (at % 4 === 1) await other.raise(name, 'MAJOR', 'HIHI');
    else await other.raise(name, 'MINOR', 'HIGH');
  }
}

/** The window acknowledges what it saw while main knows more. */
async function refusedPicture(scene: {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly other: OtherClient;
  readonly name: string;
}): Promise<void> {
  const { app, page, other, name } = scene;
  const view = consolePage(page);
  await view.filter.fill(name);
  await view.row(name).click();
  await expect(view.detail.getByRole('heading', { name })).toBeVisible();
  await holdFeed(app);
  const risen = await other.raise(name, 'INVALID', 'TIMEOUT');
  const asked = { name };
  await expect
    .poll(() => page.evaluate((it) => window.klaxon.request('alarm:readDetail', it), asked))
    .toMatchObject({ value: { records: [{ position: { offset: risen } }, {}] } });
  await page.keyboard.press('a');
  await expect(view.results).toContainText('alarmed again at');
  await releaseFeed(app);
  await expect(view.row(name)).toContainText('INVALID');
  await view.filter.fill('');
  await picture({ app, page }, 'refused');
  await view.results.getByRole('button', { name: 'Close' }).click();
}

async function wear(page: Page, theme: keyof typeof THEMES): Promise<void> {
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('radio', { name: THEMES[theme] }).click();
  await page.keyboard.press('Escape');
  await expect(page.locator(':root')).toHaveAttribute('data-theme', theme);
  await page.getByRole('button', { name: 'Theme' }).blur();
}

const THEMES = { grey: 'grey', dark: 'dark', highContrast: 'high contrast' } as const;

/** Saves what the window shows, with every shape at its full size. */
async function picture({ app, page }: Shown, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await expect(page.locator(':root')).not.toHaveAttribute('data-blink', 'dim');
  const taken = await page.screenshot();
  const { width, height, bitmap } = await app.evaluate(({ nativeImage }, base64) => {
    const image = nativeImage.createFromBuffer(Buffer.from(base64, 'base64'));
    return { ...image.getSize(), bitmap: image.toBitmap().toString('base64') };
  }, taken.toString('base64'));
  const png = smallPng({ width, height, bgra: Buffer.from(bitmap, 'base64') });
  await writeFile(join(folder, `${name}.png`), png);
  expect(png.length).toBeLessThanOrEqual(LARGEST_BYTES);
}
