import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from '../support/e2e-console.ts';
import { type ConsolePage, consolePage, expectPhase } from '../support/e2e-page.ts';
import { standingAlarm } from '../support/standing-alarms.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const theme of ['grey', 'dark', 'highContrast'] as const) {
  test(`axe finds nothing on any page or dialog, theme ${theme}`, async ({ open }) => {
    const { page } = await open();
    const view = consolePage(page);
    const { name } = standingAlarm(({ maxShelvedSeconds }) => maxShelvedSeconds === null);
    await expectPhase(view, 'live');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('radio', { name: THEME_WORDS[theme] }).click();
    await expect(page.locator(':root')).toHaveAttribute('data-theme', theme);
    await expectNothing(page, 'theme list');
    await page.keyboard.press('Escape');

    await view.row(name).click();
    await expect(view.detail.getByRole('heading', { name: 'Definition' })).toBeVisible();
    await expectNothing(page, 'alarms');
    await walkDialogs(page, view);
    const shelf = { names: [name], untilAt: Date.now() + 600_000, reason: 'Test' };
    await page.evaluate((asked) => window.klaxon.request('shelf:shelveAlarms', asked), shelf);
    await view.openPage('Shelf');
    await expect(view.row(name)).toBeVisible();
    await expectNothing(page, 'shelf');
    await view.openPage('Definitions');
    await expect(view.rows.first()).toBeVisible();
    await expectNothing(page, 'definitions');
  });
}

test('forced colours keep shapes and words, and little motion keeps them still', async ({
  open,
}) => {
  const { page } = await open();
  const view = consolePage(page);
  const { name } = standingAlarm(() => true);
  await expect(view.row(name)).toBeVisible();
  const root = page.locator(':root');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect(root).toHaveAttribute('data-blink', 'dim');

  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await expect(root).not.toHaveAttribute('data-blink', 'dim');
  const blinked = await blinksDuringTwoSeconds(page);
  expect(blinked).toEqual([]);
  await expect(view.row(name)).toContainText(/INVALID|MAJOR|MINOR|ALARM/);
  const ink = await view.row(name).evaluate((row) => {
    const shape = row.querySelector('svg path, svg circle');
    if (shape === null) return null;
    const { fill, stroke } = getComputedStyle(shape);
    return { fill, stroke, ground: getComputedStyle(document.body).backgroundColor };
  });
  expect(
    ink === null ? [] : [ink.fill, ink.stroke].filter((it) => it !== ink.ground && it !== 'none'),
  ).not.toEqual([]);
  await expectNothing(page, 'alarms in forced colours');
});

test('everything can be reached in the smallest window', async ({ open }) => {
  const { app, page } = await open();
  const view = consolePage(page);
  const { name } = standingAlarm(() => true);
  await expect(view.row(name)).toBeVisible();
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700),
  );
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(1024);
  await view.row(name).click();
  await expect(view.detail.getByRole('heading', { name: 'Definition' })).toBeVisible();
  const mustBeSeen = [
    view.phase,
    view.filter,
    ...['unacknowledged', 'returned', 'acknowledged', 'shelved', 'normal', 'undecodable'].map(
      (word) => view.count(word),
    ),
    ...['Alarms', 'Shelf', 'Definitions'].map((text) =>
      page.getByRole('navigation').getByRole('button', { name: text }),
    ),
    page.getByRole('button', { name: 'Theme' }),
    view.row(name),
    view.row(name).getByText(/unacknowledged/),
    view.detail.getByRole('button', { name: /^Acknowledge/ }),
    view.detail.getByRole('button', { name: /^Shelve/ }),
    page.getByText(/ registered = /),
  ];
  for (const part of mustBeSeen) await expect(part).toBeInViewport({ ratio: 0.98 });
  const overflow = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth - window.innerWidth,
    pageDown: document.documentElement.scrollHeight - window.innerHeight,
    grid: [...document.querySelectorAll('[role="grid"]')].map(
      (grid) => grid.scrollWidth - grid.clientWidth,
    ),
  }));
  expect(overflow).toEqual({ page: 0, pageDown: 0, grid: [0] });
  await page.keyboard.press('s');
  await expect(view.dialog.getByRole('button', { name: 'Shelve', exact: true })).toBeInViewport({
    ratio: 1,
  });
});

