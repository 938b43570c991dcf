import { expect } from '@playwright/test';
import { test } from '../support/e2e-console.ts';
import { consolePage, expectPhase, numberOf } from '../support/e2e-page.ts';

test('a newcomer sees a living plant without setting anything up', async ({ open }) => {
  const { page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  await expect.poll(() => numberOf(view.count('unacknowledged'))).toBeGreaterThanOrEqual(10);
  await expect(view.rows.first()).toContainText(/INVALID|MAJOR|MINOR|ALARM/);
  await expect(view.count('normal')).toContainText(/2\d\d/);
  await expect(page.getByText(/Embedded log · .+@.+/)).toBeVisible();
});
