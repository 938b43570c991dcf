import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createTestCli } from '../support/cli-run.ts';
import { wordsOf } from '../support/command-words.ts';
import { type TestConsole, test } from '../support/e2e-console.ts';
import { consolePage, expectPhase } from '../support/e2e-page.ts';
import { standingAlarm } from '../support/standing-alarms.ts';

/** The command line on the log inside a console, as its user types it. */
async function commandLineOf({ userFolder }: TestConsole) {
  const cli = await createTestCli({ ALARM_LOG: 'none' });
  const folder = join(userFolder, 'alarm-log');
  return (line: string) => cli.run([...wordsOf(line), '--embedded', folder]);
}

test('the command line works on the log of a console in its window, and without it', async ({
  open,
}) => {
  const console = await open();
  const view = consolePage(console.page);
  await expectPhase(view, 'live');
  const { name } = standingAlarm(({ maxShelvedSeconds }) => maxShelvedSeconds === null);
  await expect(view.row(name)).toContainText('unacknowledged');
  const run = await commandLineOf(console);

  const listed = await run('list-active');
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.stdout).toContain(name);

  expect(await run(`acknowledge "${name}"`)).toMatchObject({ code: 0, stderr: '' });
  await expect(view.row(name)).toContainText(/ ?acknowledged \d\d:\d\d/);
  expect(await run('set-active-alarming --alarming TYPED')).toMatchObject({ code: 0 });
  await expect(view.row('TYPED')).toContainText('unacknowledged');
  expect(await run('set-active-ack --ack TYPED')).toMatchObject({ code: 0 });
  await expect(view.row('TYPED')).toContainText(/ ?acknowledged \d\d:\d\d/);
  await view.row('TYPED').click();
  await expect(view.detail).toContainText('klaxon-cli');
  await view.letGo();
  const shelf = `set-shelved --expirationseconds 900 --reason "typed elsewhere" "${name}"`;
  expect(await run(shelf)).toMatchObject({ code: 0 });
  await expect(view.row(name)).toHaveCount(0);
  await view.count('shelved').click();
  await expect(view.row(name)).toContainText('typed elsewhere');

  await console.close();
  const afterwards = await run('list-shelved');
  expect(afterwards).toMatchObject({ code: 0, stderr: '' });
  expect(afterwards.stdout).toContain('typed elsewhere');
});

test('a console that was killed leaves a socket behind, and nobody minds it', async ({ open }) => {
  const killed = await open();
  const view = consolePage(killed.page);
  await expectPhase(view, 'live');
  const run = await commandLineOf(killed);
  expect(await run('list-active')).toMatchObject({ code: 0, stderr: '' });
  const gone = new Promise((resolve) => killed.app.process().once('exit', resolve));
  killed.app.process().kill('SIGKILL');
  await gone;
  expect(await run('list-active')).toMatchObject({ code: 0 });
  const next = await open({ userFolder: killed.userFolder });
  await expectPhase(consolePage(next.page), 'live');
  expect(await run('list-active')).toMatchObject({ code: 0, stderr: '' });
});
