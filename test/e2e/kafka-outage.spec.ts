import { createServer } from 'node:http';
import { expect, type Locator } from '@playwright/test';
import { consolePage, expectPhase } from '../support/e2e-page.ts';
import { removeTopics, test } from '../support/e2e-site.ts';
import { freePort } from '../support/free-port.ts';
import { startBroker } from '../support/kafka-broker.ts';
import { randomName } from '../support/random-name.ts';
import { serving } from '../support/serving.ts';

/** The longest that a console may look live after its broker has died, in milliseconds. */
const DEAF_AT_MOST_MS = 5_000;

test.describe.configure({ timeout: 120_000 });

test('a killed broker makes the console stale in time, and its return brings everything', async ({
  open,
  site,
  other,
}) => {
  const { page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  const before = randomName('VIP');
  await other.register(before);
  await other.raise(before, 'MAJOR');
  await view.row(before).click();

  const staleAt = whenPhase(view.phase, 'stale');
  const killedAt = Date.now();
  await site.broker.kill();
  expect((await staleAt) - killedAt).toBeLessThanOrEqual(DEAF_AT_MOST_MS);

  const acknowledge = view.detail.getByRole('button', { name: 'Acknowledge' });
  await expect(acknowledge).toBeDisabled();
  await expect(acknowledge).toHaveAttribute('title', /^Not live: nothing has been heard/);
  await page.keyboard.press('a');
  await expect(page.getByText(/^Not live: nothing has been heard/)).toBeVisible();
  await expect(view.row(before)).toContainText('unacknowledged');

  await site.broker.restart();
  const missed = Array.from({ length: 20 }, () => randomName('MEANWHILE'));
  for (const name of missed) await other.raise(name, 'INVALID', 'COMM');
  await expectPhase(view, 'live', 60_000);
  await expect(page.getByText(/^Not live: nothing has been heard/)).toHaveCount(0);
  await view.filter.fill('MEANWHILE');
  await expect(view.rows).toHaveCount(missed.length);
  for (const name of missed) await expect(view.row(name)).toContainText('unacknowledged');
  await view.filter.fill('');
  await view.row(before).click();
  await page.keyboard.press('a');
  await expect(view.row(before)).toContainText(/acknowledged \d\d:\d\d/);
  for (const name of [before, ...missed]) await other.raise(name, 'NO_ALARM');
});

test('topics that are missing are created when the user says so, and not before', async ({
  open,
  site,
}) => {
  await removeTopics(site);
  const { page } = await open();
  const view = consolePage(page);
  const panel = page.getByRole('region', { name: 'Missing topics' });
  for (const topic of ['registered-alarms', 'active-alarms', 'shelved-alarms']) {
    await expect(panel.getByRole('listitem').filter({ hasText: topic }).first()).toBeVisible();
  }
  await expect(view.problem).toContainText('The log has no topic');
  await panel.getByRole('button', { name: 'Create topics' }).click();
  await expectPhase(view, 'live');
  await expect(panel).toHaveCount(0);
  await expect(view.problem).toHaveCount(0);
});

test('a broker that is down at the start is named, and watched once it is up', async ({
  open,
  site,
}) => {
  const port = await freePort();
  const { page } = await open({ env: { BOOTSTRAP_SERVERS: `127.0.0.1:${port}` } });
  const view = consolePage(page);
  await expect(view.problem).toContainText(`127.0.0.1:${port}`);
  await expect(view.problem).toContainText('Klaxon tries again by itself');
  await expectPhase(view, 'connecting');
  await view.openPage('Definitions');
  await expect(page.getByText(/Nothing can be said of the definitions/)).toBeVisible();
  await page.keyboard.press('?');
  await expect(view.dialog).toBeVisible();
  await page.keyboard.press('Escape');

  const broker = await startBroker({ port });
  try {
    await page.getByRole('button', { name: 'Create topics' }).click({ timeout: 40_000 });
    await expectPhase(view, 'live');
    expect(site.broker.port).not.toBe(port);
  } finally {
    await broker.stop();
  }
});

test('a registry that is down at the start is named, and used once it is up', async ({
  open,
  site,
  other,
}) => {
  const name = randomName('VIP');
  await other.register(name);
  await other.raise(name, 'MAJOR');
  await site.registry.kill();
  const { page } = await open();
  const view = consolePage(page);
  await expect(view.problem).toContainText(`The schema registry at ${site.registry.url}`);
  await expect(view.problem).toContainText('Start the registry, or correct SCHEMA_REGISTRY.');
  await expect(view.phase).not.toHaveAttribute('data-phase', 'live');
  await site.registry.restart();
  await expectPhase(view, 'live', 60_000);
  await expect(view.row(name)).toContainText('unacknowledged');
  await expect(view.problem).toHaveCount(0);
  await other.raise(name, 'NO_ALARM');
});

test('the address of a web server is called what it is', async ({ open, site }) => {
  const server = createServer((_, response) => response.end('<html>Hello</html>'));
  await serving(server, async (address) => {
    const wrongBroker = await open({ env: { BOOTSTRAP_SERVERS: address } });
    const broker = consolePage(wrongBroker.page);
    await expect(broker.problem).toContainText(address);
    await expect(broker.problem).toContainText(/web server|not a (Kafka )?broker|no broker/i);
    await wrongBroker.close();

    const wrongRegistry = await open({
      env: {
        BOOTSTRAP_SERVERS: site.broker.bootstrap,
        SCHEMA_REGISTRY: `http://${address}`,
      },
    });
    const registry = consolePage(wrongRegistry.page);
    await expect(registry.problem).toContainText(`No schema registry answers at http://${address}`);
  });
});

/** The moment at which the phase becomes this one, by the window's clock, which is this computer's. */
function whenPhase(phase: Locator, word: string): Promise<number> {
  return phase.evaluate(
    (element, awaited) =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (element.dataset['phase'] !== awaited) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(element, { attributes: true });
      }),
    word,
  );
}
