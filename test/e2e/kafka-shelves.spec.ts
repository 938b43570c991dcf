import { expect } from '@playwright/test';
import { createTestCli } from '../support/cli-run.ts';
import { wordsOf } from '../support/command-words.ts';
import { consolePage, expectPhase } from '../support/e2e-page.ts';
import { test } from '../support/e2e-site.ts';
import { randomName } from '../support/random-name.ts';
import { startKeeper } from '../support/running-keeper.ts';

/** How long after its end an overdue shelf may go unmentioned, in milliseconds. */
const SAID_WITHIN_MS = 5_000;
const OVERDUE = /shel(f has|ves have) ended, and no shelf service says so in the log/;

test('a shelf that nobody ends is said, until a shelf service runs', async ({
  open,
  site,
  other,
}, info) => {
  // Without one the window has that to say first.
  const keeper = startKeeper(site);
  const name = randomName('SHELVED');
  await other.register(name);
  await other.raise(name, 'MAJOR');
  const { page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  await expect(view.row(name)).toContainText('unacknowledged');
  const endsAt = Date.now() + 4_000;
  await other.shelve(name, endsAt, 'being serviced');
  await expect(view.row(name)).toHaveCount(0);
  await expect(page.getByText(OVERDUE)).toHaveCount(0);

  await expect(page.getByText(OVERDUE)).toBeVisible();
  expect(Date.now() - endsAt).toBeLessThanOrEqual(SAID_WITHIN_MS);
  await expect(view.row(name)).toContainText('unacknowledged');
  await page.screenshot({ path: info.outputPath('overdue.png') });

  const cli = await createTestCli({
    BOOTSTRAP_SERVERS: site.broker.bootstrap,
    SCHEMA_REGISTRY: site.registry.url,
  });
  const service = cli.follow(wordsOf('serve shelf --http-address off'));
  await service.said('"live"');
  await expect(page.getByText(OVERDUE)).toHaveCount(0);
  expect(await service.stop()).toMatchObject({ code: 0 });
  await keeper.stop();
  await other.raise(name, 'NO_ALARM');
});
