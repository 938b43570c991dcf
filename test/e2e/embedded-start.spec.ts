import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from '@playwright/test';
import {
  electronArguments,
  electronExecutable,
  projectRoot,
} from '../../scripts/electron-runtime.mjs';
import { test } from '../support/e2e-console.ts';
import { consolePage, expectPhase, numberOf } from '../support/e2e-page.ts';
import { standingAlarm, standingAlarms } from '../support/standing-alarms.ts';

test('a newcomer sees a living plant without setting anything up, and the counts add up', async ({
  open,
}) => {
  const { page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  for (const { name } of standingAlarms()) {
    await expect(view.row(name)).toContainText(/INVALID|MAJOR|MINOR|ALARM/);
  }
  await expect(page.getByText(/Embedded log · .+@.+/)).toBeVisible();
  await expect.poll(() => numberOf(view.count('normal'))).toBeGreaterThan(200);

  const account = page.getByText(/ registered = /);
  await expect
    .poll(async () => {
      const counted = await Promise.all(
        ['unacknowledged', 'returned', 'acknowledged', 'shelved', 'normal', 'undecodable'].map(
          (word) => numberOf(view.count(word)),
        ),
      );
      const registered = /([\d,]+) registered = /.exec((await account.textContent()) ?? '')?.[1];
      return counted.reduce((sum, one) => sum + one, 0) - Number(registered?.replace(',', ''));
    })
    .toBe(0);
});

test('what was acknowledged is there after a restart', async ({ open, freshFolder }) => {
  const userFolder = await freshFolder();
  const { name } = standingAlarm(({ maxShelvedSeconds }) => maxShelvedSeconds === 0);
  const first = await open({ userFolder });
  const before = consolePage(first.page);
  await before.row(name).click();
  await first.page.keyboard.press('a');
  await expect(before.row(name)).toContainText(/acknowledged \d\d:\d\d/);
  await first.close();

  const second = await open({ userFolder, env: { KLAXON_PLANT_SEED: 'off' } });
  const after = consolePage(second.page);
  await expectPhase(after, 'live');
  await expect(after.row(name)).toContainText(/acknowledged \d\d:\d\d/);
});

test('a second start on the same folder brings the first to the front, says so and ends', async ({
  open,
}) => {
  const { app, page, userFolder } = await open();
  await expectPhase(consolePage(page), 'live');
  const isMinimized = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized());
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await expect.poll(isMinimized).toBe(true);

  const args = [...electronArguments().args, process.env['KLAXON_APP'] ?? projectRoot];
  const second = spawn(electronExecutable(), [...args, `--user-data-dir=${userFolder}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said, [code]] = await Promise.all([text(second.stdout), once(second, 'exit')]);
  expect(code).toBe(0);
  expect(said).toContain(`A console runs on ${userFolder} already`);
  await expect.poll(isMinimized).toBe(false);
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFocused()))
    .toBe(true);
});

test('a damaged settings file is set aside and said, and the defaults are used', async ({
  open,
  freshFolder,
}) => {
  const userFolder = await freshFolder();
  await writeFile(join(userFolder, 'settings.json'), '{"settingsVersion":1,"theme":"da');
  const { page } = await open({ userFolder });
  const view = consolePage(page);
  await expectPhase(view, 'live');
  await expect(view.notices).toContainText('The settings file could not be used');
  await expect(view.notices).toContainText('the defaults are in use');
  const kept = (await readdir(userFolder)).filter((file) => file.startsWith('settings.damaged-'));
  expect(kept).toHaveLength(1);
});