for (const width of [1024, 1280, 1440]) {
  test(`no level, no time and no unacknowledged is cut in a window of ${width}, however long`, async ({
    open,
  }) => {
    const { app, page } = await open();
    const view = consolePage(page);
    await expect(view.row(standingAlarm(() => true).name)).toBeVisible();
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size, 700),
      width,
    );
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width);
    const longest = [
      ['level', 'INVALID'],
      ['since', '28 Sep 20:58'],
      ['since', '≤ 20:58:58'],
      ['state', 'unacknowledged'],
    ] as const;
    for (const [column, text] of longest) {
      expect(await hiddenWidth(page, column, text), `${column}: ${text}`).toBeLessThanOrEqual(0);
    }
    const strip = page.getByRole('region', { name: 'Unacknowledged' });
    expect(await strip.evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
  });
}

const THEME_WORDS = { grey: 'grey', dark: 'dark', highContrast: 'high contrast' } as const;

async function walkDialogs(page: Page, view: ConsolePage): Promise<void> {
  for (const [key, name] of [
    ['s', /^Shelve /],
    ['?', 'Keys'],
    ['Control+k', 'Find an action or an alarm'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await expectNothing(page, `dialog ${name}`);
    await page.keyboard.press('Escape');
    await expect(view.dialog).toHaveCount(0);
  }
  await view.count('undecodable').click();
  await expect(page.getByRole('dialog', { name: /^Quarantine/ })).toBeVisible();
  await expectNothing(page, 'dialog quarantine');
  await page.keyboard.press('Escape');
}

/** The page is one window of Electron, so axe must not open another. */
async function expectNothing(page: Page, where: string): Promise<void> {
  const { passes, violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(TAGS)
    .analyze();
  expect(passes.length).toBeGreaterThan(5);
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${where}: ${id}: ${help}: ${node.html.slice(0, 160)}`),
  );
  expect(told).toEqual([]);
}

/** Pixels of a text that a column of an unacknowledged row would cut, measured in a copy of such a row. */
function hiddenWidth(page: Page, column: string, text: string): Promise<number> {
  return page.evaluate(
    (asked) => {
      const row = document.querySelector('[role="row"][data-state="unacknowledged"]');
      const copy = row?.cloneNode(true);
      if (!(copy instanceof HTMLElement) || row === null) throw new Error('no such row is drawn');
      row.after(copy);
      const cell = copy.querySelector(`.cell-${asked.column}`);
      const shown = document.createElement('span');
      shown.textContent = asked.text;
      cell?.replaceChildren(shown);
      const room =
        (cell?.clientWidth ?? 0) -
        Number.parseFloat(cell === null ? '0' : getComputedStyle(cell).paddingRight);
      const hidden = shown.getBoundingClientRect().width - room;
      copy.remove();
      return hidden;
    },
    { column, text },
  );
}

/** What the shapes did while the clock of the window went on by two seconds. */
function blinksDuringTwoSeconds(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const blinks: string[] = [];
    const root = document.documentElement;
    const clock = document.querySelector('header time');
    return new Promise<readonly string[]>((resolve) => {
      const watch = new MutationObserver(() => void blinks.push(root.dataset['blink'] ?? ''));
      watch.observe(root, { attributes: true, attributeFilter: ['data-blink'] });
      let ticks = 0;
      const ticking = new MutationObserver(() => {
        ticks += 1;
        if (ticks < 3) return;
        watch.disconnect();
        ticking.disconnect();
        resolve(blinks);
      });
      if (clock !== null)
        ticking.observe(clock, { subtree: true, childList: true, characterData: true });
    });
  });
}
