import { hostname, userInfo } from 'node:os';
import { expect } from '@playwright/test';
import { consolePage, expectPhase } from '../support/e2e-page.ts';
import { test } from '../support/e2e-site.ts';
import { randomName } from '../support/random-name.ts';

const { username } = userInfo();

test('an alarm of another client appears, and that client reads the acknowledgement', async ({
  open,
  other,
}) => {
  await other.startReading();
  const { page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');

  const name = randomName('VIP');
  await other.register(name);
  const offset = await other.raise(name, 'MAJOR', 'HIHI');
  await expect(view.row(name)).toContainText('MAJOR');
  await expect(view.row(name)).toContainText('unacknowledged');

  await view.row(name).click();
  await page.keyboard.press('a');
  await expect(view.row(name)).toContainText(/acknowledged \d\d:\d\d/);
  await expect(view.row(name)).toContainText(username);

  await expect
    .poll(() => other.seen('active-alarms', name).find((one) => one.type === 'AckEPICS'))
    .toMatchObject({
      value: { msg: { 'org.jlab.kafka.alarms.AckEPICS': { ack: 'MAJOR_ACK' } } },
      headers: {
        user: username,
        producer: 'klaxon-console',
        host: hostname(),
        answers: `active-alarms/0/${offset}`,
      },
    });

  await other.raise(name, 'NO_ALARM', 'NO_ALARM');
  await expect(view.row(name)).toContainText('normal');
  await view.letGo();
  await expect(view.row(name)).toHaveCount(0);
});

test('a shelf is a record that ends with a tombstone', async ({ open, other }) => {
  await other.startReading();
  const { page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  const name = randomName('VIP');
  await other.register(name, { maxShelvedSeconds: 7_200 });
  await other.raise(name, 'MINOR', 'HIGH');

  await view.row(name).click();
  await page.keyboard.press('s');
  await view.dialog.getByLabel('Reason').selectOption('Maintenance');
  await view.dialog.getByRole('button', { name: 'Shelve', exact: true }).click();
  await expect(view.row(name)).toContainText(/shelved, (59:\d\d|1 h 00) left/);
  await view.letGo();
  await expect(view.row(name)).toHaveCount(0);

  await expect.poll(() => other.seen('shelved-alarms', name)).toHaveLength(1);
  expect(other.seen('shelved-alarms', name)[0]).toMatchObject({
    value: { reason: 'Maintenance' },
    headers: { user: username, producer: 'klaxon-console', host: hostname() },
  });

  await view.openPage('Shelf');
  await view
    .row(name)
    .getByRole('button', { name: `Unshelve ${name}` })
    .click();
  await expect
    .poll(() => other.seen('shelved-alarms', name).map((one) => one.value))
    .toEqual([{ expiration: expect.any(Number), reason: 'Maintenance' }, null]);
  await view.openPage('Alarms');
  await expect(view.row(name)).toContainText('unacknowledged');
});

test('a shelf of another client ends by itself', async ({ open, other }) => {
  await other.startReading();
  const { page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  const name = randomName('VIP');
  await other.register(name);
  await other.raise(name, 'MINOR', 'HIGH');
  await expect(view.row(name)).toContainText('unacknowledged');

  await view.openPage('Shelf');
  await other.shelve(name, Date.now() + 4_000, 'seen elsewhere');
  await expect(view.row(name)).toContainText('seen elsewhere');
  await expect(view.row(name)).toContainText('operator2');
  await expect(view.row(name)).toHaveCount(0);
  await view.openPage('Alarms');
  await expect(view.row(name)).toContainText('unacknowledged');
  expect(other.seen('shelved-alarms', name)).toHaveLength(1);
});

test('a record that cannot be decoded is counted, shown and never silent', async ({
  open,
  other,
}) => {
  const { page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  const name = randomName('VIP');
  await other.register(name);
  await other.raise(name, 'MINOR', 'HIGH');
  await expect(view.row(name)).toContainText('unacknowledged');

  const offset = await other.sendDamaged(name, Buffer.from('00000000ffc0ffee', 'hex'));
  await expect(view.row(name)).toContainText('undecodable');
  await expect(view.count('undecodable')).toHaveText(/[1-9]/);
  await view.count('undecodable').click();
  const record = view.dialog.getByRole('listitem').filter({ hasText: name });
  await expect(record).toContainText(`active-alarms/0/${offset}`);
  await expect(record).toContainText('00 00 00 00 ff c0 ff ee');
  await expect(record).toContainText(/schema/i);
  await page.keyboard.press('Escape');
  await expect(view.dialog).toHaveCount(0);

  await other.raise(name, 'NO_ALARM', 'NO_ALARM');
  await expect(view.row(name)).toHaveCount(0);
});
